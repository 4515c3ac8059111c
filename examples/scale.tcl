#!/usr/bin/env tclsh
# scale.tcl: a chat server of several processes, which listen on one port.
#
#     TCLLIBPATH=$PWD tclsh examples/scale.tcl ?port? ?broker? ?workers? &
#     TCLLIBPATH=$PWD tclsh examples/chat.tcl Ada ws://localhost:8080/
#
# The system shares the clients out among the workers, of which there are four. What a client says
# goes to all clients of all workers, by way of an MQTT broker: ws://localhost:9001/, which is
# started as the head of mqtt.tcl says. A worker that ends is started again.

package require www::websocket
set script [file normalize [info script]]
source [file join [file dirname $script] mqtt.tcl]

# --- a worker

proc work {port broker} {
    try {
        set ::broker [Mqtt new fromBroker $broker]
        $::broker subscribe chat
        set ::listener [www listen -myaddr localhost -reuseport 1 -maxsize 10000 \
            -maxpending 100000 -heartbeat 30000 $port serve]
        puts "worker [pid]: ws://localhost:$port/"
    } on error {message} {
        puts stderr $message
        exit 1
    }
}

proc serve {ws request} {
    $ws callback text fromClient
    $ws text "You are served by worker [pid]."
}

proc fromClient {type text} {
    $::broker publish chat [encoding convertto utf-8 $text]
}

proc fromBroker {type args} {
    # Without the broker a worker is of no use.
    if {$type eq "close"} { exit 1 }
    if {[info exists ::listener]} {
        $::listener broadcast text [encoding convertfrom utf-8 [lindex $args 1]]
    }
}

# --- the process that has the workers

proc start {port broker} {
    set pipe [open |[list [info nameofexecutable] $::script worker $port $broker 2>@stderr] r+]
    fileevent $pipe readable [list told $pipe $port $broker]
}

# Passes on what a worker prints.
proc told {pipe port broker} {
    if {[gets $pipe line] >= 0} {
        puts $line
    } else {
        catch { close $pipe }
        after 1000 [list start $port $broker]
    }
}

fconfigure stdout -buffering line
if {[lindex $argv 0] eq "worker"} {
    # Its standard input ends with the process that started it.
    fileevent stdin readable exit
    coroutine working work {*}[lrange $argv 1 end]
} else {
    lassign $argv port broker workers
    if {$port eq ""} { set port 8080 }
    if {$broker eq ""} { set broker ws://localhost:9001/ }
    if {$workers eq ""} { set workers 4 }
    for {set i 0} {$i < $workers} {incr i} { start $port $broker }
}
vwait forever
