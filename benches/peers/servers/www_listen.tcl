# The server on the package www::websocket, used as its manual says.

source [file join [file dirname [info script]] serve.tcl]
package require www::websocket

proc serve {ws request} {
    global listener
    switch [dict get $request path] {
        /echo {
            $ws callback {text binary} [list $ws]
        }
        /broadcast {
            $ws callback {text binary} [list $listener broadcast]
        }
    }
}

proc listen {} {
    global listener option
    set tls {}
    if {[info exists option(certificate)]} {
        set tls [list -certfile $option(certificate) -keyfile $option(key)]
    }
    set listener [www listen -myaddr 127.0.0.1 {*}$tls 0 serve]
    return [$listener port]
}

main "www::websocket [package present www::websocket]" listen
