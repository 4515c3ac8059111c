# Finds what a script has left open. Sourced by the test files that need it, behind the harness and
# before anything starts threads.

namespace eval support {
    namespace export checkleaks
}

# Runs a script a few times, at global level, with "tidy" after each. If there are more open files,
# threads, channels and timers afterwards than before, this is an error. The first run is for
# what is made only once. Returns the websockets that are left: none. Only where the constraint
# descriptors holds.
proc support::checkleaks {script} {
    variable ownThreads
    uplevel #0 $script
    tidy
    waitfor { [threads] <= $ownThreads } {threads to end}
    foreach round {1 2 3} {
        set before [Resources]
        uplevel #0 $script
        tidy
        waitfor { [threads] <= $ownThreads && [IsWithin $before] } {
            $before, not [Resources], [threads] threads
        }
    }
    info class instances ::www::WebSocket
}

# Whether nothing is open that was not. What was may have ended.
proc support::IsWithin {before} {
    lassign $before descriptors names
    lassign [Resources] descriptorsNow namesNow
    foreach name $namesNow {
        if {$name ni $names} {
            return 0
        }
    }
    expr {$descriptorsNow <= $descriptors}
}

# The open files, by their number, and the channels and timers, by their names.
proc support::Resources {} {
    list [descriptors] [concat [lsort [chan names]] [after info]]
}

# How many threads there are without helper threads: Tcl may have one for its event loop.
close [socket -server x -myaddr 127.0.0.1 0]
after 1 {set support::ready 1}
vwait support::ready
set support::ownThreads [support::threads]

namespace import -force support::*
