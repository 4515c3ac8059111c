#!/usr/bin/env tclsh
# reconnect.tcl: a WebSocket that is opened again whenever it ends, as a class.
#
#     source reconnect.tcl
#     proc heard {type args} {...}
#     set feed [Reconnecting new heard $url]
#
# As a program it shows what happens; end the server, and start it again:
#
#     TCLLIBPATH=$PWD tclsh examples/reconnect.tcl ws://localhost:8080/ticks
#
# RFC 6455 section 7.2.3 asks a client that has lost its connection to wait for a random time before
# it connects again, and for longer times after attempts that failed, so that not all of its clients
# come at once when a server is started again. Here the limit of the random time doubles with each
# failure, up to a maximum. A connection that ends within the limit is a failure too, because a
# server that accepts connections only to close them must not be asked again and again.

package require www::websocket

oo::class create Reconnecting {
    variable prefix first longest websocket notice timer

    # The arguments behind the prefix are those of "www websocket". The prefix is called with
    #   open                        connected, for the first time or again
    #   text string, binary data    a message
    #   wait milliseconds why       not connected; the next attempt comes after so long
    constructor {thePrefix args} {
        set prefix $thePrefix
        lassign {"" "" ""} websocket notice timer
        my delays 5000 300000
        # It lives in the namespace of this object, and ends with it wherever it waits.
        coroutine connecting my Stay {*}$args
    }

    destructor {
        after cancel $notice
        after cancel $timer
        if {$websocket ne ""} {
            $websocket callback {} {}
            catch { $websocket close 1000 }
        }
    }

    # Sets the limits, in milliseconds, of the first delay and of those after failures.
    method delays {theFirst theLongest} {
        lassign [list $theFirst $theLongest] first longest
    }

    # Sends a message, as in "$feed send text hello". An error while there is no connection.
    method send {type data} {
        if {$websocket eq ""} { throw {RECONNECTING OFFLINE} "not connected" }
        $websocket $type $data
    }

    method Stay {args} {
        set failures 0
        while 1 {
            set opened ""
            try {
                www websocket {*}$args
            } on ok {websocket} {
                set opened [clock milliseconds]
                my Tell open
                $websocket callback {text binary} $prefix
                $websocket callback close [info coroutine]
                set why [lrange [yieldto return -level 0] 1 end]
                set websocket ""
            } on error {why options} {
                # Wrong arguments stay wrong: to try again would not help.
                if {[lindex [dict get $options -errorcode] 1] in {GETOPT URL}} {
                    return -options $options $why
                }
            }
            set limit [my Limit $failures]
            if {$opened ne "" && [clock milliseconds] - $opened >= $limit} {
                set failures 0
                set limit [my Limit 0]
            }
            incr failures
            set delay [expr {int(rand() * $limit)}]
            my Tell wait $delay $why
            my Sleep $delay
        }
    }

    method Limit {failures} {
        expr {min($longest, $first * 2 ** min($failures, 30))}
    }

    # Has the prefix called from the event loop, so that its errors are background errors.
    method Tell {args} {
        set notice [after 0 [list {*}$prefix {*}$args]]
        my Sleep 0
    }

    method Sleep {milliseconds} {
        set timer [after $milliseconds [info coroutine]]
        yield
    }
}

if {[info exists argv0] && [file normalize $argv0] eq [file normalize [info script]]} {
    proc heard {type args} {
        puts "[clock format [clock seconds] -format %T] $type $args"
    }
    fconfigure stdout -buffering line
    Reconnecting new heard {*}$argv
    vwait forever
}
