# Conversations over a network that fails: in small pieces, broken off behind any byte, or silent
# from there on. The other side is tests/servers/conversation.py. Sourced behind the harness.
#
#     converse ws -sizes {1 0}               a conversation in pieces of 1 byte, with pauses
#     sweep wss channel in reset 1           one for each place where it may break off
#
# A fault is {direction offset ending}: behind so many bytes on their way in or out comes the end
# (eof), a reset, or silence. For wss these are bytes of TLS. It happens by one of two means:
#   channel    in a Tcl channel of our own between the websocket and the socket, where every size
#              and every error is exact
#   wire       on the other side of the socket; not silence

source [file join $support::top tests support network.tcl]
source [file join $support::top tests support leaks.tcl]

namespace eval support {
    namespace export converse noise sweep whole

    # Errors of the system, as a channel in Tcl raises them: ECONNRESET and EPIPE of Linux.
    variable reset -104
    variable brokenPipe -32

    variable longText [string repeat "Everything that is said twice can be said in less. " 6]

    # How much the client has told after each unit that the server sends: nothing, the 101, text,
    # ping, binary, fragment, ping, two fragments, text, pong, close message.
    variable toldAfter {0 1 2 2 3 3 3 3 4 5 6 7}
    # After how many units it is in the middle of a fragmented message.
    variable fragmented {5 6 7}
}

# Holds a conversation, and returns all that the client told. Options:
#   -fault {DIRECTION OFFSET ENDING}   default: none
#   -means channel|wire                default: channel
#   -sizes LIST                        how many bytes the channel takes or gives at a time, again
#                                      and again; 0: none this time. Default: all there are
#   -binary BYTES                      the binary message; default: 130 bytes
#   -server {PORT CERTIFICATE}         the other side, which understands the first line that is sent
#                                      to tests/servers/conversation.py; default: that
#   -timeout, -closetimeout MS         default: 20000
proc support::converse {scheme args} {
    set conversation [Conversation new $scheme {*}$args]
    try {
        AwaitEnd [list $conversation]
        $conversation told
    } finally {
        $conversation destroy
    }
}

# Holds one conversation for every step-th place where it may break off, in this direction and with
# this ending. Returns what was wrong: {offset told expected} for those that went another way,
# errors in the background, and what was left open; of all that the first five. The options are
# those of "converse".
proc support::sweep {scheme means direction ending step args} {
    variable ownThreads
    set reference [Reference $scheme]
    waitfor { [threads] <= $ownThreads } {threads to end}
    set before [Resources]
    set wrong {}
    set running {}
    set conversations {}
    try {
        for {set offset 0} {$offset <= [dict get $reference $direction]} {incr offset $step} {
            set expected [Expected $reference $means $direction $offset $ending]
            set options [list -means $means -fault [list $direction $offset $ending] {*}$args]
            if {$ending eq "silence"} {
                # Only the time-out that is due is short.
                set isOpening [expr {[lindex $expected 0 0 0] eq "error"}]
                lappend options [expr {$isOpening ? "-timeout" : "-closetimeout"}] 1000
            }
            set conversation [Conversation new $scheme {*}$options]
            lappend conversations $offset $conversation $expected
            lappend running $conversation
            # Those that wait for a time-out do so at the same time.
            if {[llength $running] == ($ending eq "silence" ? 64 : 16)} {
                AwaitEnd $running
                set running {}
            }
        }
        AwaitEnd $running
        # Only now, so that what comes too late or twice is seen, too.
        foreach {offset conversation expected} $conversations {
            set told [$conversation told]
            if {$told ni $expected && $ending eq "silence"} {
                # The short time-out may have come before the silence.
                set told [converse $scheme -fault [list $direction $offset $ending] {*}$args \
                    -timeout 10000 -closetimeout 10000]
            }
            if {$told ni $expected} {
                lappend wrong [list $offset $told [lindex $expected 0]]
            }
        }
    } finally {
        foreach {offset conversation expected} $conversations {
            $conversation destroy
        }
    }
    foreach message [background] {
        lappend wrong [list background $message]
    }
    if {[catch {
        waitfor { [threads] <= $ownThreads && [Resources] eq $before } {[Resources], not $before}
    } message]} {
        lappend wrong [list left $message]
    }
    lrange $wrong 0 4
}

proc support::AwaitEnd {conversations} {
    foreach conversation $conversations {
        waitfor { [$conversation over] } {the end of a conversation with the fault\
            [$conversation fault]; so far: [$conversation told], errors: [background]} 30000
    }
}

