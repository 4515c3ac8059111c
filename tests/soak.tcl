# Shows that a program that keeps hundreds of connections busy for as long as it runs, and whose
# servers are restarted, needs no more memory in the end than in the beginning, and misses no
# message.
#
# Run by "make soak", under either Tcl. All connections send at once, and have their messages come
# back: texts and binary data of mixed sizes, one in ten in fragments. Most connections are to the
# bundled echo server; one in eight gets there by wss through nginx, and one in ten is to Python
# websockets, which has the messages compressed and returns them in fragments. The work is done in
# five rounds, and in the middle of each the echo server is killed and started again. At the end of
# a round all connections are open and idle: so the memory after the first round, which is for
# warming up, can be compared with that after the last one.
#
# With the argument "listen" the servers are listeners of ours in another process, one with and one
# without TLS. They are not killed, but destroyed and made anew, and it is the memory of their
# process that is compared.
#
# The environment has SOAK_CONNECTIONS (500) and SOAK_MESSAGES (1000000), the number of messages in
# all. The last line of the output says what was done and what was wrong; the exit status is 0 or 1.

lassign $argv soakMode
set argv {}

source [file join [file dirname [file normalize [info script]]] support harness.tcl]
package require www::websocket
source [file join $support::top tests support network.tcl]
source [file join $support::top tests support leaks.tcl]

namespace eval soak {
    variable connectionCount 500
    variable messageCount 1000000
    variable rounds 5

    # nginx has room for no more, as it is set up in tests/servers.
    variable maxSecure 100
    # Messages of one connection that are on their way at a time.
    variable window 8
    # So much may the memory grow, in KiB: what the allocators take and leave differs by some
    # hundred from round to round. 6 bytes lost with each message would be more.
    variable tolerance 4096

    # For how long nothing at all may happen, in milliseconds.
    variable maxIdle 60000

    variable started [clock milliseconds]
    # Whether the servers are ours, and the pipe to their process.
    variable listening [expr {$::soakMode eq "listen"}]
    variable server ""
    variable wrong {}
    variable counts
    array set counts {sent 0 returned 0 lost 0 bytes 0 ended 0 closed 0 opened 0 refused 0}
}

# One connection, and the next ones to the same server. It counts what it does in soak::counts.
oo::class create soak::Connection {
    variable url options number websocket goal sent returned

    constructor {theUrl theOptions theNumber} {
        set url $theUrl
        set options $theOptions
        # Where among the messages it begins.
        set number [expr {$theNumber * 31}]
        set websocket ""
        set goal 0
        set sent 0
        set returned 0
        my open
    }

    # Goes on until so many messages in all have come back.
    method continue {theGoal} {
        set goal $theGoal
        my Send
    }

    method isOpen {} {
        expr {$websocket ne ""}
    }

    method close {} {
        $websocket close 1000
    }

    method open {} {
        www websocket -timeout 60000 -command [list [self] opened] {*}$options $url
    }

    # The callback of www websocket. While the server is being restarted, opening fails.
    method opened {result info} {
        if {[dict get $info -code] == 0} {
            incr ::soak::counts(opened)
            set websocket $result
            oo::objdefine $websocket export Transmit
            $websocket callback {binary close text} [list [self] told]
            my Send
            return
        }
        incr ::soak::counts(refused)
        set code [dict get $info -errorcode]
        switch -glob $code {
            {WWW CONNECT *refused*} - {WWW DATA EOF*} - {WWW CODE 5XX 502 *} {}
            default { soak::wrong "not opened: $code" }
        }
        after 100 [list [self] open]
    }

    method Send {} {
        while {$websocket ne "" && $sent < min($goal, $returned + $::soak::window)} {
            lassign [soak::message [expr {$number + $sent}]] type data fragments
            if {$fragments eq ""} {
                $websocket $type $data
            } else {
                lassign $fragments opcode first second third
                $websocket Transmit $opcode $first 0
                $websocket Transmit 0 $second 0
                $websocket Transmit 0 $third 1
            }
            incr sent
            incr ::soak::counts(sent)
        }
    }

    method told {type data args} {
        if {$type eq "close"} {
            my Ended $data {*}$args
            return
        }
        lassign [soak::message [expr {$number + $returned}]] wantedType wanted
        if {$type ne $wantedType || $data ne $wanted} {
            soak::wrong "message $returned of connection [self] is another"
        }
        incr returned
        incr ::soak::counts(returned)
        incr ::soak::counts(bytes) [string length $data]
        my Send
    }

    method Ended {code reason} {
        set websocket ""
        if {$code == 1000} {
            incr ::soak::counts(closed)
            return
        }
        incr ::soak::counts(ended)
        if {$code != 1006} {
            soak::wrong "closed with $code $reason"
        }
        # What was on its way is sent again.
        incr ::soak::counts(lost) [expr {$sent - $returned}]
        set sent $returned
        after 20 [list [self] open]
    }
}

