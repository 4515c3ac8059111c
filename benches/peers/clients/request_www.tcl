# The client on the package www, used as its manual says. request.tcl describes how it is started.

source [file join [file dirname [info script]] request.tcl]
package require www

proc get {} {
    global option
    measure [list in_turn $option(count) [list www get -maxsize 0 $option(url)]]
}

proc get_many {} {
    global option
    www configure -maxconnections $option(concurrency)
    measure [list in_coroutines [list www get $option(url)]]
}

proc get_text {} {
    global option
    measure [list in_turn $option(count) [list www get -encoding auto $option(url)] {[]}]
}

proc get_file {} {
    measure download
}

proc download {} {
    global option
    www get -tofile $option(file) $option(url)
    check_length [file size $option(file)]
}

proc get_pieces {} {
    measure count_pieces
}

proc count_pieces {} {
    global option received
    set received 0
    www get -handler count_piece $option(url)
    check_length $received
}

proc count_piece {piece} {
    global received
    incr received [string length $piece]
}

proc put_file {} {
    measure upload
}

proc upload {} {
    global option
    check_length [www put -file $option(file) $option(url)]
}

if {[info exists option(ca)]} {
    www certify $option(ca)
}
main "www [package present www]"
