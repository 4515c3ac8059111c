# Web servers and proxies of other projects, as tests/setup.sh installs them: nginx, Apache httpd,
# lighttpd, tinyproxy, squid, MicroSocks, Twisted. Each is started when first asked for, with a
# configuration from tests/servers, on free ports of this machine, in front of tests/echo-server.
# They end with this process, however it ends, and leave nothing behind.
#
# A test file sources this behind harness.tcl. Users and their passwords are, everywhere,
#     joe:secret, and jose\u0301:p:\u00e4@s% (in UTF-8), the latter not on Apache and the proxies

source [file join $support::top tests support certificates.tcl]

namespace eval support {
    namespace export certificate network networkurl requests requestcount proxylog scratch
    namespace export byteserver attempt

    # For each that runs: a dict from port names to port numbers.
    variable ports
    array set ports {}
    # Where each has its files.
    variable folders
    array set folders {}

    append ::env(PATH) $::tcl_platform(pathSeparator) /usr/sbin
}

# A port of a server or proxy. The server is one of these, with these ports:
#   nginx
#     http, other      HTTP; /password/ wants a user and password (Basic). 301, 302, 303, 307 and
#                      308 redirect to ?to=URL, as do /password/redirect and /cookies, which
#                      sets the cookie visitor=7. /loop redirects to itself, /hops/xxx three times
#                      and then to /. /files/ has what is in "files" of nginx's folder, so many
#                      bytes a second as a header X-Rate says. /served tells the number of the
#                      connection, and that of the request on it. All else echoes. The same is at
#                      the Unix domain socket "socket" in nginx's folder
#     web              requests: /files/ has the same, /dynamic/ compresses it with gzip, /static/
#                      has what is there compressed. /small takes 64 KiB. /three and /brief are as
#                      /served, and end the connection after three requests, and after 4 ms
#     tls, tlsother    the same with TLS, with the certificate server.pem; tls6 on ::1
#     expired, notyetvalid, othername, dnsaddress, nameless, selfsigned, unknown, notserver,
#     intermediate, expiredauthority
#                      TLS with the certificate of that name, chain.pem and expiredchain.pem for
#                      the last two
#     agreed, tls12, tls13  refuse with 404 and say what was agreed on: a list of the version,
#                      whether the session was resumed, and for agreed SNI and ALPN in front of that
#     tls11            speaks only TLS 1.1
#     client           wants a client certificate that clientca.pem issued. Without one it is
#                      nginx that answers 400. /whoami refuses, and tells the subject
#   apache
#     http             /digest/ wants Digest authentication (MD5), /digest/redirect the same, and
#                      then redirects to the port closing; /basic wants Basic. All else echoes
#     closing          /digest/ as there, but it ends the connection after every answer
#     cgi              runs tests/servers/cgi.sh: /environment shows its environment, /body returns
#                      the content, its type and length in X-Type and X-Length, /cut ends too
#                      early, /nothing writes nothing, /refuse reads nothing, /redirect leads to
#                      body by 307. /digest/ in front wants Digest authentication, /once/ too,
#                      with a nonce for each request
#     digestproxy      a proxy that wants Digest authentication
#     tlsproxy         a proxy that is spoken to over TLS (server.pem), and wants Basic
#   lighttpd
#     http             wants Digest authentication with SHA-256
#   tinyproxy          proxy: an HTTP proxy; it refuses host names that end in ".refused"
#   tinyproxypassword  proxy: one that wants Basic authentication
#   squid              proxy: an HTTP proxy, too; it refuses them likewise
#   squidpassword      proxy: the same; it wants Basic authentication
#   twisted            proxy: a SOCKS proxy of version 4a
#   microsocks         proxy: a SOCKS proxy of version 5
#   microsockspassword proxy: the same; it wants user and password
proc support::network {server port} {
    variable ports
    if {![info exists ports($server)]} {
        StartNetwork $server
    }
    dict get $ports($server) $port
}

# The URL of a path at a port of a web server. The host is the certificates', unless given.
proc support::networkurl {server port {path /} {host localhost}} {
    if {$port eq "tls6" && $host eq "localhost"} {
        set host {[::1]}
    }
    set secure [expr {$server eq "nginx" && $port ni {http other}}]
    return [lindex {ws wss} $secure]://$host:[network $server $port]$path
}

