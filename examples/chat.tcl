#!/usr/bin/env tclsh
# chat.tcl: a chat window in Tk.
#
#     target/release/echo-server --serve 8080 &
#     TCLLIBPATH=$PWD tclsh examples/chat.tcl ?name? ?URL?
#
# Everybody who opens one talks to all others at ws://localhost:8080/chat, or at the URL. A message
# is a text such as "Ada: Good morning", and is shown when the server sends it back, so that all
# windows show the same. Any server that passes messages on to all its clients will do.

package require Tk
package require www::websocket

lassign $argv name url
if {$name eq ""} { set name $tcl_platform(user) }
if {$url eq ""} { set url ws://localhost:8080/chat }

# --- the connection

# Runs in a coroutine, so that the window is alive while this waits.
proc connect {} {
    offline "Connecting to $::url" disabled
    try {
        www websocket -timeout 10000 $::url
    } on ok {::websocket} {
        $::websocket callback {text close} received
        online
    } on error {message} {
        offline $message normal
    }
}

proc received {type args} {
    if {$type eq "text"} {
        show {*}$args
    } else {
        lassign $args code reason
        offline [string trimright "Disconnected: $code $reason"] normal
    }
}

proc say {} {
    set text [string trim [.message get]]
    if {$text ne ""} {
        # The connection may be closing already: then the callback will be told of its end.
        if {![catch { $::websocket text "$::name: $text" }]} {
            .message delete 0 end
        }
    }
}

proc leave {} {
    # There may be no connection.
    catch { $::websocket close 1001 }
    destroy .
}

# --- the window

proc online {} {
    set ::status "Connected to $::url as $::name"
    .dot configure -foreground #2e9e5b
    .button configure -text Send -command say -state normal
    .message configure -state normal
    focus .message
}

proc offline {why state} {
    set ::status $why
    .dot configure -foreground #c0392b
    .button configure -text Connect -command {coroutine connecting connect} -state $state
    .message configure -state disabled
}

# Adds a message, and scrolls to it unless somebody has scrolled back.
proc show {message} {
    if {![regexp {^([^:\n]{1,40}): (.*)$} $message - who text]} {
        set who server
        set text $message
    }
    set follow [llength [.talk dlineinfo end-1c]]
    .talk configure -state normal
    .talk insert end $who [list name [colour $who]] \
        "  [clock format [clock seconds] -format %H:%M]\n" time "$text\n" text
    .talk configure -state disabled
    if {$follow} { .talk see end }
}

# The tag with a colour for this name, the same in every window.
proc colour {who} {
    set sum 0
    foreach character [split $who ""] {
        set sum [expr {($sum * 31 + [scan $character %c]) % 65521}]
    }
    return colour[expr {$sum % [llength $::colours]}]
}

set colours {#1f6fb2 #b2541f #2e7d4f #8e44ad #b03060 #00798c}

wm title . "Chat: $name"
wm minsize . 300 200
wm protocol . WM_DELETE_WINDOW leave
ttk::style theme use clam
. configure -background [ttk::style lookup . -background]

ttk::label .dot -text \u25cf
ttk::label .status -textvariable status
text .talk -width 52 -height 18 -wrap word -state disabled -relief flat -background white \
    -padx 12 -pady 8 -font TkDefaultFont -takefocus 0 -yscrollcommand {.scroll set}
ttk::scrollbar .scroll -command {.talk yview}
ttk::entry .message
ttk::button .button

grid .dot .status - - -sticky w -padx {8 0} -pady 6
grid .talk - - .scroll -sticky nsew
grid .message - .button - -sticky ew -padx 8 -pady 8
grid columnconfigure . 1 -weight 1
grid rowconfigure . 1 -weight 1
bind .message <Return> {.button invoke}

font create ChatName {*}[font actual TkDefaultFont] -weight bold
font create ChatTime {*}[font actual TkDefaultFont]
font configure ChatTime -size [expr {[font configure ChatName -size] * 4 / 5}]
.talk tag configure name -font ChatName -spacing1 6
.talk tag configure time -font ChatTime -foreground #8a8a8a
.talk tag configure text -spacing3 2
for {set i 0} {$i < [llength $colours]} {incr i} {
    .talk tag configure colour$i -foreground [lindex $colours $i]
}

coroutine connecting connect
