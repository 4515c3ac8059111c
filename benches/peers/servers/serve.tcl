# What the servers in Tcl have in common. src/bin/load/server.rs describes how servers are started,
# and what they do.

array set option {}
if {[lindex $argv 0] ne "versions"} {
    array set option $argv
}

# An error anywhere ends the server.
interp bgerror {} failed
proc failed {message options} {
    puts stderr [dict get $options -errorinfo]
    exit 1
}

# To be called when the server listens at the port, or is asked what it is.
proc main {versions port} {
    if {$::argv eq "versions"} {
        puts "Tcl [info patchlevel], $versions"
        exit
    }
    puts [{*}$port]
    flush stdout
    fconfigure stdin -blocking 0
    fileevent stdin readable {
        read stdin
        if {[eof stdin]} exit
    }
    vwait forever
}