# What a whole conversation is like: a dict of
#   in, out    how many bytes there are in each direction
#   ends       where the units that the server sends end: the 101 and the frames, or records of TLS
#   handshake  how many of them are of the TLS handshake, in front of the others
#   history    {in out}, how many bytes had passed after each step
#   secure     whether it is TLS
proc support::Reference {scheme} {
    variable references
    variable toldAfter
    if {[info exists references($scheme)]} {
        return $references($scheme)
    }
    set conversation [Conversation new $scheme]
    AwaitEnd [list $conversation]
    if {[$conversation told] ne [whole]} {
        error "no whole conversation, but [$conversation told]"
    }
    set received [$conversation passed in]
    set secure [expr {$scheme eq "wss"}]
    set ends [expr {$secure ? [RecordEnds $received] : [FrameEnds $received]}]
    set units [expr {[llength $toldAfter] - 1}]
    # Behind the last frame comes the alert close_notify.
    set handshake [expr {$secure ? [llength $ends] - 1 - $units : 0}]
    set references($scheme) [dict create in [string length $received] \
        out [string length [$conversation passed out]] ends $ends handshake $handshake \
        history [$conversation history] secure $secure]
    $conversation destroy
    return $references($scheme)
}

# Where records of TLS end.
proc support::RecordEnds {bytes} {
    set ends {}
    for {set end 0} {$end < [string length $bytes]} {lappend ends $end} {
        binary scan $bytes "@$end x3 Su" length
        incr end [expr {5 + $length}]
    }
    return $ends
}

# Where the head of a response ends, and the frames behind it.
proc support::FrameEnds {bytes} {
    set end [expr {[string first \r\n\r\n $bytes] + 4}]
    set ends [list $end]
    while {$end < [string length $bytes]} {
        binary scan $bytes "@$end x1 cu" length
        if {$length == 126} {
            binary scan $bytes "@$end x2 Su" length
            incr end 2
        }
        incr end [expr {2 + $length}]
        lappend ends $end
    }
    return $ends
}

# What the client may tell in a conversation with this fault: a list of such lists.
proc support::Expected {reference means direction offset ending} {
    variable toldAfter
    variable fragmented
    set whole [whole]
    # What the client has got before the end.
    set got $offset
    if {$direction eq "out"} {
        foreach {in out} [dict get $reference history] {
            if {$out > $offset} break
            set got $in
        }
    }
    set secure [dict get $reference secure]
    set complete [llength [lmap end [dict get $reference ends] {
        if {$end > $got} break
        set end
    }]]
    set units [expr {$complete - [dict get $reference handshake]}]
    if {$units < 1} {
        set responded [expr {$got > [lindex [list 0 {*}[dict get $reference ends]] \
            [dict get $reference handshake]]}]
        # Of the client's last bytes in the handshake, some are written in the middle of it.
        set isLast [expr {$secure && $units == 0 && $direction eq "out"}]
        return [concat [ExpectedErrors $direction $ending [expr {!$secure || $units == 0}] \
            $responded] [expr {$isLast && $ending ne "silence" ? {{{error {WWW TLS EOF}}}} : ""}]]
    }
    set count [lindex $toldAfter [expr {min($units, [llength $toldAfter] - 1)}]]
    set expected [lrange $whole 0 $count-1]
    if {$count == [llength $whole]} {
        return [list $expected]
    }
    set isWhole [expr {$units ni $fragmented
        && ($secure || $got in [dict get $reference ends])}]
    set hasClosed [expr {$count == [llength $whole] - 1}]
    foreach how [Endings $means $direction $ending] {
        if {!$isWhole && $ending ne "silence"} {
            append how { in the middle of a message}
        }
        if {$hasClosed || $ending eq "silence"} {
            # Or the close message was still waiting: a channel may take less than all of it.
            if {$ending eq "silence"} {
                lappend alternatives "1000 not sent; $how with N bytes not sent"
            } elseif {$direction eq "out" || $means eq "channel"} {
                lappend alternatives [expr {$how eq "end of connection" ? "1000 not sent" :
                    "1000 not sent; $how"}]
            }
            set how [expr {$how eq "end of connection" ? "sent 1000" : "sent 1000; $how"}]
        }
        lappend alternatives $how
    }
    lmap how $alternatives {
        concat $expected [list [list close 1006 "$how; no close message received"]]
    }
}

# The errors of opening, where TLS, if any, is ready or not, and something of the response has come
# or not.
proc support::ExpectedErrors {direction ending isReady responded} {
    set codes {}
    if {$isReady} {
        lappend codes [list WWW DATA [expr {$ending eq "silence" ? "TIMEOUT" : "EOF"}]]
    }
    if {!$isReady && $ending ne "silence"} {
        lappend codes {WWW TLS EOF}
    }
    # From an error the client cannot tell whether its request went out, nor, where nothing ever
    # came from a script's channel, whether that was connected.
    if {!$isReady || $direction eq "out" || $ending eq "reset" && !$responded} {
        lappend codes {WWW CONNECT}
    }
    lmap code $codes { list [list error $code] }
}

