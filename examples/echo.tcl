#!/usr/bin/env tclsh
# echo.tcl: a server that sends every message back.
#
#     TCLLIBPATH=$PWD tclsh examples/echo.tcl ?port? &
#     TCLLIBPATH=$PWD tclsh examples/wscat.tcl ws://localhost:8080/

package require www::websocket

# "text" and "binary" are what a websocket calls back with, and its methods that send.
proc serve {ws request} {
    $ws callback {text binary} $ws
}

set listener [www listen -myaddr localhost [lindex [concat $argv 8080] 0] serve]
puts "ws://localhost:[$listener port]/"
vwait forever
