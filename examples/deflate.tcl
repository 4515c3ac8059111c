# deflate.tcl: permessage-deflate (RFC 7692), written in Tcl as an extension class.
#
#     source deflate.tcl
#     www websocket $url {} {permessage-deflate {implementation WSDeflate}}
#
# It shows what an extension can do; `-compress 1` does the same faster. The parameters
# server_no_context_takeover, client_no_context_takeover and server_max_window_bits=N may be
# offered. Tcl's zlib command cannot limit its window when it compresses: a server that wants that,
# which it may only where client_max_window_bits was offered, is refused.

package require Tcl 8.6-

oo::class create WSDeflate {
    variable forget continued

    # The server's answer to the offer, each element name or name=value.
    method parameters {parameters} {
        if {[regexp {client_max_window_bits=(\d+)} $parameters -> bits] && $bits < 15} {
            throw {WSDEFLATE WINDOW} "cannot compress with a window of $bits bits"
        }
        set forget [expr {"client_no_context_takeover" in $parameters}]
        set continued 0
        # As commands in the object's namespace they are deleted with it: TclOO calls no destructor
        # of a class that is mixed in.
        rename [zlib stream deflate] [namespace current]::compressor
        rename [zlib stream inflate] [namespace current]::decompressor
    }

    # Compresses a message, or a frame of one. RSV1 marks the first frame.
    method Transmit {opcode data {flags 1}} {
        if {$opcode >= 8} {
            return [next $opcode $data $flags]
        }
        lassign [split ${flags}0000 ""] fin - rsv2 rsv3
        compressor put -flush $data
        set data [compressor get]
        if {$fin} {
            # A flush ends with 00 00 FF FF, which are left out at the end of a message. Where there
            # was nothing to flush, 00 is what remains of an empty block.
            if {[string length $data]} {
                set data [string range $data 0 end-4]
            } else {
                set data \0
            }
            if {$forget} { compressor reset }
        }
        next $opcode $data $fin[expr {!$continued}]$rsv2$rsv3
        set continued [expr {!$fin}]
    }

    # Decompresses a message that has RSV1. This follows a server of any window, whether it forgets
    # or not.
    method Receive {opcode data flags} {
        if {$opcode >= 8 || ![string match 1* $flags]} {
            return [next $opcode $data $flags]
        }
        decompressor put $data\x00\x00\xff\xff
        set message ""
        while {[string length [set part [decompressor get]]]} {
            append message $part
            # The default of -maxsize.
            if {[string length $message] > 64 * 1024 * 1024} {
                throw {WSDEFLATE SIZE} "message of more than 64 MiB"
            }
        }
        # A server may end its stream; then it begins another one with the next message.
        if {[decompressor eof]} { decompressor reset }
        next $opcode $message [string replace $flags 0 0 0]
    }
}