# How a connection may be said to have ended.
proc support::Endings {means direction ending} {
    if {$ending eq "silence"} {
        return {{timed out}}
    }
    if {"$direction $ending" eq "in eof"} {
        return {{end of connection}}
    }
    # Whether writing or reading fails first is a matter of chance.
    set endings {{broken pipe} {connection reset by peer}}
    if {$means eq "wire"} {
        # Tcl's sockets turn a reset into the end when it shows on reading.
        lappend endings {end of connection}
    }
    return $endings
}

# What the client tells in a conversation that is not disturbed.
proc support::whole {{binary ""}} {
    variable longText
    if {$binary eq ""} {
        set binary [noise 130]
    }
    list open [list text "zuerst \u20ac"] [list binary $binary] {text {in three parts}} \
        [list text $longText] {pong {and you?}} {close 1000 {}}
}

# So many bytes, always the same, that cannot be compressed.
proc support::noise {size} {
    set number 1
    set bytes ""
    for {set count 0} {$count < $size} {incr count} {
        set number [expr {$number * 1103515245 + 12345 & 0x7fffffff}]
        append bytes [format %c [expr {$number >> 16 & 0xff}]]
    }
    return $bytes
}

# One conversation, from the client's side.
oo::class create support::Conversation {
    variable options scheme websocket told channel passed history

    constructor {theScheme args} {
        set scheme $theScheme
        set options [dict create -fault {none 0 none} -means channel -sizes {} \
            -binary [support::noise 130] -timeout 20000 -closetimeout 20000 -server ""]
        foreach {name value} $args {
            if {![dict exists $options $name]} {
                error "bad option \"$name\": must be [join [dict keys $options] {, }]"
            }
            dict set options $name $value
        }
        set websocket ""
        set channel ""
        set told {}
        set passed [dict create in "" out ""]
        set history {0 0}
        if {[dict get $options -server] eq ""} {
            dict set options -server [support::ConversationServer]
        }
        lassign [dict get $options -server] port certificate
        www websocket -command [namespace code {my Opened}] \
            -socketcmd [namespace code [list my Connect $port]] \
            -compress {threshold 200} -cafile $certificate \
            -timeout [dict get $options -timeout] -closetimeout [dict get $options -closetimeout] \
            $scheme://localhost/
    }

    destructor {
        if {[info commands $websocket] ne ""} {
            $websocket destroy
        }
        if {[info object isa object $channel]} {
            $channel destroy
        }
    }

    method fault {} {
        return [dict get $options -fault]
    }

    # All that the client has told: open or {error ERRORCODE}, and then {type ?arg ...?}.
    method told {} {
        return $told
    }

    # The bytes that have passed the channel in this direction.
    method passed {direction} {
        dict get $passed $direction
    }

    # How many bytes had passed it after each step: {in out in out ...}.
    method history {} {
        return $history
    }

    # Is there nothing left that could tell more?
    method over {} {
        expr {$told ne {} && [info commands $websocket] eq ""}
    }

    method Connect {port args} {
        set socket [socket 127.0.0.1 $port]
        fconfigure $socket -blocking 0 -translation binary
        set layered [expr {[dict get $options -means] eq "channel"}]
        set fault [dict get $options -fault]
        puts $socket [concat $scheme [expr {$layered ? "none 0 none" : $fault}]]
        flush $socket
        if {!$layered} {
            return $socket
        }
        set channel [support::FaultyChannel new $socket $fault [dict get $options -sizes] \
            [namespace code {my Passed}] [namespace code {my Silent}]]
        $channel name
    }

    method Opened {result info} {
        if {[dict get $info -code] != 0} {
            set code [dict get $info -errorcode]
            # There it goes on with words for people.
            set count [expr {[string match "WWW CONNECT *" $code] ? 2 : 3}]
            lappend told [list error [lrange $code 0 $count-1]]
            return
        }
        set websocket $result
        oo::objdefine $websocket export Transmit
        $websocket callback {binary close pong text} [namespace code {my Told}]
        my Told open
    }

    # The callback: the next message is sent when the one before was answered.
    method Told {type args} {
        # How much has left is a matter of chance.
        lappend told [list $type {*}[regsub {with \d+ bytes} $args {with N bytes}]]
        if {$type eq "close"} return
        switch [llength $told] {
            1 { $websocket text first }
            2 { $websocket binary [dict get $options -binary] }
            3 {
                $websocket Transmit 1 "in " 0
                $websocket Transmit 0 "three " 0
                $websocket Transmit 0 "parts"
            }
            4 { $websocket text $::support::longText }
            5 { $websocket ping "and you?" }
            6 { $websocket close 1000 }
        }
    }

    method Passed {direction bytes} {
        dict append passed $direction $bytes
        lappend history [string length [dict get $passed in]] \
            [string length [dict get $passed out]]
    }

    # Nothing passes any more. Where the client waits for no answer, it has to close by itself.
    method Silent {} {
        if {[info commands $websocket] ne "" && [llength $told] < 6} {
            $websocket close 1000
        }
    }
}

