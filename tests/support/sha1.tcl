# SHA-1 (RFC 3174), for the Sec-WebSocket-Accept header of the scripted servers. Tcl has none built
# in. Not for anything secret or large.

# The 20-byte digest of a byte string.
proc support::sha1 {bytes} {
    set mask 0xFFFFFFFF
    set padding [expr {(55 - [string length $bytes]) % 64}]
    set padded $bytes[binary format cx${padding}W 0x80 [expr {[string length $bytes] * 8}]]

    lassign {0x67452301 0xEFCDAB89 0x98BADCFE 0x10325476 0xC3D2E1F0} h0 h1 h2 h3 h4
    for {set block 0} {$block < [string length $padded]} {incr block 64} {
        binary scan $padded "@$block Iu16" words
        for {set t 16} {$t < 80} {incr t} {
            set word [expr {[lindex $words $t-3] ^ [lindex $words $t-8]
                ^ [lindex $words $t-14] ^ [lindex $words $t-16]}]
            lappend words [expr {($word << 1 | $word >> 31) & $mask}]
        }

        lassign [list $h0 $h1 $h2 $h3 $h4] a b c d e
        set t 0
        foreach word $words {
            switch [expr {$t / 20}] {
                0 { set mixed [expr {0x5A827999 + (($b & $c) | (~$b & $d))}] }
                1 { set mixed [expr {0x6ED9EBA1 + ($b ^ $c ^ $d)}] }
                2 { set mixed [expr {0x8F1BBCDC + (($b & $c) | ($b & $d) | ($c & $d))}] }
                3 { set mixed [expr {0xCA62C1D6 + ($b ^ $c ^ $d)}] }
            }
            set rotated [expr {$a << 5 | $a >> 27}]
            set next [expr {($rotated + $mixed + $e + $word) & $mask}]
            lassign [list $next $a [expr {($b << 30 | $b >> 2) & $mask}] $c $d] a b c d e
            incr t
        }
        foreach {total part} {h0 a h1 b h2 c h3 d h4 e} {
            set $total [expr {([set $total] + [set $part]) & $mask}]
        }
    }
    binary format I5 [list $h0 $h1 $h2 $h3 $h4]
}
