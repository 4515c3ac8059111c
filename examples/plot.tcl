#!/usr/bin/env tclsh
# plot.tcl: live data from a server, drawn on a Tk canvas.
#
#     target/release/echo-server --serve 8080 &
#     TCLLIBPATH=$PWD tclsh examples/plot.tcl ?URL? ?name ...?
#
# Draws a line for each number that comes with a name in the server's text messages, such as
# {"tea": 99.5, "coffee": 120.25}, or only for the names given. Without a URL it is that of the
# bundled server, ws://localhost:8080/ticks. Any server that sends JSON unasked will do.

package require Tk
package require www::websocket

set names [lassign $argv url]
if {$url eq ""} { set url ws://localhost:8080/ticks }

# For each name, its latest values.
set values {}
set shown 150
set colours {#1f6fb2 #d9822b #2e9e5b #8e44ad #c0392b #00798c}

# --- the data

# Runs in a coroutine, so that the window is alive while this waits.
proc connect {} {
    try {
        www websocket -timeout 10000 $::url
    } on ok {::websocket} {
        $::websocket callback {text close} received
        set ::status $::url
    } on error {::status} {}
    redraw
}

proc received {type args} {
    if {$type eq "text"} {
        take {*}$args
    } else {
        set ::status "disconnected: [join $args]"
    }
    redraw
}

# Adds the numbers in a message, which may be in quotes, to those that are shown.
proc take {message} {
    set number {-?\d{1,15}(?:\.\d+)?(?:[eE][-+]?\d{1,2})?}
    set pair [string map [list NUMBER $number] {"([^"\\]+)"\s*:\s*"?(NUMBER)(?=["\s,\}\]])}]
    foreach {- name value} [regexp -all -inline $pair $message] {
        if {![llength $::names] || $name in $::names} {
            dict lappend ::values $name $value
            set latest [lrange [dict get $::values $name] end-[expr {$::shown - 1}] end]
            dict set ::values $name $latest
        }
    }
}

proc leave {} {
    # There may be no connection.
    catch { $::websocket close 1001 }
    destroy .
}

# --- the drawing

# Draws when there is nothing else to do: once for many messages that come at once.
proc redraw {} {
    after cancel draw
    after idle draw
}

proc draw {} {
    .plot delete all
    set left 60
    set top 48
    set right [expr {[winfo width .plot] - 125}]
    set bottom [expr {[winfo height .plot] - 20}]
    .plot create text 16 20 -anchor w -text $::status -fill #606060
    if {![dict size $::values] || $right <= $left || $bottom <= $top} return

    # The grid: lines at round numbers that take in all values.
    set all [lsort -real [concat {*}[dict values $::values]]]
    set step [roundStep [expr {([lindex $all end] - [lindex $all 0]) / 5.0}]]
    set low [expr {floor([lindex $all 0] / $step) * $step}]
    set steps [expr {max(1, int(ceil(([lindex $all end] - $low) / $step)))}]
    set yscale [expr {($bottom - $top) / ($steps * $step)}]
    for {set i 0} {$i <= $steps} {incr i} {
        set value [expr {$low + $i * $step}]
        set y [expr {$bottom - $i * $step * $yscale}]
        .plot create line $left $y $right $y -fill #e4e4e4 -tags grid
        .plot create text [expr {$left - 8}] $y -anchor e -text [format %.10g $value] \
            -font TkSmallCaptionFont -fill #8a8a8a
    }

    # The lines, the newest values at the right.
    set xstep [expr {double($right - $left) / ($::shown - 1)}]
    set labels {}
    dict for {name series} $::values {
        set colour [lindex $::colours [expr {[llength $labels] % [llength $::colours]}]]
        set x [expr {$right - ([llength $series] - 1) * $xstep}]
        set points {}
        foreach value $series {
            lappend points $x [set y [expr {$bottom - ($value - $low) * $yscale}]]
            set x [expr {$x + $xstep}]
        }
        if {[llength $series] > 1} {
            .plot create line $points -fill $colour -width 2 -joinstyle round \
                -tags [list line line:$name]
        }
        .plot create oval [expr {$right - 3}] [expr {$y - 3}] [expr {$right + 3}] [expr {$y + 3}] \
            -fill $colour -outline white -tags dot
        lappend labels [list $y "$name $value" $colour]
    }

    # The labels at their ends, one below the other where lines meet.
    set height [font metrics TkDefaultFont -linespace]
    set free -$height
    foreach label [lsort -real -index 0 $labels] {
        lassign $label y text colour
        set y [expr {max($y, $free)}]
        set free [expr {$y + $height}]
        .plot create text [expr {$right + 10}] $y -anchor w -text $text -fill $colour -tags label
    }
}

# The smallest of 1, 2 and 5, times a power of ten, that is not below this.
proc roundStep {size} {
    if {$size <= 0} { return 1.0 }
    set power [expr {10.0 ** floor(log10($size))}]
    foreach factor {1 2 5} {
        if {$factor * $power >= $size} break
        set factor 10
    }
    expr {$factor * $power}
}

wm title . "Live data"
wm minsize . 300 160
wm protocol . WM_DELETE_WINDOW leave
canvas .plot -width 640 -height 320 -background white -highlightthickness 0
pack .plot -fill both -expand 1
bind .plot <Configure> redraw
set status "connecting to $url"
coroutine connecting connect
