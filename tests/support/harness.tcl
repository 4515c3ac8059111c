# What every test file sources first:
#
#     source [file join [file dirname [file normalize [info script]]] support harness.tcl]
#
# It brings tcltest, makes this checkout's package the one that is found, and gives the commands
#   waitfor, pause, when, ticks   the event loop                             in this file
#   outcome, failure, openerror   what a script or command ends with         in this file
#   runtclsh, exitstatus          another process                            in this file
#   gone, waitgone                whether an object exists                   in this file
#   tidy                          for -cleanup                               in this file
#   establish, note, events, frames, payloads                                events.tcl
#                                 the websocket of a test, and what happens
#   collect, scripted             what a websocket tells its callbacks       collect.tcl
#   raw, head                     scripted servers in this process           raw.tcl
#   http, response, fetch, option the same for requests, and their outcome   http.tcl
#   server, stopserver            real servers, each in its own process      servers.tcl
#   background                    the errors in the background               background.tcl
#   frame, textframes, closebody, unframe, mask, utf8, pattern               frames.tcl
#                                 bytes
#   sha1                          a digest                                   sha1.tcl
#   descriptors, threads, memoryused                                         process.tcl
#                                 what this process uses
# A test file ends with "cleanupTests".

package require Tcl 8.6-
package require tcltest 2.5
namespace import -force ::tcltest::test ::tcltest::testConstraint ::tcltest::cleanupTests
::tcltest::configure {*}$::argv

namespace eval support {
    namespace export waitfor pause when ticks outcome failure openerror runtclsh \
        exitstatus gone waitgone tidy \
        establish note events frames payloads collect scripted raw head server stopserver \
        background frame textframes closebody unframe mask utf8 pattern sha1 \
        descriptors threads memoryused

    # By how much everything takes longer here than usual: tests/sanitize.sh says so.
    variable slowness [expr {[info exists ::env(TEST_SLOWNESS)] ? $::env(TEST_SLOWNESS) : 1}]

    # The top of the checkout.
    variable top [file dirname [file dirname [file dirname [file normalize [info script]]]]]
}

# For this interpreter, and for those that tests create or start.
set ::auto_path [linsert $::auto_path 0 $support::top]
set ::env(TCLLIBPATH) [list $support::top]

testConstraint tcl8.6 [package vsatisfies [package provide Tcl] 8.6-8.7]
testConstraint tcl9 [package vsatisfies [package provide Tcl] 9-]
# A reset is told from an end, as it is where the sockets are not Tcl's.
testConstraint resets [expr {$::tcl_platform(platform) eq "unix"}]
testConstraint thread [expr {![catch { package require Thread }]}]

# Runs the event loop until the condition, an expression in the caller's scope, is true. After
# timeout milliseconds that is an error, with the report, substituted in the caller's scope.
proc support::waitfor {condition {report {}} {timeout 10000}} {
    variable slowness
    set deadline [expr {[clock milliseconds] + $timeout * $slowness}]
    while {![uplevel 1 [list expr $condition]]} {
        if {[clock milliseconds] >= $deadline} {
            if {$report eq ""} {
                set report $condition
            } else {
                set report [uplevel 1 [list subst $report]]
            }
            error "waited $timeout ms in vain for $report"
        }
        # Checked every 2 ms, rather than waiting for a variable: this works with any condition,
        # and inside another wait.
        after 2 [list set [namespace current]::checked 1]
        vwait [namespace current]::checked
    }
}

# Runs the event loop for so many milliseconds, to show that something does not happen.
proc support::pause {milliseconds} {
    set deadline [expr {[clock milliseconds] + $milliseconds}]
    waitfor { [clock milliseconds] >= $deadline } {time to pass} [expr {$milliseconds + 10000}]
}

# Runs a script at global level, from the event loop, once the condition is true.
proc support::when {condition script} {
    if {[uplevel #0 [list expr $condition]]} {
        uplevel #0 $script
    } else {
        after 1 [namespace code [list when $condition $script]]
    }
}

# Runs a script in the caller's scope. Returns how often a timer of 5 ms came meanwhile.
proc support::ticks {script} {
    variable ticks 0
    Tick
    uplevel 1 $script
    after cancel support::Tick
    return $ticks
}

proc support::Tick {} {
    variable ticks
    incr ticks
    after 5 support::Tick
}

# What a script ends with at global level: its result, or its errorcode.
proc support::outcome {script} {
    if {[catch { uplevel #0 $script } result options]} {
        return [dict get $options -errorcode]
    }
    return $result
}

# Runs a command, which must fail. Returns the message and the errorcode.
proc support::failure {args} {
    if {![catch { uplevel 1 $args } message options]} {
        error "no failure, but \"$message\": $args"
    }
    list $message [dict get $options -errorcode]
}

# Calls "www websocket" with these words, which must fail, in 20 seconds unless they say otherwise.
# Returns the message and the errorcode.
proc support::openerror {args} {
    failure www websocket -timeout 20000 {*}$args
}

# Runs a script in a tclsh of its own until that ends, or until the condition is true; in this,
# $::output is what the tclsh has written. Returns its exit status, or what ended it, and its
# output.
proc support::runtclsh {script {condition 0}} {
    set ::output ""
    set pipe [open |[list [info nameofexecutable] << $script 2>@1]]
    fconfigure $pipe -blocking 0
    waitfor {
        [string length [append ::output [read $pipe]]] && [uplevel #0 [list expr $condition]]
        || [eof $pipe]
    } {the end of a tclsh; so far: $::output} 20000
    if {![eof $pipe]} {
        exec kill [pid $pipe]
    }
    fconfigure $pipe -blocking 1
    list [exitstatus $pipe] [string trim $::output]
}

# Closes a pipe. Returns the exit status of the process, or what ended it.
proc support::exitstatus {pipe} {
    if {![catch { close $pipe } - options]} {
        return 0
    }
    set code [dict get $options -errorcode]
    expr {[lindex $code 0] eq "CHILDSTATUS" ? [lindex $code 2] : $code}
}

# Has the object been destroyed?
proc support::gone {object} {
    expr {[info commands $object] eq ""}
}

# Waits until the object has been destroyed.
proc support::waitgone {object {timeout 10000}} {
    waitfor { [gone $object] } {the end of $object} $timeout
}

# Leaves no scripted server, collector, interpreter "child", websocket or timer. For -cleanup.
proc support::tidy {} {
    # What a test has put off must not come in the middle of the next.
    foreach id [after info] {
        after cancel $id
    }
    foreach class {Collector HttpServer Origin RawServer} {
        if {[info object isa class [namespace current]::$class]} {
            foreach object [info class instances [namespace current]::$class] {
                $object destroy
            }
        }
    }
    if {[interp exists child]} {
        interp delete child
    }
    if {[info object isa class ::www::WebSocket]} {
        foreach websocket [info class instances ::www::WebSocket] {
            $websocket destroy
        }
    }
    # All servers are at the same host.
    if {[llength [info commands ::www::cookies::clear]]} {
        www cookies clear
    }
}

foreach part {sha1 frames servers raw http collect events background process} {
    source [file join $support::top tests support $part.tcl]
}
unset part
namespace import -force support::*
