# Shows that a script leaves nothing behind. Sourced by the test files that need it, behind the
# harness.

namespace eval support {
    namespace export spotless
}

# Runs a script a few times, at global level, with "tidy" behind it. Afterwards there are as many
# open files, threads, channels and timers as before, or this is an error. The first run is for what
# is made only once. Returns the websockets that are left: none. Only where the constraint
# descriptors holds.
proc support::spotless {script} {
    variable ownThreads
    uplevel #0 $script
    tidy
    waitfor { [Threads] <= $ownThreads } {threads to end}
    set before [Left]
    foreach round {1 2 3} {
        uplevel #0 $script
        tidy
    }
    waitfor { [Threads] <= $ownThreads && [Left] eq $before } {
        $before, not [Left], [Threads] threads
    }
    info class instances ::www::WebSocket
}

proc support::Threads {} {
    llength [glob -nocomplain -directory /proc/self/task *]
}

proc support::Left {} {
    list [descriptors] [lsort [chan names]] [after info]
}

# As many threads as there are without helpers: Tcl may have one of its own, for its event loop.
close [socket -server x -myaddr 127.0.0.1 0]
after 1 {set support::ready 1}
vwait support::ready
set support::ownThreads [support::Threads]

namespace import -force support::*
