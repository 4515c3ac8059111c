# The websocket of a test, and what happens in it, in order. The global variables are
#   server   a scripted server
#   ws       a websocket to it
#   events   what "note" was called with, a list of its arguments each time

# Opens a websocket to a scripted server that sends these bytes behind its 101, and empties events.
# The options are those of "raw".
proc support::establish {{bytes ""} args} {
    set ::events {}
    set ::server [raw -send $bytes {*}$args]
    set ::ws [www websocket [$::server url]]
}

# Adds an event: for callbacks, and for whatever else is to happen in some order.
proc support::note {args} {
    lappend ::events $args
}

# Waits for so many events, and returns all.
proc support::events {count} {
    waitfor { [llength $::events] >= $count } {$count events; so far: $::events}
    return $::events
}

# Waits for so many frames at the server, and returns a list {fin rsv opcode payload} of each.
proc support::frames {count} {
    $::server wait frames $count
}

# The same as a list {opcode payload ...}.
proc support::payloads {count} {
    concat {*}[lmap frame [frames $count] { lrange $frame 2 3 }]
}
