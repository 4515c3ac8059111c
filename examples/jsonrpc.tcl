#!/usr/bin/env tclsh
# jsonrpc.tcl: JSON-RPC 2.0 over a WebSocket, as a class whose calls look synchronous.
#
#     source jsonrpc.tcl
#     coroutine main apply {{} {
#         set server [JsonRpc new wss://example.com/rpc]
#         puts [$server call subtract 42 23]
#     }}
#
# As a program it makes one call, with arguments in JSON, and prints the result. With a URL only, it
# makes several calls at an echo server: each request comes back, and the program answers it itself.
#
#     target/release/echo-server --serve 8080 &
#     TCLLIBPATH=$PWD tclsh examples/jsonrpc.tcl ws://localhost:8080/
#     TCLLIBPATH=$PWD tclsh examples/jsonrpc.tcl wss://example.com/rpc subtract 42 23

package require www::websocket

oo::class create JsonRpc {
    variable websocket limit lastId pending served

    # The arguments are those of "www websocket".
    constructor {args} {
        set websocket ""
        set limit 10000
        set lastId 0
        array set pending {}
        array set served {}
        set websocket [www websocket {*}$args]
        $websocket callback {text close} [namespace code {my Received}]
    }

    destructor {
        if {$websocket ne ""} {
            $websocket callback {} {}
            catch { $websocket close 1000 }
        }
        my Abandon "the connection was closed"
    }

    # Calls a method of the other side and returns its result, decoded. The arguments are JSON: a
    # number as it is, a string as "json::quote" makes it. It suspends the coroutine, and must be in
    # one; others may call meanwhile. Errors:
    #   JSONRPC ERROR code      the other side's, with its message
    #   JSONRPC TIMEOUT         no answer in ten seconds, or those of "within"
    #   JSONRPC CLOSED          the connection has ended
    method call {method args} {
        my within $limit $method {*}$args
    }

    # The same with a time limit of its own, in milliseconds.
    method within {milliseconds method args} {
        if {[info coroutine] eq ""} {
            throw {JSONRPC COROUTINE} "a call must be in a coroutine"
        }
        set id [incr lastId]
        my Send method [json::quote $method] params \[[join $args ,]\] id $id
        set pending($id) [info coroutine]
        set late [list throw {JSONRPC TIMEOUT} "no answer to $method in $milliseconds ms"]
        set timer [after $milliseconds [namespace code [list my Settle $id $late]]]
        # What the coroutine is resumed with is the outcome, as a script.
        try [yield] finally { after cancel $timer }
    }

    # Calls a method without an answer. Not only in coroutines.
    method notify {method args} {
        my Send method [json::quote $method] params \[[join $args ,]\]
    }

    # Lets the other side call a method: the prefix is called in a coroutine with the parameters,
    # decoded; those that have names as names and values. It returns JSON.
    method serve {method prefix} {
        set served($method) $prefix
    }

    method Send {args} {
        if {$websocket eq ""} {
            throw {JSONRPC CLOSED} "the connection has ended"
        }
        $websocket text [json::object jsonrpc {"2.0"} {*}$args]
    }

    method Received {type args} {
        if {$type eq "close"} {
            set websocket ""
            my Abandon "the connection has ended: $args"
            return
        }
        try {
            set message [json::members [lindex $args 0]]
        } trap JSON {} {
            my Send error [my Error -32700 "not a JSON object"] id null
            return
        }
        if {[dict exists $message method]} {
            coroutine answer[incr lastId] my Answer $message
        } elseif {[dict exists $message result]} {
            my Settle [dict get $message id] \
                [list return -level 0 [json::decode [dict get $message result]]]
        } else {
            set error [json::decode [dict get $message error]]
            my Settle [dict get $message id] \
                [list throw [list JSONRPC ERROR [dict get $error code]] [dict get $error message]]
        }
    }

    # Resumes the caller, if there is still one.
    method Settle {id outcome} {
        if {[info exists pending($id)]} {
            set coroutine $pending($id)
            unset pending($id)
            if {[llength [info commands $coroutine]]} { $coroutine $outcome }
        }
    }

    method Abandon {why} {
        foreach id [array names pending] {
            my Settle $id [list throw {JSONRPC CLOSED} $why]
        }
    }

    method Answer {message} {
        try {
            set method [json::decode [dict get $message method]]
            if {![info exists served($method)]} {
                throw {JSONRPC ERROR -32601} "there is no method \"$method\""
            }
            set parameters {}
            if {[dict exists $message params]} {
                set parameters [json::decode [dict get $message params]]
            }
            set answer [list result [uplevel #0 [list {*}$served($method) {*}$parameters]]]
        } trap {JSONRPC ERROR} {text options} {
            set code [lindex [dict get $options -errorcode] 2]
            set answer [list error [my Error $code $text]]
        } on error {text} {
            set answer [list error [my Error -32603 $text]]
        }
        if {[dict exists $message id]} {
            # Nobody waits for it where the connection has ended.
            catch { my Send {*}$answer id [dict get $message id] }
        }
    }

    method Error {code text} {
        json::object code $code message [json::quote $text]
    }
}

# The part of JSON (RFC 8259) that is needed here. What is not JSON is an error {JSON SYNTAX}.
namespace eval json {
    # A punctuator, a word, a number, a string.
    variable token {[][{},:]|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?}
    append token {|"(?:[^\u0000-\u001f"\\]|\\(?:["\\/bfnrt]|u[[:xdigit:]]{4}))*"}

    # What has to be escaped in a string.
    variable escapes {\" \\\" \\ \\\\}
    for {set code 0} {$code < 32} {incr code} {
        lappend escapes [format %c $code] [format {\u%04x} $code]
    }
}

# A string, as JSON.
proc json::quote {text} {
    variable escapes
    return \"[string map $escapes $text]\"
}

# An object of these names and values, the values being JSON, as JSON.
proc json::object {args} {
    set members [lmap {name value} $args { string cat [quote $name] : $value }]
    return \{[join $members ,]\}
}

# What JSON stands for: an array is a list, an object a dict, null an empty string, and true and
# false are these words.
proc json::decode {text} {
    set tokens [Tokens $text]
    set at 0
    set value [Value]
    Expect ""
    return $value
}

# The members of an object: a dict of names and values, the values being JSON.
proc json::members {text} {
    set tokens [Tokens $text]
    set at 0
    Expect \{
    set members [Members 1]
    Expect ""
    return $members
}

proc json::Tokens {text} {
    variable token
    if {[regexp {[^ \t\r\n]} [regsub -all $token $text ""]]} {
        throw {JSON SYNTAX} "not JSON"
    }
    regexp -all -inline $token $text
}

# Those below work on their caller's tokens, of which number "at" is the next; behind the last comes
# an empty one.

proc json::Next {} {
    upvar 1 tokens tokens at at
    set token [lindex $tokens $at]
    incr at
    return $token
}

proc json::Expect {expected} {
    upvar 1 tokens tokens at at
    if {[Next] ne $expected} { throw {JSON SYNTAX} "not JSON" }
}

proc json::Value {} {
    upvar 1 tokens tokens at at
    set token [Next]
    switch -glob -- $token {
        \\[ { Elements }
        \{ { Members 0 }
        \"* { Unquote $token }
        null { return "" }
        true - false - -* - [0-9]* { return $token }
        default { throw {JSON SYNTAX} "not JSON" }
    }
}

proc json::Elements {} {
    upvar 1 tokens tokens at at
    set elements {}
    if {[lindex $tokens $at] eq "\]"} {
        incr at
        return {}
    }
    while 1 {
        lappend elements [Value]
        if {[lindex $tokens $at] ne ","} break
        incr at
    }
    Expect \]
    return $elements
}

proc json::Members {raw} {
    upvar 1 tokens tokens at at
    set members {}
    if {[lindex $tokens $at] eq "\}"} {
        incr at
        return {}
    }
    while 1 {
        set name [Next]
        if {![string match \"* $name]} { throw {JSON SYNTAX} "not JSON" }
        Expect :
        set start $at
        set value [Value]
        if {$raw} { set value [join [lrange $tokens $start $at-1] ""] }
        dict set members [Unquote $name] $value
        if {[lindex $tokens $at] ne ","} break
        incr at
    }
    Expect \}
    return $members
}

proc json::Unquote {token} {
    # The escapes that JSON has mean the same in Tcl.
    set text [subst -nocommands -novariables [string range $token 1 end-1]]
    if {[package vsatisfies [package provide Tcl] 9-]} {
        # A character above U+FFFF is escaped as a surrogate pair, which is how Tcl 8.6 holds it.
        set text [regsub -all -command {[\ud800-\udbff][\udc00-\udfff]} $text {apply {pair {
            scan $pair %c%c high low
            format %c [expr {0x10000 + (($high & 0x3ff) << 10 | $low & 0x3ff)}]
        }}}]
    }
    return $text
}

# --- the program

# Makes these calls all at once, each in a coroutine of its own. Prints the outcomes as they come,
# and returns when all have.
proc allAtOnce {peer calls} {
    foreach call $calls {
        coroutine "call $call" apply {{peer call done} {
            try {
                puts "$call: [$peer {*}$call]"
            } trap JSONRPC {message options} {
                puts "$call: $message ([dict get $options -errorcode])"
            }
            after 0 $done
        }} $peer $call [info coroutine]
    }
    foreach call $calls { yield }
}

proc demonstrate {url} {
    set peer [JsonRpc new $url]
    $peer serve subtract {apply {{minuend subtrahend} { expr {$minuend - $subtrahend} }}}
    $peer serve wait {apply {milliseconds {
        after $milliseconds [info coroutine]
        yield
        json::quote "It was $milliseconds ms."
    }}}
    puts "call subtract 42 23: [$peer call subtract 42 23]"
    allAtOnce $peer {
        {call wait 300}
        {call wait 100}
        {call subtract 23 42}
        {call divide 1 0}
        {call subtract 1}
        {within 200 wait 400}
    }
    $peer destroy
}

if {[info exists argv0] && [file normalize $argv0] eq [file normalize [info script]]} {
    fconfigure stdout -buffering line
    coroutine main apply {{url args} {
        try {
            if {[llength $args]} {
                set peer [JsonRpc new $url]
                puts [$peer call {*}$args]
                $peer destroy
            } else {
                demonstrate $url
            }
        } on error {message} {
            puts stderr $message
            exit 1
        }
        exit
    }} {*}$argv
    vwait forever
}
