# The client on the package www::websocket, used as its manual says. measure.tcl describes how it is
# started. Some operations are its own:
#
#     open_many  opens COUNT connections, at most 64 at a time, when "beside" others are open
#     evaluate   has a loop evaluate the callback of "receive" (src/callback_loop.rs), and does
#                nothing else
#     timer      receives COUNT messages while a timer of 5 ms runs, and reports how many ms that
#                was late at the latest

source [file join [file dirname [info script]] measure.tcl]
package require www::websocket

proc open_connection {} {
    global option
    www websocket -maxsize 0 -compress $option(compress) $option(url)
}

# Opens connections and leaves them alone.
proc open_idle {count} {
    global planned missing
    set planned $count
    set missing $count
    for {set turn 0} {$turn < 64} {incr turn} {
        open_next
    }
    if {$missing > 0} {
        vwait done
    }
}

proc open_next {} {
    global option planned
    if {$planned > 0} {
        incr planned -1
        www websocket -maxsize 0 -compress $option(compress) -command opened $option(url)
    }
}

proc opened {ws outcome} {
    global missing done
    if {[dict get $outcome -code] != 0} {
        return -options $outcome $ws
    }
    $ws callback {text binary close} unexpected
    open_next
    if {[incr missing -1] == 0} {
        set done 1
    }
}

proc pingpong {} {
    global option messages ws
    open_idle $option(beside)
    set messages [messages]
    set ws [open_connection]
    $ws callback {text binary close} returned
    measure exchange
}

proc exchange {} {
    global option remaining
    set remaining $option(count)
    say
    vwait done
}

# Sends the message whose turn it is.
proc say {} {
    global option messages ws remaining
    $ws $option(kind) [lindex $messages [expr {$remaining % [llength $messages]}]]
}

proc returned {type data args} {
    global option messages remaining done
    if {[string length $data] != $option(size)} {
        error "$type $data $args"
    }
    if {$remaining == 1} {
        check $data [lindex $messages [expr {1 % [llength $messages]}]]
        set done 1
    } else {
        incr remaining -1
        say
    }
}

proc pipeline {} {
    global message ws
    set message [lindex [messages] 0]
    set ws [open_connection]
    $ws callback {text binary close} counted
    measure send_and_await
}

proc send_and_await {} {
    global option message ws remaining
    set remaining $option(count)
    for {set sent 0} {$sent < $option(count)} {incr sent} {
        $ws $option(kind) $message
    }
    vwait done
}

proc counted {type data args} {
    global message remaining done
    if {$type eq "close"} {
        error "$type $data $args"
    }
    if {[incr remaining -1] == 0} {
        check $data $message
        set done 1
    }
}

proc receive {} {
    global option message ws
    set message [lindex [messages] 0]
    set ws [open_connection]
    if {$option(batches)} {
        measure take_batches
    } else {
        $ws callback {text binary close} counted
        measure request
    }
}

proc take_batches {} {
    global option message ws
    set remaining $option(count)
    $ws text "$option(count) $option(size)"
    while {$remaining > 0} {
        foreach {type data} [$ws receive -all] {
            incr remaining -1
        }
    }
    check $data $message
}

proc request {} {
    global option ws remaining
    set remaining $option(count)
    $ws text "$option(count) $option(size)"
    vwait done
}

proc evaluate {} {
    global message
    set library libcallback_loop[info sharedlibextension]
    load [file join [file dirname [info script]] ../../../target/release $library] Callbackloop
    set message [lindex [messages] 0]
    measure loop
}

proc loop {} {
    global option message remaining
    set remaining $option(count)
    set prefix counted
    callback_loop $option(count) {*}$prefix $option(kind) $message
    if {$remaining != 0} {
        error "$remaining were not evaluated"
    }
}

proc send {} {
    global message ws
    set message [lindex [messages] 0]
    set ws [open_connection]
    $ws callback {text close} answered
    measure send_and_ask
}

proc send_and_ask {} {
    global option message ws done
    for {set sent 0} {$sent < $option(count)} {incr sent} {
        $ws $option(kind) $message
    }
    $ws text "how many?"
    vwait done
    if {$done != $option(count)} {
        error "the server counted $done"
    }
}

proc answered {type data args} {
    if {$type eq "close"} {
        error "$type $data $args"
    }
    set ::done $data
}

proc connect {} {
    measure open_and_close
}

proc open_and_close {} {
    global option
    for {set times 0} {$times < $option(count)} {incr times} {
        set ws [open_connection]
        $ws callback close closed
        $ws close
        vwait done
    }
}

proc closed {args} {
    set ::done 1
}

proc open_many {} {
    global option
    # One more, which takes what all share.
    open_idle [expr {$option(beside) + 1}]
    measure [list open_idle $option(count)]
}

proc idle {} {
    global option start
    # The first connection takes what all share.
    [open_connection] callback {text binary close} unexpected
    set start [memory VmRSS]
    for {set opened 0} {$opened < $option(count)} {incr opened} {
        [open_connection] callback {text binary close} unexpected
    }
    report $option(count) 0 0
}

proc unexpected {args} {
    error "not expected: $args"
}

proc timer {} {
    global message ws latest
    set message [lindex [messages] 0]
    set ws [open_connection]
    $ws callback {text binary close} counted
    request
    set latest 0
    tick [clock microseconds]
    set cpu [cpu]
    set start [clock microseconds]
    request
    report $::option(count) [expr {([clock microseconds] - $start) / 1e6}] [expr {[cpu] - $cpu}] \
        $latest
}

proc tick {due} {
    global latest
    set now [clock microseconds]
    set latest [expr {max($latest, ($now - $due) / 1e3)}]
    after 5 [list tick [expr {$now + 5000}]]
}

if {[info exists option(ca)]} {
    www certify $option(ca)
}
main "www::websocket [package present www::websocket]"
