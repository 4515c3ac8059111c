# Programs that zipfs makes of this Tcl. Sourced behind network.tcl. The constraint zipfs says
# whether there is that.

namespace eval support {
    namespace export starter runner
}

testConstraint zipfs [expr {![catch { zipfs root }]}]

# The program that this Tcl is, for "zipfs mkimg".
proc support::starter {} {
    set self [info nameofexecutable]
    expr {[file exists $self.program] ? "$self.program" : $self}
}

# A command that runs a program made of this Tcl's. If this one is started by a script, with a C
# library of its own (tests/setup.sh), so is the program.
proc support::runner {program} {
    set self [info nameofexecutable]
    if {![file exists $self.program]} {
        return [list $program]
    }
    set script [string map [list {"$0"} '$self' {--argv0 "$self"} "--argv0 '$program'" \
        {"$self.program"} '$program'] [ReadFile $self]]
    return [list sh -c $script sh]
}

namespace import -force support::*
