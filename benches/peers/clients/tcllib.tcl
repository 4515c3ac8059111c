# The client on the package websocket of tcllib. measure.tcl describes how it is started.

source [file join [file dirname [info script]] measure.tcl]
package require websocket
set versions "tcllib's websocket [package present websocket], http [package present http]"
if {[info exists option(ca)] || $operation eq "versions"} {
    append versions ", tls [package require tls]"
}
if {[info exists option(ca)]} {
    http::register https 443 [list tls::socket -cafile $option(ca)]
}

# Opens a connection whose messages go to the handler.
proc open_connection {handler} {
    global option connected
    websocket::open $option(url) [list arrived $handler]
    vwait connected
    return $connected
}

proc arrived {handler ws type data} {
    # The package would only log an error.
    try {
        switch -- $type {
            connect {set ::connected $ws}
            text - binary {$handler $data}
            ping - pong {}
            default {$handler $type}
        }
    } on error {message options} {
        failed $message $options
    }
}

proc pingpong {} {
    global message ws
    set message [lindex [messages] 0]
    set ws [open_connection returned]
    measure exchange
}

proc exchange {} {
    global option message ws remaining
    set remaining $option(count)
    websocket::send $ws $option(kind) $message
    vwait done
}

proc returned {data} {
    global option message ws remaining done
    if {[string length $data] != $option(size)} {
        error "another message came back: $data"
    }
    if {[incr remaining -1] == 0} {
        check $data $message
        set done 1
    } else {
        websocket::send $ws $option(kind) $message
    }
}

proc pipeline {} {
    global message ws
    set message [lindex [messages] 0]
    set ws [open_connection counted]
    measure send_and_await
}

proc send_and_await {} {
    global option message ws remaining
    set remaining $option(count)
    for {set sent 0} {$sent < $option(count)} {incr sent} {
        websocket::send $ws $option(kind) $message
    }
    vwait done
}

proc counted {data} {
    global message remaining done
    if {[incr remaining -1] == 0} {
        check $data $message
        set done 1
    }
}

proc receive {} {
    global message ws
    set message [lindex [messages] 0]
    set ws [open_connection counted]
    measure request
}

proc request {} {
    global option ws remaining
    set remaining $option(count)
    websocket::send $ws text "$option(count) $option(size)"
    vwait done
}

proc send {} {
    global message ws
    set message [lindex [messages] 0]
    set ws [open_connection answered]
    measure send_and_ask
}

proc send_and_ask {} {
    global option message ws done
    for {set sent 0} {$sent < $option(count)} {incr sent} {
        websocket::send $ws $option(kind) $message
    }
    websocket::send $ws text "how many?"
    vwait done
    if {$done != $option(count)} {
        error "the server counted $done"
    }
}

proc answered {data} {
    set ::done $data
}

proc connect {} {
    measure open_and_close
}

# This package's close does not wait for the server's.
proc open_and_close {} {
    global option
    for {set times 0} {$times < $option(count)} {incr times} {
        websocket::close [open_connection unexpected]
    }
}

proc idle {} {
    global option start
    open_connection unexpected
    set start [memory VmRSS]
    for {set opened 0} {$opened < $option(count)} {incr opened} {
        open_connection unexpected
    }
    report $option(count) 0 0
}

proc unexpected {data} {}

main $versions
