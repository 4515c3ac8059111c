#!/usr/bin/env tclsh
# chat-server.tcl: a chat with rooms, for web browsers and the window of chat.tcl.
#
#     TCLLIBPATH=$PWD tclsh examples/chat-server.tcl ?port? &
#     TCLLIBPATH=$PWD tclsh examples/chat.tcl Ada
#
# Browsers open http://localhost:8080/chat. Every other path is another room, such as /kitchen: for
# chat.tcl, ws://localhost:8080/kitchen. A message is a text such as "Ada: Good morning", and goes
# to all in the room, its sender included. Of a text without a name in front the server is the
# sender.

package require www::websocket

# For each path, those who are there.
set rooms {}

proc serve {ws request} {
    set room [dict get $request path]
    dict lappend ::rooms $room $ws
    $ws callback {text close} [list received $ws $room]
    tell $room "Somebody has come, which makes [llength [dict get $::rooms $room]] here."
}

proc received {ws room type args} {
    if {$type eq "text"} {
        tell $room [lindex $args 0]
    } else {
        set others [lsearch -all -inline -exact -not [dict get $::rooms $room] $ws]
        dict set ::rooms $room $others
        if {[llength $others]} {
            tell $room "Somebody has left, which makes [llength $others] here."
        } else {
            dict unset ::rooms $room
        }
    }
}

proc tell {room text} {
    $::listener broadcast text $text [dict get $::rooms $room]
}

# A request of a browser.
proc answer {request body} {
    if {[dict get $request path] eq "/"} { return {302 {Location /chat} ""} }
    list 200 {Content-Type text/html} $::page
}

set page {<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Chat</title>
<style>
    body { margin: 0; height: 100vh; display: flex; flex-direction: column;
        font: 14px system-ui, sans-serif; background: #dcdad5; }
    #status { margin: 0; padding: 8px 10px; }
    #status::before { content: "\25cf  "; color: #c0392b; }
    #status.online::before { color: #2e9e5b; }
    #talk { flex: 1; overflow: auto; padding: 8px 12px; background: white; }
    #talk p { margin: 8px 0; white-space: pre-wrap; }
    #talk time { color: #8a8a8a; font-size: 80%; }
    form { display: flex; gap: 8px; padding: 8px; }
    input { font: inherit; padding: 4px; }
    #name { width: 6em; }
    #message { flex: 1; }
</style>
<p id="status">Connecting</p>
<div id="talk"></div>
<form id="form">
    <input id="name" placeholder="Name" maxlength="40" required>
    <input id="message" placeholder="Message" autocomplete="off" required>
    <button>Send</button>
</form>
<script>
const colours = ["#1f6fb2", "#b2541f", "#2e7d4f", "#8e44ad", "#b03060", "#00798c"];
const [status, talk, form, name, message] = ["status", "talk", "form", "name", "message"]
    .map((id) => document.getElementById(id));
const url = location.href.replace(/^http/, "ws").replace(/[?#].*/, "");
let socket;

function connect() {
    socket = new WebSocket(url);
    socket.onopen = () => {
        status.textContent = "Connected to " + url;
        status.className = "online";
    };
    socket.onmessage = (event) => show(event.data);
    socket.onclose = (event) => {
        status.textContent = `Disconnected: ${event.code} ${event.reason}`;
        status.className = "";
        setTimeout(connect, 1000);
    };
}

// The same colours as in the windows of chat.tcl.
function colour(who) {
    let sum = 0;
    for (const character of who) {
        sum = (sum * 31 + character.codePointAt(0)) % 65521;
    }
    return colours[sum % colours.length];
}

function show(data) {
    const [, who, text] = /^([^:\n]{1,40}): ([^]*)$/.exec(data) || [, "server", data];
    const follow = talk.scrollTop + talk.clientHeight > talk.scrollHeight - 10;
    const paragraph = document.createElement("p");
    const sender = document.createElement("b");
    const time = document.createElement("time");
    sender.textContent = who;
    sender.style.color = colour(who);
    time.textContent = "  " + new Date().toTimeString().slice(0, 5) + "\n";
    paragraph.append(sender, time, text);
    talk.append(paragraph);
    if (follow) {
        talk.scrollTop = talk.scrollHeight;
    }
}

form.onsubmit = (event) => {
    event.preventDefault();
    if (socket.readyState === WebSocket.OPEN) {
        socket.send(`${name.value}: ${message.value}`);
        message.value = "";
    }
};
connect();
</script>
</html>
}

# Pages of other sites get no WebSocket: that is the default. A heartbeat finds those who vanish.
set listener [www listen -myaddr localhost -maxsize 10000 -maxpending 100000 -heartbeat 30000 \
    -request answer [lindex [concat $argv 8080] 0] serve]
puts "http://localhost:[$listener port]/chat"
vwait forever
