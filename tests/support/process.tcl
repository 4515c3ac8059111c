# Counts the open files and sockets of this process, to find what was left open.

# How many files and sockets this process has open, in any thread. Only where the constraint
# descriptors holds. Helper threads may keep theirs a moment longer, so wait for a number:
#
#     waitfor { [descriptors] == $before } {$before descriptors, not [descriptors]}
proc support::descriptors {} {
    llength [glob -nocomplain -directory /proc/self/fd *]
}

testConstraint descriptors [expr {[support::descriptors] > 0}]
