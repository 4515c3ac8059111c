# Scripted servers of HTTP, which take any number of connections, and read the content of requests:
# for what no good server sends, and to see what a client sends. They live in this process and on
# its event loop.

# Starts one on a free port of 127.0.0.1. Returns an object; see below. Options:
#   -responses LIST  what to answer, one for each request, the last one for all that follow.
#                    Default: a 200 whose content is "hello". One that ends with @CLOSE@ is followed
#                    by the end of the connection; an empty one leaves the request unanswered
#   -at DICT         the same for targets, such as /path?query; -responses is for all others
#   -continue BYTES  what is sent where a request expects it, before its content has come; default:
#                    a 100
#   -delay MS        pause before each answer
proc support::http {args} {
    HttpServer new {*}$args
}

# A response: the status, such as "200 OK", header names and values, and content, whose length is
# added.
proc support::response {status {headers {}} {content ""}} {
    set lines [list "HTTP/1.1 $status"]
    foreach {name value} $headers {
        lappend lines "$name: $value"
    }
    lappend lines "Content-Length: [string length $content]"
    return [head {*}$lines]$content
}

# Calls "www" with these words. Returns "ok" and the result, or the errorcode and the message, and
# leaves the return options in the global variable "options".
proc support::fetch {args} {
    if {[catch { uplevel 1 [list www {*}$args] } result ::options]} {
        return [list [dict get $::options -errorcode] $result]
    }
    return [list ok $result]
}

# The value of a return option of the last "fetch", or of a key in it.
proc support::option {args} {
    dict get $::options {*}$args
}

oo::class create support::HttpServer {
    variable options listener requests buffers numbers accepted latest

    constructor {args} {
        set options [dict create -responses [list [support::response {200 OK} {} hello]] -at {} \
            -continue [support::head {HTTP/1.1 100 Continue}] -delay 0]
        foreach {name value} $args {
            if {![dict exists $options $name]} {
                error "bad option \"$name\": must be [join [dict keys $options] {, }]"
            }
            dict set options $name $value
        }
        set requests {}
        array set buffers {}
        array set numbers {}
        set accepted 0
        set latest ""
        set listener [socket -server [namespace code {my Accept}] -myaddr 127.0.0.1 0]
    }

    destructor {
        if {[info exists listener]} {
            close $listener
            foreach socket [array names buffers] {
                my Disconnect $socket
            }
        }
    }

    # The address to connect to.
    method url {{path /} {host 127.0.0.1}} {
        return http://$host:[my port]$path
    }

    # The port that it listens on.
    method port {} {
        return [lindex [fconfigure $listener -sockname] 2]
    }

    # All requests so far: a list of dicts
    #   line, head   its first line, and all of its head
    #   headers      names, as they came, and values
    #   body, raw    its content, and that with the chunked coding, if it has that
    #   connection   the number of the connection that it came over, from 1 on
    method requests {} {
        return $requests
    }

    # An entry of each request.
    method all {key} {
        lmap request $requests { dict get $request $key }
    }

    # An entry of the latest request.
    method last {key} {
        dict get [lindex $requests end] $key
    }

    # The values of a header, in any case, of the latest request, or of another one.
    method header {name {index end}} {
        set values {}
        foreach {other value} [dict get [lindex $requests $index] headers] {
            if {[string equal -nocase $name $other]} {
                lappend values $value
            }
        }
        return $values
    }

    # How many connections there were.
    method accepted {} {
        return $accepted
    }

    # How many of them have not ended.
    method open {} {
        return [array size buffers]
    }

    # Waits for so many requests.
    method wait {count} {
        support::waitfor { [llength $requests] >= $count } \
            {$count requests at a scripted server; so far: $requests}
    }

    # Sends bytes over the connection of the latest request. @CLOSE@ at their end ends it.
    method send {bytes} {
        my Send $latest $bytes
    }

    method Accept {socket host port} {
        fconfigure $socket -blocking 0 -translation binary
        set buffers($socket) ""
        set numbers($socket) [incr accepted]
        fileevent $socket readable [namespace code [list my Readable $socket]]
    }

    method Disconnect {socket} {
        if {[info exists buffers($socket)]} {
            catch { close $socket }
            unset buffers($socket) numbers($socket)
        }
    }

    method Readable {socket} {
        if {[catch { append buffers($socket) [read $socket] }] || [eof $socket]} {
            my Disconnect $socket
            return
        }
        while {[info exists buffers($socket)] && [my TakeRequest $socket]} {}
    }

    # Takes a request that is whole, and answers it.
    method TakeRequest {socket} {
        set buffer $buffers($socket)
        set end [string first \r\n\r\n $buffer]
        if {$end < 0} {
            return 0
        }
        set head [string range $buffer 0 $end+3]
        set rest [string range $buffer $end+4 end]
        set headers {}
        set length 0
        set chunked 0
        set expects 0
        foreach line [lrange [split [string range $head 0 end-4] \n] 1 end] {
            regexp {^([^:]*): ?(.*?)\r?$} $line - name value
            lappend headers $name $value
            switch -- [string tolower $name] {
                content-length { set length $value }
                transfer-encoding { set chunked 1 }
                expect { set expects 1 }
            }
        }
        set content [expr {$chunked ? [my Chunked $rest] : [my Sized $rest $length]}]
        if {$content eq ""} {
            if {$expects && $rest eq "" && [dict get $options -continue] ne ""} {
                my Send $socket [dict get $options -continue]
            }
            return 0
        }
        lassign $content body length
        set buffers($socket) [string range $rest $length end]
        set line [string range $head 0 [string first \r $head]-1]
        lappend requests [dict create line $line head $head headers $headers body $body \
            raw [string range $rest 0 $length-1] connection $numbers($socket)]
        set latest $socket
        set target [lindex [split $line] 1]
        set responses [dict get $options -responses]
        set response [lindex $responses [expr {
            min([llength $requests], [llength $responses]) - 1}]]
        if {[dict exists $options -at $target]} {
            set response [dict get $options -at $target]
        }
        if {[dict get $options -delay]} {
            after [dict get $options -delay] [namespace code [list my Send $socket $response]]
        } else {
            my Send $socket $response
        }
        return 1
    }

    # Content, and how many bytes it takes; nothing where it is not complete.
    method Sized {bytes length} {
        if {[string length $bytes] >= $length} {
            list [string range $bytes 0 $length-1] $length
        }
    }

    method Chunked {bytes} {
        set body ""
        set place 0
        while {[set end [string first \r\n $bytes $place]] >= 0} {
            scan [string range $bytes $place $end-1] %x size
            set place [expr {$end + 2}]
            if {[string length $bytes] < $place + $size + 2} {
                return
            }
            append body [string range $bytes $place [expr {$place + $size - 1}]]
            incr place [expr {$size + 2}]
            if {$size == 0} {
                return [list $body $place]
            }
        }
    }

    method Send {socket bytes} {
        if {![info exists buffers($socket)]} {
            return
        }
        set closes [string match *@CLOSE@ $bytes]
        if {$closes} {
            set bytes [string range $bytes 0 end-7]
        }
        # The client may have gone, as it may at any time.
        catch {
            puts -nonewline $socket $bytes
            flush $socket
        }
        if {$closes} {
            my Finish $socket
        }
    }

    # Ends a connection once everything was sent.
    method Finish {socket} {
        if {[info exists buffers($socket)] && [chan pending output $socket]} {
            after 1 [namespace code [list my Finish $socket]]
            return
        }
        my Disconnect $socket
    }
}

namespace eval support {
    namespace export http response fetch option
}
namespace import -force support::*
