# What every test file sources first:
#
#     source [file join [file dirname [file normalize [info script]]] support harness.tcl]
#
# It brings tcltest, makes this checkout's package the one that is found, and gives the commands
#   waitfor, pause       wait on the event loop, never for ever
#   collect              record what a websocket tells its callbacks         collect.tcl
#   server, stopserver   real servers, each a process of its own             servers.tcl
#   raw, head            scripted servers in this process                    raw.tcl
#   scripted             a websocket to one, recorded                        collect.tcl
#   background           the errors that reached the background handler      background.tcl
#   frame, unframe, utf8, closebody, mask, sha1    bytes         frames.tcl, sha1.tcl
#   descriptors          count open files, to find what was left open      process.tcl
#   tidy                 for -cleanup: no scripted server, collector, websocket or timer is left
# A test file ends with "cleanupTests".

package require Tcl 8.6-
package require tcltest 2.5
namespace import -force ::tcltest::test ::tcltest::testConstraint ::tcltest::cleanupTests
::tcltest::configure {*}$::argv

namespace eval support {
    namespace export waitfor pause collect scripted background server stopserver raw head \
        frame unframe utf8 closebody mask sha1 descriptors tidy

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
        # A glance every 2 ms, rather than a variable to wait for: this works with any condition,
        # and inside another wait.
        after 2 [list set [namespace current]::glance 1]
        vwait [namespace current]::glance
    }
}

# Runs the event loop for so many milliseconds, to show that something does not happen.
proc support::pause {milliseconds} {
    set deadline [expr {[clock milliseconds] + $milliseconds}]
    waitfor { [clock milliseconds] >= $deadline } {time to pass} [expr {$milliseconds + 10000}]
}

proc support::tidy {} {
    # What a test has put off must not come in the middle of the next.
    foreach id [after info] {
        after cancel $id
    }
    foreach class {Collector RawServer} {
        foreach object [info class instances [namespace current]::$class] {
            $object destroy
        }
    }
    if {[info object isa class ::www::WebSocket]} {
        foreach websocket [info class instances ::www::WebSocket] {
            $websocket destroy
        }
    }
}

foreach part {sha1 frames servers raw collect background process} {
    source [file join $support::top tests support $part.tcl]
}
unset part
namespace import -force support::*
