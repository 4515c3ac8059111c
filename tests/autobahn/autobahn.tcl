# Runs cases of Autobahn|Testsuite, in which it looks at what a client of ours does, or a server.
# Sourced behind harness.tcl, by tests/autobahn.test and run.tcl here.

# What came of cases, and what was expected. A subclass runs them: it has these methods.
#   count                        how many cases the suite has
#   run cases ?seconds? ?prefix? runs these cases and returns a dict: what the suite says of the
#                                behaviour in each, and of how it was closed, a list of two such as
#                                {OK OK}; nothing if it has not seen the end of the case. The prefix
#                                is called with each case that begins.
oo::class create support::Autobahn {
    variable folder expected

    # The report will be in the folder, and nothing else.
    constructor {theFolder} {
        set folder $theFolder
        set expected [my Expected]
        file delete -force $folder
    }

    # The numbers of all cases that are expected in the suite.
    method cases {} {
        dict keys $expected
    }

    # Which of these verdicts are not as expected, in words.
    method differences {verdicts} {
        set differences {}
        dict for {case verdict} $verdicts {
            if {$verdict ne [dict get $expected $case]} {
                lappend differences "$case: {$verdict} instead of {[dict get $expected $case]}"
            }
        }
        return $differences
    }

    # The command line of a program of the suite's.
    method Program {script args} {
        list [file join $::support::top .deps autobahn bin python] \
            [file join $::support::top tests autobahn $script] {*}$args
    }

    # What the report says of these cases.
    method Verdicts {cases} {
        set file [open [file join $folder index.json]]
        set report [read $file]
        close $file
        # What is in it is simple enough to make a Tcl list of it. Without any result it is {}.
        set results [dict merge {tcl {}} {*}[string map {: " " , " "} $report]]
        set verdicts {}
        foreach case $cases {
            set verdict {}
            if {[dict exists $results tcl $case]} {
                set result [dict get $results tcl $case]
                set verdict [list [dict get $result behavior] [dict get $result behaviorClose]]
            }
            dict set verdicts $case $verdict
        }
        return $verdicts
    }

    # What expected.txt says, in the same form.
    method Expected {} {
        set file [open [file join $::support::top tests autobahn expected.txt]]
        set verdicts {}
        foreach line [split [read -nonewline $file] \n] {
            if {![string match #* $line]} {
                dict set verdicts [lindex $line 0] [lrange $line 1 end]
            }
        }
        close $file
        return $verdicts
    }
}

# The suite is the server.
oo::class create support::AutobahnServer {
    superclass support::Autobahn
    variable url pipe queue running

    # Starts it, see server.py.
    constructor {folder} {
        next $folder
        lassign [::support::StartServer {*}[my Program server.py $folder]] url pipe
    }

    destructor {
        if {[info exists pipe]} {
            fconfigure $pipe -blocking 1
            close $pipe
        }
    }

    method count {} {
        set websocket [www websocket $url/getCaseCount]
        lindex [[::support::collect $websocket] wait 2] 0 1
    }

    method run {cases {seconds 180} {prefix list}} {
        set queue $cases
        set running 0
        # Some cases wait; otherwise the server is the slower side, and does one thing at a time.
        # More at once would not be faster.
        foreach worker {1 2 3 4} {
            incr running
            coroutine Worker$worker [self namespace]::my Work $prefix
        }
        ::support::waitfor { !$running || [llength $::support::background] } \
            {the cases of the suite} [expr {$seconds * 1000}]
        set errors [::support::background]
        if {[llength $errors]} {
            error [join $errors \n]
        }
        my Report
        my Verdicts $cases
    }

    # Runs one case after the other until there are no more.
    method Work {prefix} {
        while {[llength $queue]} {
            set queue [lassign $queue case]
            {*}$prefix $case
            # The server accepts the extension in those cases that are about it.
            set websocket [www websocket -compress 1 $url/runCase?agent=tcl&casetuple=$case]
            trace add command $websocket delete [namespace code [list my Ended [info coroutine]]]
            $websocket callback {text binary close} [namespace code [list my Echo $websocket]]
            yield
        }
        incr running -1
    }

    method Echo {websocket type args} {
        if {$type ne "close"} {
            $websocket $type {*}$args
        }
    }

    # The TCP connection is gone. Its worker may only go on when this has left the connection.
    method Ended {coroutine args} {
        after 0 $coroutine
    }

    # Lets the suite write its report, with its answer to the request.
    method Report {} {
        set websocket [www websocket -timeout 300000 $url/updateReports?agent=tcl]
        [::support::collect $websocket] wait close
    }
}

# The suite is the client, and the server is a listener in this interpreter.
oo::class create support::AutobahnClient {
    superclass support::Autobahn
    variable folder listener count output

    constructor {folder} {
        next $folder
        # The suite offers the extension in those cases that are about it.
        set listener [www listen -myaddr 127.0.0.1 -compress 1 0 [namespace code {my Accepted}]]
    }

    destructor {
        $listener destroy
    }

    # Only known after "run".
    method count {} {
        return $count
    }

    method run {cases {seconds 180} {prefix list}} {
        set url ws://127.0.0.1:[$listener port]/
        set pipe [open |[my Program client.py $url $folder {*}$cases]]
        fconfigure $pipe -blocking 0
        set count ""
        set output {}
        ::support::waitfor {
            [my Take $pipe $prefix] || [llength $::support::background]
        } {the cases of the suite; begun: $output} [expr {$seconds * 1000}]
        set errors [::support::background]
        if {[llength $errors]} {
            error [join $errors \n]
        }
        fconfigure $pipe -blocking 1
        close $pipe
        my Verdicts $cases
    }

    # Takes what client.py writes. Returns whether it has ended.
    method Take {pipe prefix} {
        while {[gets $pipe line] >= 0} {
            if {$count eq ""} {
                set count $line
            } else {
                lappend output $line
                {*}$prefix $line
            }
        }
        eof $pipe
    }

    method Accepted {websocket request} {
        $websocket callback {text binary} [list $websocket]
    }
}
