# Records what a websocket tells its callbacks.

# Lets a websocket's callbacks of these types be recorded. Returns an object; see below.
proc support::collect {websocket {types {binary close ping pong text}}} {
    Collector new $websocket $types
}

# Opens a websocket to a scripted server that sends these bytes right behind its 101, and records
# all that it tells. The options are those of "www websocket" and of "raw". Returns a list of three:
# the scripted server, the websocket, and what "collect" returned.
proc support::scripted {{bytes ""} {clientOptions {}} {serverOptions {}}} {
    set server [raw -send $bytes {*}$serverOptions]
    set websocket [www websocket {*}$clientOptions [$server url]]
    list $server $websocket [collect $websocket]
}

oo::class create support::Collector {
    variable events websocket

    constructor {theWebsocket types} {
        set events {}
        set websocket $theWebsocket
        $websocket callback $types [list [self] record]
    }

    # "tidy" leaves no websocket behind, also when a test failed half-way.
    destructor {
        if {[info commands $websocket] ne ""} {
            $websocket destroy
        }
    }

    # The callback: takes down {type ?arg ...?}.
    method record {args} {
        lappend events $args
    }

    # Everything recorded so far, a list of {type ?arg ...?}.
    method events {} {
        return $events
    }

    # The first argument of every event of this type: messages, or close codes.
    method all {type} {
        set all {}
        foreach event $events {
            if {[lindex $event 0] eq $type} {
                lappend all [lindex $event 1]
            }
        }
        return $all
    }

    # Waits until there are so many events, or one of this type. Returns all events so far.
    method wait {goal {timeout 10000}} {
        if {[string is integer -strict $goal]} {
            set condition { [llength $events] >= $goal }
        } else {
            set condition { [lsearch -exact -index 0 $events $goal] >= 0 }
        }
        support::waitfor $condition {$goal; so far: $events} $timeout
        return $events
    }
}
