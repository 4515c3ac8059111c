# Places for websockets that a test can take away: another interpreter, thread or process. Sourced
# by the test files that need it, behind the harness.

namespace eval support {
    namespace export context
}

# Makes such a place, in which the package is loaded: an interpreter, a thread or a process. In it
# the command "note" tells us its arguments, as errors in the background do, and "leave" takes the
# place away. Returns an object; see below.
proc support::context {kind} {
    switch -- $kind {
        interpreter { InterpreterContext new }
        thread { ThreadContext new }
        process { ProcessContext new }
        default { error "bad \"$kind\": must be interpreter, thread, or process" }
    }
}

oo::class create support::Context {
    variable events

    constructor {} {
        set events {}
        my Make
        my run {
            interp bgerror {} {apply {{message options} { note background $message }}}
        }
    }

    # Everything that "note" told, a list of its arguments.
    method events {} {
        return $events
    }

    # Waits until the place tells this, its arguments being the first of it. Returns what it told.
    method wait {args} {
        support::waitfor {
            [lsearch -glob $events [list {*}$args]*] >= 0
        } {$args in another place; so far: $events}
        return $events
    }

    # Waits until the place is gone.
    method waitgone {} {
        support::waitfor { [my gone] } {the end of another place; so far: $events}
    }

    method record {args} {
        lappend events $args
    }
}

oo::class create support::InterpreterContext {
    superclass support::Context
    variable name

    method Make {} {
        set name [interp create]
        interp alias $name note {} [self] record
        interp alias $name leave {} interp delete $name
        $name eval { package require www::websocket }
    }

    # Has a script run from the event loop there.
    method run {script} {
        $name eval [list after 0 $script]
    }

    # Is it gone?
    method gone {} {
        expr {![interp exists $name]}
    }

    destructor {
        if {[interp exists $name]} {
            interp delete $name
        }
    }
}

oo::class create support::ThreadContext {
    superclass support::Context
    variable id

    method Make {} {
        set id [thread::create]
        thread::send $id [list proc note args [string map [list @HERE@ [thread::id] \
            @ME@ [list [self]]] { thread::send -async @HERE@ [list @ME@ record {*}$args] }]]
        thread::send $id { interp alias {} leave {} thread::release }
        thread::send $id [list set ::auto_path $::auto_path]
        thread::send $id { package require www::websocket }
    }

    method run {script} {
        thread::send -async $id [list after 0 $script]
    }

    method gone {} {
        expr {![thread::exists $id]}
    }

    destructor {
        if {[thread::exists $id]} {
            thread::release $id
        }
        my waitgone
    }
}

oo::class create support::ProcessContext {
    superclass support::Context
    variable events pipe status

    method Make {} {
        set status ""
        set pipe [open |[list [info nameofexecutable] 2>@stderr] r+]
        fconfigure $pipe -blocking 0 -buffering line
        fileevent $pipe readable [namespace code { my Heard }]
        puts $pipe {
            package require www::websocket
            fconfigure stdout -buffering line
            proc note {args} { puts $args }
            interp alias {} leave {} exit 3
            proc hear {} {
                append ::heard [gets stdin] \n
                if {[eof stdin]} exit
                if {[info complete $::heard]} {
                    after 0 $::heard
                    set ::heard ""
                }
            }
            fileevent stdin readable hear
            vwait forever
        }
    }

    method run {script} {
        puts $pipe $script
    }

    # Empty until the process has ended, then its exit status, or what ended it.
    method status {} {
        return $status
    }

    method gone {} {
        expr {$pipe eq ""}
    }

    method Heard {} {
        while {[gets $pipe line] >= 0} {
            lappend events $line
        }
        if {[eof $pipe]} {
            my Close
        }
    }

    method Close {} {
        fconfigure $pipe -blocking 1
        set status [support::exitstatus $pipe]
        set pipe ""
    }

    destructor {
        if {$pipe ne ""} {
            my Close
        }
    }
}

namespace import -force support::*
