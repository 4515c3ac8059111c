# Runs cases of Autobahn|Testsuite, in which its server looks at what a client does. Sourced behind
# harness.tcl, by tests/autobahn.test and run.tcl here.

oo::class create support::Autobahn {
    variable folder expected url pipe queue running

    # Starts the suite's server, see server.py. Its report will be in the folder, and nothing else.
    constructor {theFolder} {
        set folder $theFolder
        set expected [my Expected]
        file delete -force $folder
        set autobahn [file join $::support::top .deps autobahn bin python]
        set script [file join $::support::top tests autobahn server.py]
        lassign [::support::StartServer $autobahn $script $folder] url pipe
    }

    destructor {
        if {[info exists pipe]} {
            fconfigure $pipe -blocking 1
            close $pipe
        }
    }

    # The numbers of all cases that are expected in the suite.
    method cases {} {
        dict keys $expected
    }

    # How many cases the suite has.
    method count {} {
        set websocket [www websocket $url/getCaseCount]
        lindex [[::support::collect $websocket] wait 2] 0 1
    }

    # Runs these cases and returns a dict: what the suite says of the client's behaviour in each,
    # and of how it closed, a list of two such as {OK OK}; nothing if it has not seen the end of the
    # case. A prefix is called with each case that begins.
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
        set all [dict create]
        foreach case $cases {
            dict set all $case {}
        }
        dict merge $all [my Verdicts]
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

    # All verdicts in the report.
    method Verdicts {} {
        set file [open [file join $folder index.json]]
        set report [read $file]
        close $file
        # What is in it is simple enough to make a Tcl list of it.
        set verdicts {}
        dict for {case result} [dict get {*}[string map {: " " , " "} $report] tcl] {
            dict set verdicts $case \
                [list [dict get $result behavior] [dict get $result behaviorClose]]
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