# A channel on a socket, with a fault. It calls the prefix "passed" with direction and bytes, and
# the prefix "silent" when it has fallen silent.
oo::class create support::FaultyChannel {
    variable socket channel watched input sizes turn remaining ending broken passed silent later

    constructor {theSocket fault theSizes thePassed theSilent} {
        set socket $theSocket
        set sizes $theSizes
        set passed $thePassed
        set silent $theSilent
        set watched {}
        set input ""
        set later ""
        set broken 0
        set turn [dict create in 0 out 0]
        set remaining [dict create in Inf out Inf]
        lassign $fault direction offset ending
        dict set remaining $direction $offset
        fileevent $socket readable [namespace code {my Readable}]
        set channel [chan create {read write} [self]]
    }

    destructor {
        after cancel $later
        close $socket
    }

    method name {} {
        return $channel
    }

    method initialize {channel mode} {
        return {initialize finalize watch read write blocking}
    }

    method finalize {channel} {
        my destroy
    }

    method blocking {channel mode} {}

    method watch {channel events} {
        set watched $events
        my PostLater
    }

    method read {channel count} {
        my BreakIfDue in
        if {$broken} {
            switch $ending {
                eof { return "" }
                reset { return -code error $::support::reset }
                silence { return -code error EAGAIN }
            }
        }
        if {$input eq "" && [eof $socket]} {
            return ""
        }
        set bytes [string range $input 0 [my Portion in [string length $input] $count]-1]
        if {$bytes eq ""} {
            return -code error EAGAIN
        }
        set input [string range $input [string length $bytes] end]
        my Pass in $bytes
        return $bytes
    }

    method write {channel bytes} {
        my BreakIfDue out
        if {$broken && $ending eq "silence"} {
            return -code error EAGAIN
        }
        # A server that has only ended its half still reads.
        if {$broken && ($ending eq "reset" || [dict get $remaining out] == 0)} {
            return -code error $::support::brokenPipe
        }
        set bytes [string range $bytes 0 [my Portion out [string length $bytes]]-1]
        if {$bytes eq ""} {
            return -code error EAGAIN
        }
        puts -nonewline $socket $bytes
        flush $socket
        my Pass out $bytes
        string length $bytes
    }

    # Lets the fault happen when nothing more may pass.
    method BreakIfDue {direction} {
        if {$broken || [dict get $remaining $direction] > 0} return
        set broken 1
        if {$ending eq "silence"} {
            after 0 $silent
        }
        my PostLater
    }

    # How many of these bytes may pass now.
    method Portion {direction length {most Inf}} {
        set portion [expr {min($length, $most, [dict get $remaining $direction])}]
        if {$sizes ne ""} {
            set number [dict get $turn $direction]
            dict incr turn $direction
            set portion [expr {min($portion, [lindex $sizes [expr {$number % [llength $sizes]}]])}]
        }
        my PostLater
        return $portion
    }

    method Pass {direction bytes} {
        set before [dict get $remaining $direction]
        dict set remaining $direction [expr {$before - [string length $bytes]}]
        {*}$passed $direction $bytes
    }

    method Readable {} {
        append input [read $socket]
        if {[eof $socket]} {
            fileevent $socket readable ""
        }
        my PostLater
    }

    # Posts what the channel is ready for, in the next turn of the event loop.
    method PostLater {} {
        if {$later eq ""} {
            set later [after 0 [namespace code {my Post}]]
        }
    }

    method Post {} {
        set later ""
        set isSilent [expr {$broken && $ending eq "silence"}]
        set readable [expr {
            $input ne "" || $broken || [dict get $remaining in] == 0 || [eof $socket]
        }]
        set events [lmap event $watched {
            if {$isSilent || $event eq "read" && !$readable} continue
            set event
        }]
        if {$events ne ""} {
            chan postevent $channel $events
        }
    }
}

# The port of tests/servers/conversation.py and the file of its certificate. It is started when
# first asked for.
proc support::ConversationServer {} {
    variable top
    variable conversationServer
    if {![info exists conversationServer]} {
        set folder [scratch]
        # Of all keys, the signatures of these have the same length each time.
        Openssl $folder req -x509 -newkey ed25519 -nodes -keyout key.pem -out certificate.pem \
            -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost
        lassign [StartServer [file join $top .deps python bin python] \
            [file join $top tests servers conversation.py] \
            [file join $folder certificate.pem] [file join $folder key.pem]] port
        set conversationServer [list $port [file join $folder certificate.pem]]
    }
    return $conversationServer
}

namespace import -force support::*
