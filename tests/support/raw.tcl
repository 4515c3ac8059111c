# Scripted servers: they send the bytes that a test gives them, in chunks of its choice, and record
# what the client sent. For what no good server does. They live in this process and on its event
# loop, the same as the client, which never blocks it.

# Starts a scripted server on a free port. It takes one connection at a time: a new one replaces
# the one before. Returns an object; see below. Options:
#   -responses LIST  what to answer, one for each request, the last one for all that follow;
#                    in them @ACCEPT@ stands for the right Sec-WebSocket-Accept. Default: a good
#                    101. An empty one leaves the request unanswered until "answer"
#   -address IP      where to listen; default: 127.0.0.1
#   -port NUMBER     default: 0, a free one
#   -send BYTES      goes out behind a 101, in the same write
#   -chunk BYTES     write so many at a time; default 0: all at once
#   -delay MS        pause between chunks; default 0: one turn of the event loop
#   -reading BOOLEAN 0: read nothing behind the request, so that the client meets back-pressure
proc support::raw {args} {
    RawServer new {*}$args
}

# The head of a request or response: lines, and the empty line that ends it.
proc support::head {args} {
    return [join $args \r\n]\r\n\r\n
}

namespace eval support {
    variable switching [head {HTTP/1.1 101 Switching Protocols} {Upgrade: websocket} \
        {Connection: Upgrade} {Sec-WebSocket-Accept: @ACCEPT@}]
}

