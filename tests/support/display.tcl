# A screen for tests with windows: an X server without one, which ends with this process. The
# constraint tk says whether there are it and a Tk for this Tcl. Sourced behind network.tcl.

proc support::Display {} {
    set folder [exec mktemp -d -t www-websocket-test.XXXXXX]
    Supervise $folder Xvfb -displayfd 1 -screen 0 1024x768x24 -nolisten tcp
    set output [file join $folder output]
    waitfor { [file exists $output] && [regexp -line {^\d+$} [ReadFile $output] number] }
    return :$number
}

testConstraint tk 0
if {[auto_execok Xvfb] ne ""} {
    set ::env(DISPLAY) [support::Display]
    set interpreter [interp create]
    testConstraint tk [expr {![catch { interp eval $interpreter {package require Tk} }]}]
    interp delete $interpreter
    unset interpreter
}
