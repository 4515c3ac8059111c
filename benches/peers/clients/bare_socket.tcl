# The client on nothing but a channel, which is as fast as a script can be without WebSockets. It
# reads from the event loop and writes without buffering, as every client in Tcl must.
# measure.tcl describes how it is started.

source [file join [file dirname [info script]] measure.tcl]
set versions "no WebSocket"
if {[info exists option(ca)] || $operation eq "versions"} {
    append versions ", tls [package require tls]"
}

# Opens a connection whose first line is the given one.
proc open_connection {line} {
    global option
    if {[info exists option(ca)]} {
        set channel [tls::socket -cafile $option(ca) 127.0.0.1 $option(port)]
        tls::handshake $channel
    } else {
        set channel [socket 127.0.0.1 $option(port)]
    }
    fconfigure $channel -translation binary -blocking 0 -buffering none -buffersize 65536
    puts -nonewline $channel $line\n
    return $channel
}

proc pingpong {} {
    global option message channel
    for {set beside 0} {$beside < $option(beside)} {incr beside} {
        fileevent [open_connection "echo 1"] readable counted
    }
    set message [lindex [messages] 0]
    set channel [open_connection "echo $option(size)"]
    fileevent $channel readable returned
    measure exchange
}

proc exchange {} {
    global option message channel remaining received
    set remaining $option(count)
    set received ""
    puts -nonewline $channel $message
    vwait done
}

proc returned {} {
    global option message channel remaining received done
    append received [read $channel]
    if {[string length $received] < $option(size)} {
        if {[eof $channel]} {
            error "the connection has ended"
        }
        return
    }
    if {$remaining == 1} {
        check $received $message
        set done 1
        return
    }
    incr remaining -1
    set received ""
    puts -nonewline $channel $message
}

proc pipeline {} {
    global option message channel
    set message [lindex [messages] 0]
    set channel [open_connection "echo $option(size)"]
    fileevent $channel readable counted
    measure send_and_await
}

proc send_and_await {} {
    global option message channel missing
    set missing [expr {$option(count) * $option(size)}]
    for {set sent 0} {$sent < $option(count)} {incr sent} {
        puts -nonewline $channel $message
    }
    vwait done
}

proc counted {} {
    global channel missing done
    set data [read $channel]
    if {$data eq "" && [eof $channel]} {
        error "the connection has ended"
    }
    if {[incr missing -[string length $data]] == 0} {
        set done 1
    }
}

proc receive {} {
    global option channel
    set channel [open_connection "source [expr {$option(count) * $option(size)}]"]
    fileevent $channel readable counted
    measure request
}

proc request {} {
    global option channel missing
    set missing [expr {$option(count) * $option(size)}]
    puts -nonewline $channel \n
    vwait done
}

proc send {} {
    global option message channel
    set message [lindex [messages] 0]
    set channel [open_connection "sink [expr {$option(count) * $option(size)}]"]
    fileevent $channel readable counted
    measure send_and_ask
}

proc send_and_ask {} {
    global option message channel missing
    set missing 1
    for {set sent 0} {$sent < $option(count)} {incr sent} {
        puts -nonewline $channel $message
    }
    vwait done
}

proc connect {} {
    measure open_and_close
}

# With one byte there and back, so that both sides are known to be there.
proc open_and_close {} {
    global option channel missing
    for {set times 0} {$times < $option(count)} {incr times} {
        set channel [open_connection "echo 1"]
        fileevent $channel readable counted
        set missing 1
        puts -nonewline $channel .
        vwait done
        close $channel
    }
}

proc idle {} {
    global option start
    open_connection "echo 1"
    set start [memory VmRSS]
    for {set opened 0} {$opened < $option(count)} {incr opened} {
        fileevent [open_connection "echo 1"] readable counted
    }
    report $option(count) 0 0
}

main $versions
