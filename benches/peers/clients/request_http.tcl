# The client on the package http, which Tcl has, with -keepalive. request.tcl describes how it is
# started.

source [file join [file dirname [info script]] request.tcl]
package require http
set versions "http [package present http]"
if {[info exists option(ca)] || $operation eq "versions"} {
    append versions ", tls [package require tls]"
}
if {[info exists option(ca)]} {
    http::register https 443 [list tls::socket -cafile $option(ca) -require 1]
}

# Requests something; returns its content. The last -keepalive counts.
proc fetch {args} {
    global option
    take_content [http::geturl $option(url) -keepalive 1 {*}$args]
}

proc take_content {token} {
    if {[http::status $token] ne "ok" || [http::ncode $token] != 200} {
        error "[http::status $token] [http::error $token]"
    }
    set data [http::data $token]
    http::cleanup $token
    return $data
}

proc get {} {
    global option
    measure [list in_turn $option(count) {fetch -binary 1}]
}

proc get_many {} {
    measure {in_coroutines fetch_in_coroutine}
}

proc fetch_in_coroutine {} {
    global option
    http::geturl $option(url) -keepalive 1 -binary 1 -command [info coroutine]
    take_content [yield]
}

proc get_text {} {
    global option
    measure [list in_turn $option(count) fetch {[]}]
}

proc get_file {} {
    measure download
}

proc download {} {
    global option
    set channel [open $option(file) wb]
    # Otherwise it waits for the end of the connection.
    fetch -binary 1 -channel $channel -keepalive 0
    close $channel
    check_length [file size $option(file)]
}

proc get_pieces {} {
    measure count_pieces
}

proc count_pieces {} {
    global received
    set received 0
    fetch -binary 1 -handler count_piece
    check_length $received
}

proc count_piece {socket token} {
    global received
    set length [string length [read $socket 65536]]
    incr received $length
    return $length
}

proc put_file {} {
    measure upload
}

proc upload {} {
    global option
    set channel [open $option(file) rb]
    check_length [fetch -method PUT -type application/octet-stream -querychannel $channel]
    close $channel
}

main $versions
