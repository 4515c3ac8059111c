# The client on the package TclCurl, with one handle for all requests. request.tcl describes how it
# is started.

source [file join [file dirname [info script]] request.tcl]
package require TclCurl

# Makes a handle for the URL.
proc new_handle {args} {
    global option
    set handle [curl::init]
    $handle configure -url $option(url) -failonerror 1 -nosignal 1 {*}$args
    if {[info exists option(ca)]} {
        $handle configure -cainfo $option(ca)
    }
    return $handle
}

proc get {} {
    global option handle
    set handle [new_handle -bodyvar body]
    measure [list in_turn $option(count) collect]
}

proc collect {} {
    global handle body
    $handle perform
    return $body
}

proc get_text {} {
    global option handle
    set handle [new_handle -bodyvar body -encoding all]
    measure [list in_turn $option(count) collect_text {[]}]
}

proc collect_text {} {
    encoding convertfrom utf-8 [collect]
}

proc get_file {} {
    global option handle
    set handle [new_handle -file $option(file)]
    measure download
}

proc download {} {
    global option handle
    $handle perform
    check_length [file size $option(file)]
}

proc get_pieces {} {
    global handle
    set handle [new_handle -writeproc count_piece]
    measure count_pieces
}

proc count_pieces {} {
    global handle received
    set received 0
    $handle perform
    check_length $received
}

proc count_piece {piece} {
    global received
    incr received [string length $piece]
    return 0
}

proc put_file {} {
    global option handle
    set handle [new_handle -upload 1 -infile $option(file) -infilesize $option(size) -bodyvar body]
    measure upload
}

proc upload {} {
    check_length [collect]
}

main "TclCurl [package present TclCurl], libcurl [lindex [split [curl::version] /] 1]"
