# A client of an echo server, on tcllib: what came back, a line for each step.
#
# Usage: tcllib.tcl URL

package require websocket

set url [lindex $argv 0]
set texts [lmap size {1 125 126 65535 65536 1048576} { string repeat e $size }]
set socket [websocket::open $url told]

proc told {socket type data} {
    global texts
    switch $type {
        connect { puts "connected" }
        text {
            if {$data ne [lindex $texts 0]} { puts "not echoed" }
            set texts [lrange $texts 1 end]
        }
        close { puts "closed" }
        disconnect { exit }
        default return
    }
    if {$type in {connect text}} {
        if {[llength $texts]} {
            websocket::send $socket text [lindex $texts 0]
        } else {
            puts echoed
            websocket::close $socket 4000 bye
        }
    }
}

vwait forever
