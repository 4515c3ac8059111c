# An echo server on www listen, in a process of its own. The package is found by TCLLIBPATH.
#
# Usage: listen.tcl CERTIFICATE KEY
#
# It prints its ports, the second with TLS, and ends when standard input ends. Each line of that is
# a command, which is answered by a line:
#   restart   drops all connections, without close messages, and listens anew at the same ports
#   use       tells what is in use: KiB of memory, descriptors, websockets

package require www::websocket

lassign $argv certificate key
set listeners {}
set ports {0 0}

proc start {} {
    set ::listeners {}
    foreach port $::ports options [list {} [list -certfile $::certificate -keyfile $::key]] {
        lappend ::listeners [www listen -myaddr 127.0.0.1 -compress 1 -maxframe 20000 {*}$options \
            $port opened]
    }
    set ::ports [lmap listener $::listeners { $listener port }]
}

proc opened {websocket request} {
    $websocket callback {text binary} [list $websocket]
}

proc obey {} {
    if {[gets stdin command] < 0} {
        if {[eof stdin]} exit
        return
    }
    switch $command {
        restart {
            foreach listener $::listeners {
                $listener destroy
            }
            start
            puts restarted
        }
        use {
            set status [open /proc/self/status]
            regexp {VmRSS:\s+(\d+) kB} [read $status] - memory
            close $status
            puts [list $memory [llength [glob -directory /proc/self/fd *]] \
                [llength [www websocket names]]]
        }
    }
}

start
fconfigure stdout -buffering line
puts $ports
fconfigure stdin -blocking 0
fileevent stdin readable obey
vwait forever
