#!/usr/bin/env tclsh
# download.tcl: a download to a file, in a window that stays alive meanwhile.
#
#     TCLLIBPATH=$PWD tclsh examples/download.tcl URL ?file?
#
# The file is there when all of it is. Cancel ends the download, and Continue goes on where it was,
# if the server can do that; so does another run, after the window was closed.

package require Tk
package require www

lassign $argv url file
if {$url eq ""} {
    puts stderr "usage: download.tcl URL ?file?"
    exit 2
}
if {$file eq ""} {
    set file [file tail [lindex [split $url ?#] 0]]
}

# --- the download

proc start {} {
    set ::begun [clock milliseconds]
    set ::first ""
    set ::status "Connecting"
    .button configure -text Cancel -command cancel
    try {
        set ::token [www get -tofile $::file -resume 1 -progress progress -command finished $::url]
    } on error {message} {
        stopped "Failed: $message" Retry
    }
}

# Called by the package, at most ten times a second.
proc progress {way bytes total} {
    set seconds [expr {([clock milliseconds] - $::begun) / 1000.0}]
    # What was there before is not counted.
    if {$::first eq ""} { set ::first $bytes }
    set ::rate [expr {$seconds > 0 ? ($bytes - $::first) / $seconds : 0}]
    if {$total eq ""} {
        set ::status "[size $bytes], [size $::rate]/s"
        return
    }
    set ::percent [expr {$total ? 100.0 * $bytes / $total : 100}]
    set ::status "[size $bytes] of [size $total], [size $::rate]/s"
    if {$::rate > 0 && $bytes < $total} {
        append ::status [format ", %.0f s left" [expr {($total - $bytes) / $::rate}]]
    }
}

proc finished {result options} {
    if {[dict get $options -code]} {
        stopped "Failed: $result" Retry
    } else {
        set ::percent 100
        set seconds [format %.1f [expr {[dict get $options times total] / 1000.0}]]
        stopped "$::file: [size [file size $::file]] in $seconds s" ""
    }
}

proc cancel {} {
    www cancel $::token
    stopped "Cancelled. $::status" Continue
}

# Nothing goes on any more. The button begins again, if it has a word for that.
proc stopped {why again} {
    set ::status $why
    set ::token ""
    if {$again eq ""} {
        .button configure -text Close -command leave
    } else {
        .button configure -text $again -command start
    }
}

proc leave {} {
    if {$::token ne ""} { www cancel $::token }
    after cancel turn
    destroy .
}

proc size {bytes} {
    format "%.1f MiB" [expr {$bytes / 1048576.0}]
}

# --- the window

# Turns while the window is alive, and so does the clock.
proc turn {} {
    incr ::turns
    .spinner itemconfigure arc -start [expr {-12 * $::turns}]
    set ::time [clock format [clock seconds] -format %H:%M:%S]
    after 40 turn
}

set token ""
set percent 0
set turns 0

wm title . "Download: [file tail $file]"
wm minsize . 480 0
wm protocol . WM_DELETE_WINDOW leave
ttk::style theme use clam
ttk::style configure Horizontal.TProgressbar -background #1f6fb2
set background [ttk::style lookup . -background]
. configure -background $background

ttk::label .url -text $url -width 1
canvas .spinner -width 22 -height 22 -background $background -highlightthickness 0
.spinner create arc 3 3 20 20 -style arc -extent 270 -width 3 -outline #1f6fb2 -tags arc
ttk::label .time -textvariable time
ttk::progressbar .bar -variable percent -length 460
ttk::label .status -textvariable status -width 1
ttk::button .button

grid .url .time .spinner -sticky ew -padx {10 0} -pady {10 4}
grid .bar - - -sticky ew -padx 10
grid .status .button - -sticky ew -padx 10 -pady 10
grid configure .spinner -padx 10
grid columnconfigure . 0 -weight 1

turn
start