oo::class create support::RawServer {
    variable options listener socket phase head requests received ended queue sent timer

    constructor {args} {
        set options [dict create -responses [list $::support::switching] \
            -address 127.0.0.1 -port 0 -send "" -chunk 0 -delay 0 -reading 1]
        foreach {name value} $args {
            if {![dict exists $options $name]} {
                error "bad option \"$name\": must be [join [dict keys $options] {, }]"
            }
            dict set options $name $value
        }
        set requests {}
        set head ""
        set received ""
        set ended 0
        set queue ""
        set socket ""
        set timer ""
        # Last, so that the destructor knows whether all this was reached.
        set listener [socket -server [namespace code {my Accept}] \
            -myaddr [dict get $options -address] [dict get $options -port]]
    }

    destructor {
        if {[info exists listener]} {
            close $listener
            my Disconnect
        }
    }

    # The address to connect to.
    method url {{path /}} {
        set host [dict get $options -address]
        if {[string first : $host] >= 0} {
            set host \[$host\]
        }
        return ws://$host:[my port]$path
    }

    # The port that it listens on.
    method port {} {
        return [lindex [fconfigure $listener -sockname] 2]
    }

    # The heads of all requests so far, on whatever connection.
    method requests {} {
        return $requests
    }

    # What came and is no whole request, perhaps because it is something else, such as TLS.
    method unfinished {} {
        return $head
    }

    # The values of a header, in any case, of the latest request.
    method header {name} {
        set values {}
        foreach line [lrange [split [lindex $requests end] \n] 1 end] {
            if {[regexp {^([^:]+):[ \t]*(.*?)[ \t]*\r$} $line -> found value]
                && [string equal -nocase $found $name]} {
                lappend values $value
            }
        }
        return $values
    }

    # All bytes that the client sent behind its request.
    method received {} {
        return $received
    }

    # The frames that the client sent: a list of {fin rsv opcode payload}.
    method frames {} {
        lmap frame [lindex [support::unframe $received] 0] { lrange $frame 0 3 }
    }

    # The masking keys of these frames.
    method masks {} {
        lmap frame [lindex [support::unframe $received] 0] { lindex $frame 4 }
    }

    # Has the client ended the connection, or its half of it? Tcl does not tell a reset from that.
    method ended {} {
        return $ended
    }

    # Bytes that were to be sent and that the kernel has not taken yet.
    method unsent {} {
        expr {[string length $queue] - $sent + [chan pending output $socket]}
    }

    # Begins to read, where -reading was 0, or goes on after "stop": so many bytes at a time, or,
    # for 0, what there is.
    method resume {{size 0}} {
        if {![dict get $options -reading]} {
            # The request's last byte, which was left unread.
            read $socket 1
            dict set options -reading 1
        }
        fconfigure $socket -buffersize [expr {$size ? $size : 65536}]
        fileevent $socket readable [namespace code [list my ReadMore $size]]
    }

    # Reads at most so many bytes now, and stops.
    method take {size} {
        my resume
        my stop
        my ReadMore $size
    }

    # Stops reading, until resumed.
    method stop {} {
        fileevent $socket readable ""
    }

    # Waits for one of these, and returns it:
    #   requests N   the heads of N requests
    #   unfinished   something that is not a whole request
    #   frames N     N frames
    #   received N   N bytes
    #   ended        the end of what the client sends
    method wait {what {count 1} {timeout 10000}} {
        switch -- $what {
            requests { set condition { [llength $requests] >= $count } }
            unfinished { set condition { $head ne "" } }
            frames { set condition { [llength [my frames]] >= $count } }
            received { set condition { [string length $received] >= $count } }
            ended { set condition { $ended } }
            default {
                error "bad \"$what\": must be requests, unfinished, frames, received, or ended"
            }
        }
        support::waitfor $condition \
            {$count $what at a scripted server; so far: [my Report]} $timeout
        my $what
    }

    # Answers the latest request: by default with a good 101.
    method answer {{response ""}} {
        if {$response eq ""} {
            set response $::support::switching
        }
        set response [string map [list @ACCEPT@ [my AcceptKey]] $response]
        if {[string match "HTTP/1.1 101*" $response]} {
            set phase frames
            set received $head
            append response [dict get $options -send]
        }
        my send $response
    }

    # Sends bytes, behind what is still under way.
    method send {bytes} {
        append queue $bytes
        if {$timer eq ""} {
            my SendChunk
        }
    }

    # Drops the connection once everything was sent.
    method close {} {
        my Sent
        my Disconnect
    }

    # Ends what the server sends, once everything was sent; it goes on reading.
    method halfclose {} {
        my Sent
        close $socket write
    }

    # Resets the connection once everything was sent.
    method reset {} {
        if {[dict get $options -reading]} {
            error "a server can reset a connection only with -reading 0"
        }
        my close
    }

    method Accept {theSocket host port} {
        my Disconnect
        set socket $theSocket
        set phase request
        set head ""
        set received ""
        set ended 0
        set queue ""
        set sent 0
        fconfigure $socket -blocking 0 -translation binary
        # Tcl 8.6 lacks this. There the kernel may join small chunks.
        catch { fconfigure $socket -nodelay 1 }
        if {![dict get $options -reading]} {
            # Only one byte at a time, to stop before the request's last: a connection that is
            # closed with something unread is reset.
            fconfigure $socket -buffersize 1
        }
        fileevent $socket readable [namespace code {my Readable}]
    }

    method Disconnect {} {
        after cancel $timer
        set timer ""
        if {$socket ne ""} {
            catch { close $socket }
            set socket ""
        }
    }

    method Readable {} {
        set reading [dict get $options -reading]
        set bytes [read $socket {*}[expr {$reading ? "" : 1}]]
        set ended [eof $socket]
        if {$phase eq "frames"} {
            append received $bytes
        } else {
            append head $bytes
            if {!$reading && [string match "*\r\n\r" $head]} {
                fileevent $socket readable ""
                # For what is written, from now on.
                fconfigure $socket -buffersize 65536
                append head \n
            }
            my Respond
        }
        if {$ended} {
            fileevent $socket readable ""
        }
    }

    method ReadMore {size} {
        append received [read $socket {*}[expr {$size ? $size : ""}]]
        if {[set ended [eof $socket]]} {
            fileevent $socket readable ""
        }
    }

    # Answers the requests that are whole. After a 101 come frames.
    method Respond {} {
        while {$phase eq "request" && [set end [string first \r\n\r\n $head]] >= 0} {
            lappend requests [string range $head 0 $end+3]
            set head [string range $head $end+4 end]
            set responses [dict get $options -responses]
            set response [lindex $responses [expr {
                min([llength $requests], [llength $responses]) - 1}]]
            if {$response ne ""} {
                my answer $response
            }
        }
    }

    # RFC 6455 section 4.2.2: the key as it came, concatenated with a fixed string, through SHA-1
    # and base64.
    method AcceptKey {} {
        set key [lindex [my header Sec-WebSocket-Key] 0]
        binary encode base64 [support::sha1 ${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11]
    }

    method SendChunk {} {
        set timer ""
        set size [dict get $options -chunk]
        set end [expr {$size ? $sent + $size : [string length $queue]}]
        # The client may have gone, as it may at any time.
        if {[catch {
            puts -nonewline $socket [string range $queue $sent $end-1]
            flush $socket
        }]} {
            set end [string length $queue]
        }
        if {$end < [string length $queue]} {
            set sent $end
            set timer [after [dict get $options -delay] [namespace code {my SendChunk}]]
        } else {
            set queue ""
            set sent 0
        }
    }

    # Waits until the kernel has everything.
    method Sent {} {
        support::waitfor {
            $socket eq "" || $queue eq "" && [chan pending output $socket] == 0
        } {everything to be sent by a scripted server}
    }

    method Report {} {
        list requests $requests received $received ended $ended
    }
}
