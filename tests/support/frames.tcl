# WebSocket frames as bytes (RFC 6455 section 5.2): building what a server sends, good or bad, and
# reading what the client sent. Payloads are byte strings; "utf8" makes one from text.

namespace eval support {
    variable opcodes {continuation 0 text 1 binary 2 close 8 ping 9 pong 10}
}

# A frame from a server. opcode is a name (continuation, text, binary, close, ping, pong) or a
# number from 0 to 15. Options:
#   -fin BIT         final fragment: 1 (default) or 0
#   -rsv BITS        RSV1, RSV2, RSV3, such as 100; default 000
#   -mask KEY        mask with these 4 bytes, as a server must not
#   -length NUMBER   announce this length, not the payload's
#   -form 7|16|64    bits of the length field; default: the shortest that holds the length
proc support::frame {opcode {payload ""} args} {
    variable opcodes
    if {[dict exists $opcodes $opcode]} {
        set opcode [dict get $opcodes $opcode]
    }
    set length [string length $payload]
    set options [dict create -fin 1 -rsv 000 -mask "" -length $length -form ""]
    foreach {name value} $args {
        if {![dict exists $options $name]} {
            error "bad option \"$name\": must be [join [dict keys $options] {, }]"
        }
        dict set options $name $value
    }
    dict with options {
        set first [expr {${-fin} << 7 | "0b${-rsv}" << 4 | $opcode}]
        set masked [expr {${-mask} ne "" ? 0x80 : 0}]
        if {${-form} eq ""} {
            set -form [expr {${-length} < 126 ? 7 : ${-length} < 65536 ? 16 : 64}]
        }
        switch ${-form} {
            7 { set header [binary format cc $first [expr {$masked | ${-length}}]] }
            16 { set header [binary format ccS $first [expr {$masked | 126}] ${-length}] }
            64 { set header [binary format ccW $first [expr {$masked | 127}] ${-length}] }
        }
        if {$masked} {
            append header ${-mask}
            set payload [mask ${-mask} $payload]
        }
    }
    return $header$payload
}

# Text frames, one for each text, as bytes in UTF-8.
proc support::textframes {args} {
    join [lmap text $args { frame text $text }] ""
}

# The frames at the beginning of what a client sent. Returns a list of two: the frames, each
# {fin rsv opcode payload mask}, with the opcode's name or, if it has none, its number; and the
# number of bytes that they take. A frame that RFC 6455 forbids to a client is an error.
proc support::unframe {bytes} {
    variable opcodes
    set frames {}
    set end [string length $bytes]
    set at 0
    while {$at + 2 <= $end} {
        binary scan $bytes "@$at cucu" first second
        if {!($second & 0x80)} {
            error "the client sent a frame that is not masked"
        }
        set length [expr {$second & 0x7F}]
        set start [expr {$at + 2 + ($length == 126 ? 2 : $length == 127 ? 8 : 0) + 4}]
        if {$start > $end} break
        if {$length == 126} {
            binary scan $bytes "@$at x2 Su" length
            set shortest 126
        } elseif {$length == 127} {
            binary scan $bytes "@$at x2 Wu" length
            set shortest 65536
        } else {
            set shortest 0
        }
        if {$length < $shortest} {
            error "the client sent a length that is not in its shortest form: $length"
        }
        set next [expr {$start + $length}]
        if {$next > $end} break
        set mask [string range $bytes $start-4 $start-1]
        set payload [mask $mask [string range $bytes $start $next-1]]
        set opcode [expr {$first & 0x0F}]
        foreach {name number} $opcodes {
            if {$number == $opcode} {
                set opcode $name
                break
            }
        }
        set rsv [string range [format %08b $first] 1 3]
        lappend frames [list [expr {$first >> 7}] $rsv $opcode $payload $mask]
        set at $next
    }
    list $frames $at
}

# Masks or unmasks (section 5.3): every byte of the payload is combined with a byte of the key by
# exclusive or.
proc support::mask {key payload} {
    set length [string length $payload]
    binary scan $key Iu number
    binary scan $payload[string repeat \0 [expr {-$length % 4}]] Iu* words
    set masked [lmap word $words { expr {$word ^ $number} }]
    string range [binary format I* $masked] 0 $length-1
}

# The bytes of a text in UTF-8.
proc support::utf8 {text} {
    encoding convertto utf-8 $text
}

# The body of a close frame (section 5.5.1).
proc support::closebody {code {reason ""}} {
    binary format Sa* $code [utf8 $reason]
}

# So many bytes for a payload, in which no two stretches of a few bytes near each other are the
# same.
proc support::pattern {length} {
    set block [binary format c* [lsearch -all [lrepeat 251 x] x]]
    string range [string repeat $block [expr {$length / 251 + 1}]] 0 $length-1
}
