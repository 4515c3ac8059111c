# A conversation with the bundled echo server, both sides printed. `make demo` runs it:
#
#     TCLLIBPATH=$PWD tclsh examples/demo.tcl target/release/echo-server

package require www::websocket

# Not every terminal's encoding has the characters below, but most show UTF-8.
fconfigure stdout -encoding utf-8

# The server is a program of its own. It says where it listens, and ends when we do.
set server [open |[list [lindex $argv 0]] r+]
set url [gets $server]
puts "The echo server listens at $url"

set ws [www websocket $url {echo}]
puts "Connected; $ws is the connection.\n"

proc received {type args} {
    if {$type eq "binary"} {
        puts "  server: binary, in hex [binary encode hex [lindex $args 0]]"
    } else {
        puts "  server: $type [list {*}$args]"
    }
    set ::received $type
}
$ws callback {text binary pong close} received

foreach command {
    {text "Hello, WebSocket!"}
    {text "Gr\u00fc\u00dfe, \u4e16\u754c"}
    {binary \x00\x01\xfe\xff}
    {ping "are you there?"}
    {close 1000 goodbye}
} {
    puts "  client: $command"
    $ws {*}[subst $command]
    vwait received
}
puts "\nThat was Tcl [info patchlevel] with www::websocket [package present www::websocket]."
