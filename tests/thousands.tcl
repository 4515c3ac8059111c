# Shows that one process has thousands of connections under either Tcl, and how long what takes:
# they open, 64 at a time; each sends a message and has it back; one alternates with the server
# beside the others, which are idle; all close. Then as many open again, and the server ends.
#
# Run by "make thousands". The environment has CONNECTIONS (10000). The last line of the output says
# whether all was right, which no time decides; the exit status is 0 or 1.

source [file join [file dirname [file normalize [info script]]] support harness.tcl]
package require www::websocket

namespace eval thousands {
    variable count [expr {[info exists ::env(CONNECTIONS)] ? $::env(CONNECTIONS) : 10000}]
    # How many are being opened at a time, and how often the one goes there and back.
    variable atOnce 64
    variable trips 5000

    # For how long all connections together may take for one thing, in milliseconds.
    variable limit 300000

    variable websockets {}
    variable failures {}
    variable ended {}
    variable reply ""
}

# Prints how long a script takes, and what for. Returns the microseconds.
proc thousands::measure {what script {times 1}} {
    set start [clock microseconds]
    uplevel 1 $script
    set took [expr {[clock microseconds] - $start}]
    set each [format %.1f [expr {double($took) / $times}]]
    puts [format {%-46s %8.2f s %9s us each} $what [expr {$took / 1e6}] $each]
    return $took
}

# Opens connections until there are so many.
proc thousands::open {url theGoal} {
    variable atOnce
    variable websockets
    variable goal $theGoal
    variable started [llength $websockets]
    for {set i 0} {$i < $atOnce} {incr i} {
        Next $url
    }
    Await { [llength $websockets] + [llength $failures] == $goal }
}

proc thousands::Next {url} {
    variable started
    variable goal
    if {$started < $goal} {
        incr started
        www websocket -timeout 60000 -command [namespace code [list Opened $url]] $url
    }
}

proc thousands::Opened {url websocket options} {
    variable websockets
    variable failures
    if {[dict get $options -code] == 0} {
        lappend websockets $websocket
        $websocket callback {text binary close} [namespace code [list Told $websocket]]
    } else {
        lappend failures $websocket
    }
    Next $url
    Look
}

proc thousands::Told {websocket type data args} {
    variable returned
    variable ended
    variable reply
    if {$type eq "close"} {
        lappend ended $data
    } elseif {$data eq $websocket} {
        incr returned
    } elseif {$reply ne ""} {
        {*}$reply
    }
    Look
}

# Runs the event loop until the condition is true, an expression with variables of this namespace.
proc thousands::Await {theCondition} {
    variable condition $theCondition
    variable limit
    variable done 0
    set timer [after $limit {set ::thousands::done "took too long"}]
    Look
    if {$done == 0} {
        vwait ::thousands::done
    }
    after cancel $timer
    if {$done ne 1} {
        error "$done: $condition"
    }
}

proc thousands::Look {} {
    variable condition
    if {[namespace eval [namespace current] [list expr $condition]]} {
        variable done 1
    }
}

# Has each send a message, and waits until all are back.
proc thousands::sendAll {} {
    variable websockets
    variable returned 0
    foreach websocket $websockets {
        $websocket text $websocket
    }
    Await { $returned == [llength $websockets] }
}

# Has the first one go there and back so often.
proc thousands::alternate {} {
    variable websockets
    variable trips
    variable left $trips
    variable reply [namespace code Again]
    Again
    Await { $left < 0 }
    set reply ""
}

proc thousands::Again {} {
    variable websockets
    variable left
    if {[incr left -1] >= 0} {
        [lindex $websockets 0] text [string repeat x 32]
    }
}

proc thousands::awaitEnds {code} {
    variable websockets
    variable ended
    Await { [llength $ended] == [llength $websockets] }
    set codes [lsort -unique $ended]
    if {$codes ne $code} {
        error "closed with $codes"
    }
    waitfor { [info class instances ::www::WebSocket] eq "" } {the objects to go} 60000
    set websockets {}
    set ended {}
}

# What is open: descriptors, channels, timers, websockets.
proc thousands::resources {} {
    list [descriptors] [llength [chan names]] [after info] \
        [info class instances ::www::WebSocket]
}

proc thousands::run {} {
    variable count
    # Those of the process beside its connections are far fewer.
    set room [exec sh -c {ulimit -n}]
    if {$room ne "unlimited" && $room < $count + 100} {
        puts "skipped: the system lets a process open $room files"
        return
    }
    variable websockets
    variable failures
    variable trips
    variable atOnce
    set url [server echo]
    # What is made only once.
    open $url 1
    set alone [measure "one goes there and back $trips times" alternate $trips]
    foreach websocket $websockets {
        $websocket close 1000
    }
    awaitEnds 1000
    set before [resources]
    set memory [memoryused]

    set thousand [expr {min(1000, $count / 2)}]
    set first [measure "the first $thousand open" { open $url $thousand } $thousand]
    open $url [expr {$count - $thousand}]
    set last [measure "the last $thousand open" { open $url $count } $thousand]
    puts [format {%-46s %8.2f KiB each} "memory of $count idle connections" \
        [expr {double([memoryused] - $memory) / $count}]]
    measure "each sends a message and has it back" sendAll $count
    set beside [measure "one goes there and back beside the others" alternate $trips]
    measure "all close" {
        foreach websocket $websockets {
            $websocket close 1000
        }
        awaitEnds 1000
    } $count
    measure "all open again" { open $url $count } $count
    measure "all end with the server" {
        stopserver echo
        awaitEnds 1006
    } $count
    # For the descriptors of its pipe.
    server echo
    if {$failures ne ""} {
        error "[llength $failures] did not open: [lindex $failures 0]"
    }
    if {[resources] ne $before} {
        error "left open: [resources], not $before"
    }
    foreach message [background] {
        error $message
    }
    puts [format {the last %d open at %.2f of the rate of the first; one beside the others goes at\
        %.2f of its rate alone} $thousand [expr {double($first) / $last}] \
        [expr {double($alone) / $beside}]]
}

set verdict "all is well"
if {[catch { thousands::run } message]} {
    puts "wrong: $message"
    set verdict FAILED
}
puts "$thousands::count connections, Tcl [info patchlevel]: $verdict"
exit [expr {$verdict ne "all is well"}]
