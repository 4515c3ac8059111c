# Runs all tests/*.test under the tclsh that runs this, each file in a process of its own: a crash
# costs one file, not the rest, and nothing leaks from one into another. Takes tcltest's options,
# such as -file frames.test -match frames-1.*. The exit status is 1 if a test failed or a file
# ended early.

package require Tcl 8.6-
package require tcltest 2.5
puts "Tcl [info patchlevel]"
::tcltest::configure -testdir [file dirname [file normalize [info script]]] -singleproc 0 {*}$argv
exit [::tcltest::runAllTests]
