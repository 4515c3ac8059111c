# Listeners in this process, and scripted clients of theirs, in the same: they send the bytes that a
# test gives them. For what no good client does. Sourced by the test files that need it, behind the
# harness and where the package is loaded. The global variables are
#   listener   a listener, on a free port of 127.0.0.1
#   port       its port
#   opened     the websockets that were passed to its prefix
#   requests   their requests
#   events     for "note"
#   answered   what came back to each client: an array by its channel, at its end <END> or <RESET>

namespace eval support {
    namespace export listen opened client send receive answer status connect get endclients

    variable clients {}
    # What "client" may send for a websocket.
    variable upgrade [head {GET / HTTP/1.1} {Host: localhost} {Upgrade: websocket} \
        {Connection: Upgrade} {Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==} \
        {Sec-WebSocket-Version: 13}]
}

# Starts a listener with these options.
proc support::listen {args} {
    set ::opened {}
    set ::requests {}
    set ::events {}
    set ::listener [www listen -myaddr 127.0.0.1 {*}$args 0 opened]
    set ::port [$::listener port]
}

# Its prefix, unless a test has another one.
proc support::opened {websocket request} {
    lappend ::opened $websocket
    lappend ::requests $request
}

# Opens a websocket to the listener. Returns it, and that at the other side.
proc support::connect {args} {
    set count [llength $::opened]
    set websocket [www websocket {*}$args ws://127.0.0.1:$::port/]
    waitfor { [llength $::opened] > $count } {a websocket at the listener}
    list $websocket [lindex $::opened end]
}

# Connects a plain socket, sends bytes, and returns it.
proc support::client {{bytes ""}} {
    variable clients
    set socket [socket 127.0.0.1 $::port]
    fconfigure $socket -blocking 0 -translation binary
    set ::answered($socket) ""
    fileevent $socket readable [namespace code [list receive $socket]]
    send $socket $bytes
    lappend clients $socket
    return $socket
}

# Sends bytes, unless the other side has ended the connection.
proc support::send {socket bytes} {
    catch {
        puts -nonewline $socket $bytes
        flush $socket
    }
}

# Takes what there is. A client that has "fileevent $socket readable {}" reads nothing.
proc support::receive {socket} {
    if {[catch { append ::answered($socket) [read $socket] }]} {
        append ::answered($socket) <RESET>
    } elseif {[eof $socket]} {
        append ::answered($socket) <END>
    } else {
        return
    }
    fileevent $socket readable ""
}

# Waits until what came matches the pattern. Returns it, without the line Date.
proc support::answer {socket {pattern *<END>}} {
    waitfor { [string match $pattern $::answered($socket)] } \
        {$pattern; so far: [string range $::answered($socket) 0 999]}
    regsub -all {Date: [^\r]*\r\n} $::answered($socket) ""
}

# The status of what came.
proc support::status {socket {pattern *<END>}} {
    lindex [split [answer $socket $pattern]] 1
}

# The head of a request for something that is no websocket, with more header lines.
proc support::get {target args} {
    head "GET $target HTTP/1.1" {Host: localhost} {*}$args
}

# Leaves no client, and no listener.
proc support::endclients {} {
    variable clients
    foreach socket $clients {
        catch { close $socket }
    }
    set clients {}
    unset -nocomplain ::answered
    foreach listener [info class instances ::www::Listener] {
        $listener destroy
    }
}

namespace import -force support::*