# Calls "www websocket" with these words. When that opens a websocket, which must echo, this
# destroys it and returns "open"; otherwise a list of errorcode and message.
proc support::attempt {args} {
    if {[catch { www websocket -timeout 10000 {*}$args } websocket options]} {
        return [list [dict get $options -errorcode] $websocket]
    }
    set collector [collect $websocket]
    $websocket text "are you there?"
    set events [$collector wait 1]
    $collector destroy
    if {$events ne {{text {are you there?}}}} {
        error "no echo, but $events"
    }
    return open
}

# The requests that a web server has answered, from number $from, when there are as many as count: a
# list of {port request status Authorization Cookie}, or, for Apache, {port request status
# Authorization Proxy-Authorization number-in-the-connection}. A missing header is "-". Those of
# websockets and tunnels appear when they have ended, the others soon after their answers.
proc support::requests {server {from 0} {count 0}} {
    variable folders
    set path [file join $folders($server) requests]
    waitfor { [regexp -all \n [ReadFile $path]] >= $from + $count } \
        {$count requests from $from at $server: [ReadFile $path]}
    set lines [split [string trim [ReadFile $path]] \n]
    lmap line [lrange $lines $from end] { lrange $line 0 end }
}

# The number of requests that nginx or Apache has answered. It may log a request after its client
# has the answer, so this makes one more and waits until that is logged.
proc support::requestcount {server} {
    variable folders
    variable marks
    regexp {^ws://([^:/]+):(\d+)} [networkurl $server http] - host port
    set mark [dict get {nginx /password/ apache /digest/} $server]?[incr marks]
    set channel [socket $host $port]
    puts -nonewline $channel "GET $mark HTTP/1.0\r\n\r\n"
    flush $channel
    read $channel
    close $channel
    set path [file join $folders($server) requests]
    waitfor { [string first " $mark " [ReadFile $path]] >= 0 } {$mark: [ReadFile $path]}
    return [regexp -all \n [ReadFile $path]]
}

# What a proxy has logged.
proc support::proxylog {server} {
    variable folders
    ReadFile [file join $folders($server) \
        [expr {[string match tinyproxy* $server] ? "requests" : "output"}]]
}

# A folder for this process, which is removed when that ends.
proc support::scratch {} {
    set folder [exec mktemp -d -t www-websocket-test.XXXXXX]
    # Some servers change from root to nobody.
    exec chmod 0755 $folder
    Supervise $folder
    return $folder
}

# Starts a server that sends these bytes as soon as a client connects, and then nothing more, or,
# with the ending "close", ends the connection. Returns its port. For servers that speak neither TLS
# nor HTTP. It lasts as long as this process: "tidy" does not close it.
proc support::byteserver {bytes {ending ""}} {
    set listener [socket -server [list support::ByteServerAccept $bytes $ending] \
        -myaddr 127.0.0.1 0]
    lindex [fconfigure $listener -sockname] 2
}

proc support::ByteServerAccept {bytes ending socket host port} {
    fconfigure $socket -blocking 0 -translation binary
    fileevent $socket readable [list support::ByteServerRead $socket]
    puts -nonewline $socket $bytes
    flush $socket
    if {$ending eq "close"} {
        close $socket write
    }
}

proc support::ByteServerRead {socket} {
    if {[catch { read $socket }] || [eof $socket]} {
        close $socket
    }
}

proc support::StartNetwork {server} {
    variable top
    variable ports
    variable folders
    set folder [exec mktemp -d -t www-websocket-test.XXXXXX]
    exec chmod 0755 $folder
    set kind [string map {password ""} $server]
    set wantsPassword [expr {$kind ne $server}]

    # What is between at signs in the configurations.
    regexp {^ws://(.*):(.*)$} [server echo] - echohost echoport
    set values [dict create folder $folder certificates [certificates] \
        echohost $echohost echoport $echoport echo $echohost:$echoport \
        modules /usr/lib/apache2/modules more ""]
    set template ""
    if {$kind ni {microsocks twisted}} {
        set template [ReadFile [file join $top tests servers $kind.conf]]
    }
    if {$kind eq "tinyproxy"} {
        WriteFile [file join $folder filter] {\.refused$}
        dict set values more [expr {$wantsPassword ? "BasicAuth joe secret"
            : "Filter \"$folder/filter\"\nFilterType ere"}]
    }
    if {$kind eq "squid" && $wantsPassword} {
        dict set values more "auth_param basic program /usr/lib/squid/basic_ncsa_auth\
            $folder/passwords\nauth_param basic realm squid\nacl known proxy_auth REQUIRED\n\
            http_access deny !known"
    }
    if {$kind eq "apache"} {
        file copy [file join $top tests servers cgi.sh] $folder
        # Windows does not know of that.
        exec chmod 0755 [file join $folder cgi.sh]
    }
    set names [lsort -unique [regexp -all -inline {@port:\w+@} "$template @port:proxy@"]]
    foreach name $names port [FreePorts [llength $names]] {
        set name [string trim $name @]
        dict set values $name $port
        dict set numbers [string range $name 5 end] $port
    }
    set map {}
    dict for {name value} $values {
        lappend map @$name@ $value
    }
    set configuration [file join $folder configuration]
    WriteFile $configuration [string map $map $template]
    WritePasswords $folder

    set proxy [dict get $numbers proxy]
    switch -- $kind {
        nginx { set command [list nginx -p $folder -c $configuration -e $folder/errors] }
        apache { set command [list apache2 -X -f $configuration] }
        lighttpd { set command [list lighttpd -D -f $configuration] }
        tinyproxy { set command [list tinyproxy -d -c $configuration] }
        squid {
            # It writes there as the user that it becomes.
            exec chmod 0777 $folder
            set command [list squid -N -f $configuration]
        }
        twisted {
            set python [file join $top .deps python bin python]
            set command [list $python -m twisted socks --interface 127.0.0.1 --port $proxy]
        }
        microsocks {
            set command [list microsocks -i 127.0.0.1 -p $proxy]
            if {$wantsPassword} {
                lappend command -u joe -P secret
            }
        }
        default { error "no server is called \"$server\"" }
    }
    if {$kind ni {tinyproxy squid microsocks twisted}} {
        dict unset numbers proxy
    }
    if {[auto_execok [lindex $command 0]] eq ""} {
        error "[lindex $command 0] is missing (run \"make test\" once: it installs the servers)"
    }
    Supervise $folder {*}$command
    foreach {name port} $numbers {
        set host [expr {$name eq "tls6" ? "::1" : "127.0.0.1"}]
        waitfor { ![catch { close [socket $host $port] }] } \
            {$server on port $port; it says: [Complaints $folder]}
    }
    set folders($server) $folder
    set ports($server) $numbers
}

# What a server that does not start has written.
proc support::Complaints {folder} {
    set complaints ""
    foreach file {output errors requests} {
        catch { append complaints [ReadFile [file join $folder $file]] }
    }
    return $complaints
}

# The users, in every form that one of the servers reads.
proc support::WritePasswords {folder} {
    set passwords ""
    foreach {name password} [list joe secret jos\u00e9 p:\u00e4@s%] {
        WriteFile [file join $folder password] $password
        set salted [exec openssl passwd -apr1 -in [file join $folder password]]
        append passwords $name:$salted\n
    }
    WriteFile [file join $folder passwords] $passwords
    set digests ""
    foreach {realm algorithm} {
        {apache, the real one} md5 proxy md5 lighttpd md5 lighttpd sha256
    } {
        set digest [exec openssl dgst -r -$algorithm << joe:$realm:secret]
        append digests "joe:$realm:[lindex [split $digest] 0]\n"
    }
    WriteFile [file join $folder digests] $digests
}

# So many ports of 127.0.0.1 where nobody listens. They are below those that the system gives to
# clients: a client that is given the port to which it connects is connected to itself.
proc support::FreePorts {count} {
    set listeners {}
    # Processes that start at the same moment would otherwise choose the same ports.
    expr {srand([pid] * 7919 + [clock microseconds] % 1000003)}
    while {[llength $listeners] < $count} {
        set port [expr {10000 + int(rand() * 20000)}]
        catch { lappend listeners [socket -server x -myaddr 127.0.0.1 $port] }
    }
    lmap listener $listeners {
        set port [lindex [fconfigure $listener -sockname] 2]
        close $listener
        set port
    }
}

# Runs a command until this process ends, or closes the channel that is returned, and then removes
# the folder.
proc support::Supervise {folder args} {
    variable top
    set pipe [open |[list [file join $top tests support supervise.sh] $folder {*}$args] w]
    fconfigure $pipe -blocking 0
    return $pipe
}

proc support::ReadFile {path} {
    set channel [open $path]
    fconfigure $channel -encoding utf-8
    try {
        read $channel
    } finally {
        close $channel
    }
}

proc support::WriteFile {path text} {
    set channel [open $path w]
    fconfigure $channel -encoding utf-8 -translation lf
    puts -nonewline $channel $text
    close $channel
}

namespace import -force support::*
