#!/usr/bin/env tclsh
# dashboard.tcl: live data of this Linux machine, plotted in web browsers.
#
#     TCLLIBPATH=$PWD tclsh examples/dashboard.tcl ?port?
#
# Then open http://localhost:8080/. The program serves the page, and over a WebSocket twice a second
# a message such as {"processors": 12.5, "memory": 40.1}: how much of them is in use, in per cent.
# The page plots whatever numbers come with a name, so "measure" may return others.

package require www::websocket

proc contents {file} {
    set channel [open $file]
    try { read $channel } finally { close $channel }
}

# Returns names and values.
proc measure {} {
    # The times that the processors have spent, in all and with nothing to do.
    set times [lrange [contents /proc/stat] 1 8]
    set now [list [::tcl::mathop::+ {*}$times] [lindex $times 3]]
    lassign [lmap new $now old $::before { expr {$new - $old} }] all idle
    set ::before $now
    set memory [string map {kB "" : ""} [contents /proc/meminfo]]
    set free [expr {double([dict get $memory MemAvailable]) / [dict get $memory MemTotal]}]
    list processors [expr {100.0 * ($all - $idle) / max($all, 1)}] memory [expr {100 * (1 - $free)}]
}

# Sends the newest values to all browsers, and keeps those of a minute for later ones.
proc tick {} {
    after 500 tick
    set pairs [lmap {name value} [measure] { format {"%s": %.1f} $name $value }]
    lappend ::history "{[join $pairs {, }]}"
    set ::history [lrange $::history end-119 end]
    $::listener broadcast text [lindex $::history end]
}

proc serve {ws request} {
    $ws callback close list
    foreach message $::history { $ws text $message }
}

proc page {request body} {
    if {[dict get $request path] ne "/"} { return {404 {Content-Type text/plain} "not here\n"} }
    list 200 {Content-Type text/html} $::page
}

set page {<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Dashboard</title>
<style>
    body { margin: 0; font: 14px system-ui, sans-serif; color: #606060; }
    canvas { display: block; width: 100vw; height: calc(100vh - 2.6em); }
    p { margin: 0; padding: 0.7em 16px; height: 1.2em; }
</style>
<p id="status"></p>
<canvas id="plot"></canvas>
<script>
const shown = 120;
const colours = ["#1f6fb2", "#d9822b", "#2e9e5b", "#8e44ad", "#c0392b", "#00798c"];
const status = document.getElementById("status");
const plot = document.getElementById("plot");
let series = {};

function connect() {
    const socket = new WebSocket(location.href.replace(/^http/, "ws"));
    socket.onopen = () => {
        series = {};
        status.textContent = "Live from " + location.host;
    };
    socket.onmessage = (event) => {
        for (const [name, value] of Object.entries(JSON.parse(event.data))) {
            series[name] = [...(series[name] || []), value].slice(-shown);
        }
        requestAnimationFrame(draw);
    };
    socket.onclose = () => {
        status.textContent = "No connection to " + location.host;
        setTimeout(connect, 1000);
    };
}

function draw() {
    const scale = devicePixelRatio;
    plot.width = plot.clientWidth * scale;
    plot.height = plot.clientHeight * scale;
    const draw = plot.getContext("2d");
    draw.scale(scale, scale);
    draw.font = "13px system-ui, sans-serif";
    draw.textBaseline = "middle";
    const left = 50, right = plot.clientWidth - 130, top = 10, bottom = plot.clientHeight - 20;
    const highest = Math.max(100, ...Object.values(series).flat());
    const y = (value) => bottom - (bottom - top) * value / highest;

    draw.textAlign = "right";
    for (let part = 0; part <= 4; part++) {
        const value = highest * part / 4;
        draw.fillStyle = "#e4e4e4";
        draw.fillRect(left, y(value), right - left, 1);
        draw.fillStyle = "#8a8a8a";
        draw.fillText(Math.round(value), left - 8, y(value));
    }
    draw.textAlign = "left";
    draw.lineWidth = 2;
    Object.entries(series).forEach(([name, values], index) => {
        const last = values[values.length - 1];
        draw.strokeStyle = draw.fillStyle = colours[index % colours.length];
        draw.beginPath();
        values.forEach((value, place) => {
            const x = right - (values.length - 1 - place) * (right - left) / (shown - 1);
            draw.lineTo(x, y(value));
        });
        draw.stroke();
        draw.fillText(`${name} ${last}`, right + 10, y(last));
    });
}

addEventListener("resize", draw);
connect();
</script>
</html>
}

set history {}
set before {0 0}
set listener [www listen -myaddr localhost -request page [lindex [concat $argv 8080] 0] serve]
puts "http://localhost:[$listener port]/"
measure
after 500 tick
vwait forever
