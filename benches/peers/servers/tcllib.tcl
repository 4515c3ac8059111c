# The server on the package websocket of tcllib, behind a socket whose requests it reads, as its
# documentation shows.

source [file join [file dirname [info script]] serve.tcl]
package require websocket
set versions "tcllib's websocket [package present websocket]"
if {$argv eq "versions" || [info exists option(certificate)]} {
    append versions ", tls [package require tls]"
}

proc accept {socket host port} {
    fconfigure $socket -blocking 0 -translation crlf
    fileevent $socket readable [list request $socket]
}

# Reads a line of a request.
proc request {socket} {
    global lines listener
    if {[gets $socket line] < 0} {
        if {[eof $socket]} {
            close $socket
            unset -nocomplain lines($socket)
        }
        return
    }
    lappend lines($socket) $line
    if {$line ne ""} {
        return
    }
    set headers [lassign $lines($socket) first]
    unset lines($socket)
    fileevent $socket readable ""
    # The package fails where no subprotocol is named.
    set fields {Sec-WebSocket-Protocol bench}
    foreach header [lrange $headers 0 end-1] {
        regexp {^([^:]+):\s*(.*)$} $header -> name value
        lappend fields $name $value
    }
    if {![websocket::test $listener $socket [lindex $first 1] $fields]} {
        error "no request for a WebSocket"
    }
    websocket::upgrade $socket
}

proc echo {socket type data} {
    if {$type in {text binary}} {
        websocket::send $socket $type $data
    }
}

proc broadcast {socket type data} {
    global receivers
    switch $type {
        connect {
            set receivers($socket) 1
        }
        disconnect {
            unset -nocomplain receivers($socket)
        }
        text - binary {
            foreach receiver [array names receivers] {
                websocket::send $receiver $type $data
            }
        }
    }
}

proc listen {} {
    global listener option
    if {[info exists option(certificate)]} {
        set listener [tls::socket -server accept -certfile $option(certificate) \
            -keyfile $option(key) -myaddr 127.0.0.1 0]
    } else {
        set listener [socket -server accept -myaddr 127.0.0.1 0]
    }
    websocket::server $listener
    websocket::live $listener /echo echo
    websocket::live $listener /broadcast broadcast
    return [lindex [fconfigure $listener -sockname] 2]
}

main $versions listen
