#!/usr/bin/env tclsh
# mqtt.tcl: MQTT 3.1.1 over a WebSocket, with the subprotocol mqtt. A class, and a program:
#
#     tclsh mqtt.tcl ?option value ...? URL subscribe filter ?filter ...?
#     tclsh mqtt.tcl ?option value ...? URL publish topic text
#
# The options are -user, -password, -client and -keepalive (seconds), and those of "www websocket".
# With mosquitto as a broker on this machine:
#
#     printf '%s\n' 'allow_anonymous true' 'listener 1883 127.0.0.1' \
#         'listener 9001 127.0.0.1' 'protocol websockets' >mosquitto.conf
#     mosquitto -c mosquitto.conf &
#     export TCLLIBPATH=$PWD
#     tclsh examples/mqtt.tcl ws://localhost:9001/ subscribe 'house/#' &
#     tclsh examples/mqtt.tcl ws://localhost:9001/ publish house/kitchen/temperature 21.5
#
# Messages are sent and received with quality of service 0 or 1, not 2.

package require www::websocket

# The methods that wait for the broker suspend the coroutine that they must be in. Errors:
#   MQTT REFUSED code      the broker refuses the connection, or a subscription
#   MQTT TIMEOUT           no answer in ten seconds
#   MQTT CLOSED            the connection has ended
#   MQTT STRING            a topic or another string of more than 65535 bytes
oo::class create Mqtt {
    variable prefix websocket buffer lastId waiting timer alive

    # Connects. The prefix is called as
    #   {*}$prefix message topic payload     with the bytes of the payload
    #   {*}$prefix close code reason         at the end of the connection, unless by "destroy"
    constructor {thePrefix url args} {
        set prefix $thePrefix
        lassign {"" "" 0 ""} websocket buffer lastId timer
        array set waiting {}
        set settings [dict merge {-client "" -user "" -password "" -keepalive 60} $args]
        set options [dict remove $settings -client -user -password -keepalive]
        set websocket [www websocket {*}$options $url mqtt]
        $websocket callback {binary close} [namespace code {my Received}]

        set seconds [dict get $settings -keepalive]
        set flags 0x02
        set payload [my String [dict get $settings -client]]
        if {[dict get $settings -user] ne ""} {
            set flags 0xc2
            append payload [my String [dict get $settings -user]] \
                [my String [dict get $settings -password]]
        }
        # The protocol's name and its level, which for 3.1.1 is 4.
        my Send 0x10 [my String MQTT][binary format ccS 4 $flags $seconds]$payload
        binary scan [my Await connack] cucu - code
        if {$code} { throw [list MQTT REFUSED $code] "the broker refuses the connection ($code)" }
        if {$seconds} { my KeepAlive [expr {$seconds * 1000}] }
    }

    # Disconnects.
    destructor {
        after cancel $timer
        if {$websocket ne ""} {
            $websocket callback {} {}
            catch {
                my Send 0xe0 ""
                $websocket close 1000
            }
        }
        my Abandon "the connection was closed"
    }

    # Subscribes to the topics that match a filter, such as house/+/temperature or house/#.
    method subscribe {filter} {
        set id [my NextId]
        my Send 0x82 [binary format S $id][my String $filter]\x01
        binary scan [my Await suback:$id] x2cu code
        if {$code & 0x80} { throw [list MQTT REFUSED $code] "the broker refuses \"$filter\"" }
    }

    method unsubscribe {filter} {
        set id [my NextId]
        my Send 0xa2 [binary format S $id][my String $filter]
        my Await unsuback:$id
    }

    # Publishes bytes. With -qos 1 it waits for the broker to take them over. What has -retain 1 is
    # kept for those who subscribe later.
    method publish {topic payload args} {
        set options [dict merge {-qos 0 -retain 0} $args]
        set flags [expr {[dict get $options -qos] ? 2 : 0}]
        if {[dict get $options -retain]} { incr flags }
        if {$flags & 2} {
            set id [my NextId]
            my Send [expr {0x30 | $flags}] [my String $topic][binary format S $id]$payload
            my Await puback:$id
        } else {
            my Send [expr {0x30 | $flags}] [my String $topic]$payload
        }
        return
    }

    # --- packets (section 2 of the specification)

    # Sends a packet. Behind its first byte, type and flags, comes its length: seven bits in a byte,
    # the lowest first, and the eighth bit where there are more.
    method Send {first body} {
        if {$websocket eq ""} { throw {MQTT CLOSED} "the connection has ended" }
        set length [string length $body]
        set header [binary format c $first]
        while {$length > 127} {
            append header [binary format c [expr {$length & 127 | 128}]]
            set length [expr {$length >> 7}]
        }
        $websocket binary $header[binary format c $length]$body
    }

    # Packets need not begin and end with WebSocket messages.
    method Received {type args} {
        if {$type eq "close"} {
            set websocket ""
            after cancel $timer
            my Abandon "the connection has ended: $args"
            {*}$prefix close {*}$args
            return
        }
        append buffer [lindex $args 0]
        set self [self]
        while {[set packet [my NextPacket]] ne ""} {
            my Packet {*}$packet
            # The prefix may have destroyed this object.
            if {![info object isa object $self]} return
        }
    }

    # Takes a packet, a list of first byte and body, off the buffer. Empty: there is no whole one.
    method NextPacket {} {
        set length 0
        for {set at 1} {[binary scan $buffer @${at}cu byte] == 1} {incr at} {
            set length [expr {$length | ($byte & 127) << 7 * ($at - 1)}]
            if {!($byte & 128)} {
                set end [expr {$at + $length}]
                if {[string length $buffer] <= $end} break
                binary scan $buffer cu first
                set body [string range $buffer $at+1 $end]
                set buffer [string range $buffer $end+1 end]
                return [list $first $body]
            }
            if {$at == 4} {
                $websocket close 1002 "malformed length"
                set buffer ""
                break
            }
        }
    }

    method Packet {first body} {
        # What is answered has a packet identifier in front.
        binary scan $body Su id
        switch [expr {$first >> 4}] {
            2 { my Settle connack [list return -level 0 $body] }
            3 { my Published $first $body }
            4 { my Settle puback:$id {} }
            9 { my Settle suback:$id [list return -level 0 $body] }
            11 { my Settle unsuback:$id {} }
            13 { set alive 1 }
        }
    }

    method Published {first body} {
        binary scan $body Su length
        set topic [encoding convertfrom utf-8 [string range $body 2 $length+1]]
        set payload [string range $body $length+2 end]
        if {$first & 0x06} {
            my Send 0x40 [string range $payload 0 1]
            set payload [string range $payload 2 end]
        }
        {*}$prefix message $topic $payload
    }

    method String {text} {
        set bytes [encoding convertto utf-8 $text]
        if {[string length $bytes] > 65535} {
            throw {MQTT STRING} "more than 65535 bytes: \"[string range $text 0 20]...\""
        }
        binary format Sa* [string length $bytes] $bytes
    }

    method NextId {} {
        set lastId [expr {$lastId % 65535 + 1}]
    }

    # Sends a PINGREQ in time, and ends the connection when the one before was not answered.
    method KeepAlive {milliseconds} {
        if {[info exists alive] && !$alive} {
            $websocket close 1001 "no answer to PINGREQ"
            return
        }
        set alive 0
        my Send 0xc0 ""
        set timer [after $milliseconds [namespace code [list my KeepAlive $milliseconds]]]
    }

    # --- waiting

    # Suspends the coroutine until this is settled, by a script, which is its outcome.
    method Await {what} {
        if {[info coroutine] eq ""} { throw {MQTT COROUTINE} "this must be in a coroutine" }
        set waiting($what) [info coroutine]
        set late [namespace code [list my Settle $what {throw {MQTT TIMEOUT} "no answer"}]]
        set limit [after 10000 $late]
        try [yield] finally { after cancel $limit }
    }

    method Settle {what outcome} {
        if {[info exists waiting($what)]} {
            set coroutine $waiting($what)
            unset waiting($what)
            if {[llength [info commands $coroutine]]} { $coroutine $outcome }
        }
    }

    method Abandon {why} {
        foreach what [array names waiting] {
            my Settle $what [list throw {MQTT CLOSED} $why]
        }
    }
}

