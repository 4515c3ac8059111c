# Tries the installed packages, for tests/deb.sh: each is found where Tcl looks by itself, and in
# this process a server echoes a message and answers a request.

set versions [lmap package {www::websocket www www::digest www::socks www::http2} {
    list $package [package require $package]
}]

proc serve {ws request} {
    $ws callback {text binary} $ws
}
proc page {request body} {
    list 200 {Content-Type text/plain} "page [dict get $request path]"
}
set listener [www listen -myaddr 127.0.0.1 -request page 0 serve]
set place 127.0.0.1:[$listener port]/here

set ws [www websocket ws://$place]
$ws text hello
set echo [$ws receive -timeout 10000]
set answer [www get http://$place]
if {$echo ne {text hello} || $answer ne "page /here"} {
    puts "echo \"$echo\", answer \"$answer\""
    exit 1
}
puts "[info patchlevel] $versions"
