# Starts the real servers, each a process of its own, at most once per tclsh. They end when their
# standard input does, that is with this process, however it ends.

namespace eval support {
    variable servers
    array set servers {}
}

# The address of a server, without a slash at its end, such as ws://127.0.0.1:8080 or
# http://127.0.0.1:8080. Starts it unless it runs. The name is
#   echo     tests/echo-server: echoes, and picks the subprotocols mqtt, soap and echo
#   python   tests/servers/echo_websockets.py, which lists what its paths do
#   unix     the same on a Unix domain socket
#   node     tests/servers/echo_ws.js, the same on another library
#   wsproto  tests/servers/echo_wsproto.py, some of it on a third
#   moments  tests/servers/tls_moments.py, which chooses what is in a record of TLS: not an address,
#            but its three ports; where certificates.tcl is sourced
#   httpbin  httpbin behind gunicorn
#   aiohttp  tests/servers/web_aiohttp.py: codings, chunks, expectations
#   aiohttptls  the same with TLS; where certificates.tcl is sourced
#   web      tests/servers/web_node.js: trailers, interim responses
#   endings  tests/servers/tls_endings.py, which ends TLS at the second request: its port; likewise
proc support::server {name} {
    variable servers
    if {![info exists servers($name)]} {
        set servers($name) [StartServer {*}[ServerCommand $name]]
    }
    lindex $servers($name) 0
}

# Ends a server as if it had crashed: without close messages. Returns when it has gone.
proc support::stopserver {name} {
    variable servers
    if {[info exists servers($name)]} {
        set pipe [lindex $servers($name) 1]
        fconfigure $pipe -blocking 1
        close $pipe
        unset servers($name)
    }
}

proc support::ServerCommand {name} {
    variable top
    set deps [file join $top .deps]
    set scripts [file join $top tests servers]
    switch -- $name {
        echo { list [file join $top target release echo-server] }
        python {
            list [file join $deps python bin python] [file join $scripts echo_websockets.py]
        }
        unix { list {*}[ServerCommand python] unix }
        wsproto {
            list [file join $deps python bin python] [file join $scripts echo_wsproto.py]
        }
        node {
            set ::env(NODE_PATH) [file join $deps node node_modules]
            list node [file join $scripts echo_ws.js]
        }
        moments {
            list [file join $deps python bin python] [file join $scripts tls_moments.py] \
                [certificate server.pem] [certificate server.key] [certificate clientca.pem]
        }
        endings {
            list [file join $deps python bin python] [file join $scripts tls_endings.py] \
                [certificate server.pem] [certificate server.key]
        }
        httpbin {
            list [file join $deps python bin python] [file join $scripts httpbin_gunicorn.py]
        }
        aiohttp { list [file join $deps python bin python] [file join $scripts web_aiohttp.py] }
        aiohttptls {
            list {*}[ServerCommand aiohttp] [certificate server.pem] [certificate server.key]
        }
        web { list node [file join $scripts web_node.js] }
        default {
            error "no server is called \"$name\": must be\
                echo, python, unix, node, wsproto, moments, endings, httpbin, aiohttp,\
                aiohttptls, or web"
        }
    }
}

# Returns the server's address and the channel that keeps it alive.
proc support::StartServer {args} {
    if {[catch { open |[list {*}$args 2>@stderr] r+ } pipe]} {
        error "$pipe (run \"make test\" once: it builds and fetches the servers)"
    }
    fconfigure $pipe -blocking 0 -buffering line
    set url ""
    waitfor { [gets $pipe url] > 0 || [eof $pipe] } {the address of $args} 60000
    if {$url eq ""} {
        # Blocking, so that the failure of the process becomes an error here.
        fconfigure $pipe -blocking 1
        close $pipe
        error "[lindex $args end] ended without an address"
    }
    list [string trimright $url /] $pipe
}