# --- the program

proc heard {type args} {
    lassign $args topic payload
    if {$type eq "message"} {
        puts "$topic [encoding convertfrom utf-8 $payload]"
    } else {
        puts stderr "the connection has ended: $args"
        exit 1
    }
}

proc main {arguments} {
    set options {}
    while {[string match -* [lindex $arguments 0]]} {
        set arguments [lassign $arguments option value]
        lappend options $option $value
    }
    set words [lassign $arguments url what]
    if {$what ni {subscribe publish} || $what eq "publish" && [llength $words] != 2} {
        puts stderr "usage: mqtt.tcl ?option value ...? URL subscribe filter ?filter ...?"
        puts stderr "       mqtt.tcl ?option value ...? URL publish topic text"
        exit 2
    }
    try {
        set mqtt [Mqtt new heard $url {*}$options]
        if {$what eq "publish"} {
            lassign $words topic text
            $mqtt publish $topic [encoding convertto utf-8 $text] -qos 1
            $mqtt destroy
            exit
        }
        foreach filter $words { $mqtt subscribe $filter }
        puts stderr "subscribed"
    } on error {message} {
        puts stderr $message
        exit 1
    }
}

if {[info exists argv0] && [file normalize $argv0] eq [file normalize [info script]]} {
    fconfigure stdout -buffering line
    coroutine running main $argv
    vwait forever
}
