#!/usr/bin/env tclsh
# wscat.tcl: a command line to a WebSocket server.
#
#     tclsh wscat.tcl ?-protocol name? ?option value ...? URL
#
# Each line typed is sent as a text message; what the server sends is printed with its type. The end
# of the input (ctrl-D) closes the connection. `-protocol` offers a subprotocol and may be given
# several times; the other options are those of `www websocket`. In a checkout, say where the package
# is: TCLLIBPATH=$PWD tclsh examples/wscat.tcl URL

package require www::websocket

proc usage {} {
    puts stderr "usage: wscat.tcl ?-protocol name? ?option value ...? URL"
    exit 2
}

proc received {type args} {
    switch -- $type {
        text {puts "text: [lindex $args 0]"}
        binary {puts "binary: [binary encode hex [lindex $args 0]]"}
        ping - pong {puts "$type: [binary encode hex [lindex $args 0]]"}
        close {
            lassign $args code reason
            puts [string trimright "closed: $code $reason"]
            # 1005: the server closed without a code, as we did.
            exit [expr {$code ni {1000 1001 1005}}]
        }
    }
}

proc typed {ws} {
    if {[gets stdin line] >= 0} {
        if {[catch {$ws text $line} message]} {
            puts stderr $message
        }
    } elseif {[eof stdin]} {
        fileevent stdin readable {}
        # The server may have been quicker.
        catch {$ws close 1000}
    }
}

set protocols {}
set options {}
for {set i 0} {$i < [llength $argv] - 1} {incr i 2} {
    lassign [lrange $argv $i $i+1] option value
    if {$option eq "-protocol"} {
        lappend protocols $value
    } else {
        lappend options $option $value
    }
}
if {$i != [llength $argv] - 1} usage
set url [lindex $argv end]

try {
    www websocket {*}$options $url $protocols
} on ok {ws info} {
    set protocol [dict get $info protocol]
    puts "connected to $url[expr {$protocol eq "" ? "" : ", protocol $protocol"}]"
} on error {message info} {
    puts stderr "$message ([dict get $info -errorcode])"
    exit 1
}
fconfigure stdout -buffering line
fconfigure stdin -blocking 0
$ws callback {text binary pong close} received
fileevent stdin readable [list typed $ws]
vwait forever