proc soak::wrong {message} {
    variable wrong
    if {[llength $wrong] < 10} {
        lappend wrong $message
    }
}

# The messages that all connections send, again and again: a list of {type data fragments}, where
# fragments is empty or the opcode and three pieces. No two are the same.
proc soak::makeMessages {} {
    variable messages {}
    set letters [string repeat "Zwei k\u00fchle Biere \u2014 f\u00fcnf \u20ac. " 2000]
    set bytes [string repeat [binary format c* [lsearch -all [lrepeat 251 x] x]] 300]
    # Their number is prime, so that connections that begin elsewhere never go in step.
    for {set i 0} {$i < 997} {incr i} {
        switch -glob $i {
            500 { set size 66000 }
            *9 { set size [expr {$i * 20}] }
            *3 - *5 { set size [expr {$i + 126}] }
            default { set size [expr {$i % 122}] }
        }
        # A number of four digits tells each from all others.
        if {$i % 2} {
            set message [list text [format %04d $i][string range $letters $i $i+$size]]
            set encoded [utf8 [lindex $message 1]]
        } else {
            set message [list binary [format %04d $i][string range $bytes $i $i+$size]]
            set encoded [lindex $message 1]
        }
        if {$i % 10 == 7 || $i % 100 == 4} {
            set half [expr {[string length $encoded] / 2}]
            lappend message [list [expr {$i % 2 ? 1 : 2}] [string range $encoded 0 1] \
                [string range $encoded 2 $half] [string range $encoded $half+1 end]]
        }
        lappend messages $message
    }
}

proc soak::message {number} {
    variable messages
    lindex $messages [expr {$number % 997}]
}

# Waits until a condition is true. As long as messages come back, that may take any time.
proc soak::await {condition what} {
    variable counts
    variable maxIdle
    set before ""
    while {$before ne [array get counts]} {
        set before [array get counts]
        if {![catch { uplevel 1 [list waitfor $condition $what $maxIdle] } message]} return
    }
    error "$message; [array get counts]"
}

# Starts the servers. Returns the addresses that are for plain connections, for those with TLS, and
# for compressed ones.
proc soak::startServers {} {
    variable port
    variable listening
    variable server
    if {!$listening} {
        set port [support::FreePorts 1]
        startServer
        return [list [server echo] [networkurl nginx tls] [server python]/scatter?deflate=1]
    }
    lassign [support::StartServer [info nameofexecutable] \
        [file join $::support::top tests servers listen.tcl] \
        [certificate server.pem] [certificate server.key]] ports server
    lassign $ports plain secure
    list ws://localhost:$plain wss://localhost:$secure ws://localhost:$plain/compressed
}

proc soak::startServer {} {
    variable port
    set ::support::servers(echo) \
        [support::StartServer [file join $::support::top target release echo-server] $port]
}

# Ends the servers, but not those of the compressed connections, unless all are the same, and starts
# them again.
proc soak::restartServers {} {
    variable listening
    if {$listening} {
        tellServer restart
    } else {
        stopserver echo
        startServer
    }
}

# Has the listeners' process do this, and returns its answer.
proc soak::tellServer {command} {
    variable server
    puts $server $command
    waitfor { [gets $server line] > 0 || [eof $server] } {an answer to $command} 60000
    return $line
}

# KiB, of this process or of the listeners'.
proc soak::memory {} {
    variable listening
    expr {$listening ? [lindex [tellServer use] 0] : [memoryused]}
}

# What is open: descriptors, channels, timers, threads, websockets.
proc soak::resources {} {
    list [descriptors] [llength [chan names]] [after info] \
        [expr {[threads] > $::support::ownThreads}] \
        [info class instances ::www::WebSocket]
}

