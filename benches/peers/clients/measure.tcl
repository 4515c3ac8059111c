# What the clients in Tcl have in common: options, payloads, and measuring. The clients in other
# languages do the same, and are started the same way:
#
#     CLIENT OPERATION NAME VALUE ...
#
#     pingpong   sends a message, waits for its echo, and so on
#     pipeline   sends COUNT messages, then waits for all echoes
#     receive    asks for COUNT messages and counts them
#     send       sends COUNT messages and waits until the server has counted them
#     connect    opens a connection and closes it
#     idle       opens COUNT connections and leaves them alone
#     versions   prints what it is, and measures nothing
#
# The options:
#
#     url, port  where the server is, a WebSocket or bare, on 127.0.0.1
#     ca         the file with the server's authority, for wss
#     kind       text or binary
#     size       bytes of a message
#     messages   a file with a text message in each line, which are sent in turn instead of those:
#                the first, then from the last back to it
#     compress   whether permessage-deflate is offered: 0 or 1
#     beside     how many idle connections there are beside those in use (in Tcl)
#     batches    whether "receive -all" takes the messages (receive in this package): 0 or 1
#     count      how many operations are done before the clock is looked at
#     warmup     for how many seconds operations are done before it counts; 0: none
#     seconds    for how many seconds they count; at least COUNT operations are done
#
# It prints one line of JSON: the operations done, the seconds it took ("wall"), the processor time
# of this process ("cpu"), and the memory that the process had before it began ("start"), has
# ("now") and had at its highest ("peak"), in KiB.

set operation [lindex $argv 0]
array set option {batches 0 beside 0 compress 0}
array set option [lrange $argv 1 end]

# An error anywhere ends the client.
interp bgerror {} failed
proc failed {message options} {
    puts stderr [dict get $options -errorinfo]
    exit 1
}

proc contents {file} {
    set channel [open $file rb]
    set data [read $channel]
    close $channel
    return $data
}

# The messages to send in turn. Made in one piece: nothing but them shall be in the peak.
proc messages {} {
    global option
    if {[info exists option(messages)]} {
        return [split [encoding convertfrom utf-8 [contents $option(messages)]] \n]
    }
    if {$option(size) < 2} {
        return [list [string repeat " " $option(size)]]
    }
    # A byte array, as from a file. Tcl's strings are kept as text.
    set message [binary format a1A[expr {$option(size) - 2}]a1 < "" >]
    if {$option(kind) eq "text"} {
        set message [encoding convertfrom utf-8 $message]
    }
    return [list $message]
}

# Checks what came back: its length and its ends.
proc check {data message} {
    if {[string length $data] != [string length $message]
        || [string index $data 0] ne [string index $message 0]
        || [string index $data end] ne [string index $message end]} {
        error "another message came back, of [string length $data] characters"
    }
}

# Seconds of processor time, of all threads.
proc cpu {} {
    set stat [contents /proc/self/stat]
    # The fields behind the program's name, which may have blanks. Linux counts 100 ticks a second.
    set fields [split [string range $stat [string last ) $stat]+2 end]]
    expr {([lindex $fields 11] + [lindex $fields 12]) / 100.0}
}

# KiB of memory: VmRSS, what is in use, or VmHWM, the most that was.
proc memory {name} {
    regexp "$name:\\s+(\\d+)" [contents /proc/self/status] -> kib
    return $kib
}

# Calls the batch, which does option(count) operations, again and again, and prints what it took.
proc measure {batch} {
    global option
    if {$option(warmup) > 0} {
        run $batch $option(warmup)
    }
    set cpu [cpu]
    set start [clock microseconds]
    set operations [run $batch $option(seconds)]
    report $operations [expr {([clock microseconds] - $start) / 1e6}] [expr {[cpu] - $cpu}]
}

proc run {batch seconds} {
    global option
    set end [expr {[clock microseconds] + round($seconds * 1e6)}]
    for {set operations 0} {$operations == 0 || [clock microseconds] < $end} {} {
        {*}$batch
        incr operations $option(count)
    }
    return $operations
}

proc report {operations wall cpu {latest 0}} {
    puts [format {{"operations": %d, "wall": %f, "cpu": %f, "start": %d, "now": %d, "peak": %d,\
        "latest": %f}} $operations $wall $cpu $::start [memory VmRSS] [memory VmHWM] $latest]
}

# To be called when all packages are loaded: runs the procedure that has the operation's name.
proc main {versions} {
    global operation start
    if {$operation eq "versions"} {
        puts "Tcl [info patchlevel], $versions"
        exit
    }
    set start [memory VmRSS]
    $operation
    exit
}
