# Scripted web servers with any number of connections at once. They live in this process and on its
# event loop. Sourced by the test files that need it, behind the harness.

namespace eval support {
    namespace export origin reply status via
}

# Starts one on a free port of 127.0.0.1. For each request, the script is run with the variables
#   server       the server
#   connection   the number of the connection, from 1
#   number       the number of the request on it, from 1
#   method, target, head, body     what came
# and its result is sent. By default that is "reply $target". Returns an object; see below.
proc support::origin {{script {reply $target}}} {
    Origin new $script
}

# A response with this content and these headers.
proc support::reply {content args} {
    return [head {HTTP/1.1 200 OK} "Content-Length: [string length $content]" {*}$args]$content
}

# A response of this status without content.
proc support::status {code args} {
    return [head "HTTP/1.1 $code Status" {Content-Length: 0} {*}$args]
}

# For -proxy: always this list.
proc support::via {list args} {
    return $list
}

oo::class create support::Origin {
    variable script listener sockets input counts requests heads gone

    constructor {theScript} {
        set script $theScript
        array set sockets {}
        array set input {}
        array set counts {}
        set requests {}
        set heads {}
        set gone {}
        set listener [socket -server [namespace code {my Accept}] -myaddr 127.0.0.1 0]
    }

    destructor {
        close $listener
        foreach connection [array names sockets] {
            my close $connection
        }
    }

    # A URL of it.
    method url {{path /}} {
        return http://127.0.0.1:[my port]$path
    }

    # Its host and port.
    method address {} {
        return 127.0.0.1:[my port]
    }

    method port {} {
        lindex [fconfigure $listener -sockname] 2
    }

    # All requests, each a list {connection method target}.
    method requests {} {
        return $requests
    }

    # Their heads.
    method heads {} {
        return $heads
    }

    # The values of a header of the latest request.
    method header {name} {
        lmap line [lrange [split [lindex $heads end] \n] 1 end] {
            if {![string match -nocase "$name: *" $line]} continue
            string trim [string range $line [string length $name]+1 end]
        }
    }

    # How many connections there have been.
    method count {} {
        array size counts
    }

    # The numbers of those that are open.
    method open {} {
        lsort -integer [array names sockets]
    }

    # The numbers of those that the client has ended, in this order.
    method gone {} {
        return $gone
    }

    # Waits until so many are there: requests, gone; or so many connections are open.
    method wait {what count} {
        support::waitfor { [llength [my $what]] == $count } \
            {$count $what at a scripted server: [list [my $what]]}
        my $what
    }

    # Sends bytes on a connection.
    method send {connection bytes} {
        # The client may have gone.
        catch {
            puts -nonewline $sockets($connection) $bytes
            flush $sockets($connection)
        }
        return
    }

    # Ends a connection.
    method close {connection} {
        catch { close $sockets($connection) }
        unset -nocomplain sockets($connection)
        return
    }

    # Ends what is sent on it.
    method halfclose {connection} {
        close $sockets($connection) write
    }

    # Reads nothing more from it.
    method stop {connection} {
        fileevent $sockets($connection) readable ""
    }

    method Accept {socket host port} {
        set connection [expr {[array size counts] + 1}]
        set sockets($connection) $socket
        set input($connection) ""
        set counts($connection) 0
        fconfigure $socket -blocking 0 -translation binary
        fileevent $socket readable [namespace code [list my Readable $connection]]
    }

    method Readable {connection} {
        if {[catch { append input($connection) [read $sockets($connection)] }]
            || [eof $sockets($connection)]} {
            lappend gone $connection
            my close $connection
            return
        }
        while {[set end [string first \r\n\r\n $input($connection)]] >= 0} {
            set head [string range $input($connection) 0 $end+3]
            set length 0
            regexp -nocase {\nContent-Length: (\d+)} $head -> length
            set start [expr {$end + 4}]
            set end [expr {$start + $length}]
            if {[string length $input($connection)] < $end} return
            set body [string range $input($connection) $start $end-1]
            set input($connection) [string range $input($connection) $end end]
            lassign $head method target
            lappend requests [list $connection $method $target]
            lappend heads $head
            set names {server connection number method target head body}
            set answer [uplevel #0 [list apply [list $names $script] [self] $connection \
                [incr counts($connection)] $method $target $head $body]]
            if {![info exists sockets($connection)]} return
            if {$answer ne ""} {
                my send $connection $answer
            }
        }
    }
}

namespace import -force support::*