proc soak::run {} {
    variable connectionCount
    variable messageCount
    variable rounds
    variable maxSecure
    variable counts
    variable tolerance
    variable started
    variable listening

    lassign [startServers] plain secure compressed
    makeMessages
    # What is made only once.
    foreach url [list $plain $secure] {
        set result [attempt -insecure 1 $url]
        if {$result ne "open"} {
            error "no connection to $url: $result"
        }
    }
    tidy
    set before [resources]
    if {$listening} {
        set usedBefore [lrange [tellServer use] 1 end]
    }

    set connections {}
    # How many connections a restart ends.
    set served 0
    set secured 0
    for {set i 0} {$i < $connectionCount} {incr i} {
        if {$i % 10 == 9} {
            incr served $listening
            lappend connections [Connection new $compressed {-compress 1} $i]
            continue
        }
        incr served
        if {$i % 8 == 0 && $secured < $maxSecure} {
            incr secured
            lappend connections [Connection new $secure {-insecure 1} $i]
        } else {
            lappend connections [Connection new $plain {} $i]
        }
    }
    await { $counts(opened) == $connectionCount } {all connections to open}

    set memory {}
    for {set round 1} {$round <= $rounds} {incr round} {
        set total 0
        foreach connection $connections number [lsearch -all [lrepeat $connectionCount x] x] {
            # As many for each, and the rest for the first ones.
            set goal [expr {($messageCount * $round / $rounds + $number) / $connectionCount}]
            incr total $goal
            $connection continue $goal
        }
        set half [expr {($total + $counts(returned)) / 2}]
        await { $counts(returned) >= $half } {half of the messages of round $round}
        restartServers
        await { $counts(returned) >= $total && $counts(ended) == $round * $served
            && [lsearch -exact [lmap one $connections { $one isOpen }] 0] < 0 } \
            {the other half of the messages of round $round}
        lappend memory [memory]
        puts "round $round: $counts(returned) messages, [lindex $memory end] KiB,\
            [expr {([clock milliseconds] - $started) / 1000}] s"
    }

    foreach connection $connections {
        $connection close
    }
    await { $counts(closed) == $connectionCount } {all connections to close}
    foreach connection $connections {
        $connection destroy
    }
    if {[catch { waitfor { [resources] eq $before } {} }]} {
        wrong "left open: [resources], not $before"
    }
    if {$listening} {
        if {[catch { waitfor { [lrange [tellServer use] 1 end] eq $usedBefore } {} }]} {
            wrong "left open at the listeners: [tellServer use], not $usedBefore"
        }
    }
    foreach message [background] {
        wrong $message
    }
    if {$counts(returned) != $messageCount || $counts(sent) != $messageCount + $counts(lost)} {
        wrong "messages not accounted for"
    }
    if {$counts(ended) != $rounds * $served} {
        wrong "$counts(ended) connections ended, not [expr {$rounds * $served}]"
    }
    set growth [expr {[lindex $memory end] - [lindex $memory 0]}]
    if {$growth > $tolerance} {
        wrong "memory has grown by $growth KiB, more than $tolerance"
    }
    return "$connectionCount connections ($secured by wss,\
        [expr {$connectionCount / 10}] compressed), $counts(returned) messages there and back\
        ([expr {$counts(bytes) / 1000000}] million characters), $rounds restarts that ended\
        $counts(ended) connections and lost $counts(lost) messages, sent again; memory\
        [lindex $memory 0] KiB after the first round, [lindex $memory end] KiB after the last"
}

foreach {variable name} {connectionCount SOAK_CONNECTIONS messageCount SOAK_MESSAGES} {
    if {[info exists env($name)]} {
        set soak::$variable $env($name)
    }
}
if {[catch { soak::run } summary]} {
    soak::wrong $summary
    set summary "stopped"
}
foreach message $soak::wrong {
    puts "wrong: $message"
}
set seconds [expr {([clock milliseconds] - $soak::started) / 1000}]
set verdict [expr {$soak::wrong eq "" ? "all is well" : "FAILED"}]
puts "[string trim "soak $soakMode"], Tcl [info patchlevel]: $summary; $seconds s: $verdict"
exit [expr {$soak::wrong ne ""}]
