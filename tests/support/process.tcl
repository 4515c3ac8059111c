# What this process uses: open files, threads, memory. Linux tells it in /proc; elsewhere the
# constraint descriptors does not hold. (Under Wine, /proc would tell of Wine.)

# How many files and sockets this process has open, in any thread. Helper threads may keep theirs a
# moment longer, so wait for a number:
#
#     waitfor { [descriptors] == $before } {$before descriptors, not [descriptors]}
proc support::descriptors {} {
    llength [Listed fd]
}

# How many threads it has.
proc support::threads {} {
    llength [Listed task]
}

proc support::Listed {folder} {
    if {$::tcl_platform(platform) ne "unix"} {
        return {}
    }
    glob -nocomplain -directory /proc/self/$folder *
}

# How much memory it has or had, in KiB: VmRSS is what is in memory now, VmHWM the most that ever
# was, VmPeak the most address space.
proc support::memoryused {{field VmRSS}} {
    if {$::tcl_platform(platform) ne "unix"} {
        error "no memory is told of here"
    }
    set status [open /proc/self/status]
    set found [regexp "$field:\\s+(\\d+) kB" [read $status] -> size]
    close $status
    if {!$found} {
        error "no $field in /proc/self/status"
    }
    return $size
}

testConstraint descriptors [expr {[support::descriptors] > 0}]
