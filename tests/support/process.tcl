# What this process uses: open files, threads, memory. Linux tells it in /proc. The constraints are
#   descriptors  open files and threads are told: they are not where there is no /proc, nor under
#                Wine, where they would be those of Wine
#   native       no other program stands between this one and the processor, such as qemu, whose
#                memory and time /proc would tell
#   memory       native, and the memory is told

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

# A program that an emulator starts is the system's own: it names another processor.
proc support::IsNative {} {
    expr {![catch { exec uname -m } machine] && $machine eq $::tcl_platform(machine)}
}

testConstraint descriptors [expr {[support::descriptors] > 0}]
testConstraint native [support::IsNative]
testConstraint memory [expr {[testConstraint native] && ![catch { support::memoryused }]}]
