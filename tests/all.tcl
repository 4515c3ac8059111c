# Runs all tests/*.test under the tclsh that runs this, each file in a process of its own: a crash
# costs one file, not the rest, and nothing leaks from one into another. Takes tcltest's options,
# such as -file frames.test -match frames-1.*. The exit status is 1 if a test failed or a file
# ended early. The files that tests make are in a folder for each Tcl, unless -tmpdir names another,
# so that several can run at once.

package require Tcl 8.6-
package require tcltest 2.5
puts "Tcl [info patchlevel]"
set tests [file dirname [file normalize [info script]]]
set folder [file join [file dirname $tests] target suites files-[info patchlevel]]
file mkdir $folder
::tcltest::configure -testdir $tests -tmpdir $folder -singleproc 0 {*}$argv
exit [::tcltest::runAllTests]
