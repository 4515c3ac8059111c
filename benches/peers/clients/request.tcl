# What the clients of requests in Tcl have in common, on top of measure.tcl. The clients in other
# languages do the same, and are started as measure.tcl says, with these operations:
#
#     get        requests one content after the other
#     get_many   the same, with CONCURRENCY requests at a time, each on a connection of its own
#     get_text   requests one text after the other, which the server has compressed
#     get_file   requests contents, each of which becomes the file
#     get_pieces requests contents, which a procedure gets piece by piece
#     put_file   sends the file as the content of one request after the other
#     versions   prints what it is, and measures nothing
#
# Options beside url, ca, size, count, warmup and seconds:
#
#     concurrency  how many requests are under way at a time
#     file         the name of the file
#
# Connections are kept where the server keeps them, and certificates are verified. What comes is
# checked: its length each time and, where it is collected, its ends once in a batch.

source [file join [file dirname [info script]] measure.tcl]
if {![info exists option(concurrency)]} {
    set option(concurrency) 1
}

# Checks that so many bytes have come or gone.
proc check_length {length} {
    if {$length != $::option(size)} {
        error "$length bytes instead of $::option(size)"
    }
}

# Checks the ends of a content.
proc check_ends {data {ends <>}} {
    if {"[string index $data 0][string index $data end]" ne $ends} {
        error "another content came: [string range $data 0 99]"
    }
}

# Calls a command so many times, which returns a content, and checks what it returns.
proc in_turn {count command {ends <>}} {
    for {} {$count > 0} {incr count -1} {
        set data [{*}$command]
        check_length [string length $data]
    }
    check_ends $data $ends
}

# Has as many coroutines as CONCURRENCY says share the COUNT calls of a command, and awaits them.
proc in_coroutines {command} {
    global option running
    set running $option(concurrency)
    for {set turn 0} {$turn < $option(concurrency)} {incr turn} {
        coroutine task$turn one_of_many $command
    }
    if {$running > 0} {
        vwait done
    }
}

proc one_of_many {command} {
    global option running done
    in_turn [expr {$option(count) / $option(concurrency)}] $command
    if {[incr running -1] == 0} {
        set done 1
    }
}
