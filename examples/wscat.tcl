#!/usr/bin/env tclsh
# wscat.tcl: a command line to a WebSocket server.
#
#     tclsh wscat.tcl ?option ...? URL
#
# At a terminal each line typed is sent as a text message, and what the server sends is printed with
# its type. In a pipe it is a filter: each line of the input is a text message, and each text
# message is a line of the output, with nothing around it. The end of the input (ctrl-D) closes the
# connection, and what the server sends before it closes is still printed. Options:
#
#     -protocol name        offers a subprotocol; may be given several times
#     -header "Name: value" adds a header to the request; may be given several times
#     -insecure             accepts any certificate
#     -binary               sends the input as binary messages: in a pipe as it comes, in pieces
#                           of at most 64 KiB, at a terminal each line in hexadecimal
#     -wait milliseconds    waits so long after the end of the input before it closes, for a server
#                           that takes its time to answer
#     -option value         any other option of "www websocket"
#
# In a checkout, say where the package is:
#
#     TCLLIBPATH=$PWD tclsh examples/wscat.tcl ws://localhost:8080/
#     echo Hello | TCLLIBPATH=$PWD tclsh examples/wscat.tcl ws://localhost:8080/
#
# The exit status is 0 when the connection was closed in order, 1 when not, and 2 for a wrong
# command line.

package require www::websocket

proc usage {} {
    puts stderr {usage: wscat.tcl ?-protocol name? ?-header "Name: value"? ?-insecure? ?-binary?}
    puts stderr {                 ?-wait milliseconds? ?option value ...? URL}
    exit 2
}

# What the server sends, at a terminal.
proc show {type args} {
    switch -- $type {
        text {puts "text: [lindex $args 0]"}
        binary {puts "binary: [binary encode hex [lindex $args 0]]"}
        ping - pong {puts "$type: [binary encode hex [lindex $args 0]]"}
        close {
            lassign $args code reason
            puts [string trimright "closed: $code $reason"]
            end $code
        }
    }
}

# What the server sends, in a pipe.
proc pass {type args} {
    lassign $args data reason
    switch -- $type {
        text {output [encoding convertto $::charset $data\n]}
        binary {output $data}
        close {
            if {$data ni {1000 1001 1005}} {
                puts stderr "closed: $data $reason"
            }
            end $data
        }
    }
}

# Writes bytes. The program that reads them may have ended, as head(1) does.
proc output {bytes} {
    if {[catch {
        puts -nonewline $bytes
        flush stdout
    }]} {
        exit 1
    }
}

# 1005: the server closed without a code.
proc end {code} {
    exit [expr {$code ni {1000 1001 1005}}]
}

# Sends what there is of the input.
proc send {ws} {
    try {
        if {$::binary && !$::terminal} {
            set data [read stdin 65536]
            if {$data ne ""} { $ws binary $data }
        } elseif {[gets stdin line] >= 0} {
            if {$::binary} {
                $ws binary [binary decode hex -strict $line]
            } else {
                $ws text $line
            }
        }
    } on error {message} {
        puts stderr $message
        if {!$::terminal} { exit 1 }
    }
    if {[eof stdin]} {
        fileevent stdin readable {}
        # The server may have closed the connection before.
        after $::wait [list catch [list $ws close 1000]]
    }
}

set protocols {}
set headers {}
set options {}
set binary 0
set wait 0
while {[string match -* [lindex $argv 0]]} {
    set argv [lassign $argv option]
    switch -- $option {
        -binary {
            set binary 1
            continue
        }
        -insecure {
            lappend options -insecure 1
            continue
        }
    }
    if {[llength $argv] < 2} usage
    set argv [lassign $argv value]
    switch -- $option {
        -protocol {lappend protocols $value}
        -header {
            if {![regexp {^([^:]+):\s*(.*)$} $value -> name value]} usage
            lappend headers $name $value
        }
        -wait {
            if {![string is integer -strict $value]} usage
            set wait $value
        }
        default {lappend options $option $value}
    }
}
if {[llength $argv] != 1} usage
set url [lindex $argv 0]

# Only a terminal has the option -mode, which is for serial lines.
set terminal [dict exists [fconfigure stdin] -mode]
set charset [fconfigure stdout -encoding]

if {[llength $headers]} { lappend options -headers $headers }
try {
    www websocket {*}$options $url $protocols
} on ok {ws info} {
    if {$terminal} {
        set protocol [dict get $info protocol]
        puts "connected to $url[expr {$protocol eq "" ? "" : ", protocol $protocol"}]"
    }
} on error {message info} {
    puts stderr "$message ([dict get $info -errorcode])"
    exit 1
}
if {$terminal} {
    fconfigure stdin -blocking 0
    fconfigure stdout -buffering line
    $ws callback {text binary pong close} show
} else {
    fconfigure stdin -blocking 0 -translation [expr {$binary ? "binary" : "auto"}]
    fconfigure stdout -translation binary
    $ws callback {text binary pong close} pass
}
fileevent stdin readable [list send $ws]
vwait forever
