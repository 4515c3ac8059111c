# Chromium without a window, as tests/setup.sh installs it, driven by its DevTools protocol over
# WebSockets of this package. Sourced behind harness.tcl and network.tcl. It is started when first
# asked for, and ends with this process. The constraint chromium says whether it is there.

source [file join $support::top examples jsonrpc.tcl]
testConstraint chromium [expr {[auto_execok chromium] ne ""}]

namespace eval support {
    namespace export browse evaluate screenshot

    # Where it listens, once it runs.
    variable browser
    # The tabs that are open: their identifiers.
    variable tabs {}
    variable lastDevToolsId 0
}

# Opens a URL in a new tab, and closes those before. Returns the websocket by which the tab is
# driven, which "tidy" destroys.
proc support::browse {url} {
    variable browser
    variable tabs
    if {![info exists browser]} {
        set browser [StartBrowser]
    }
    foreach tab $tabs {
        www get -timeout 60000 $browser/json/close/$tab
    }
    set tab [json::decode [www put -timeout 60000 $browser/json/new?about:blank]]
    set tabs [list [dict get $tab id]]
    set page [www websocket -timeout 60000 [dict get $tab webSocketDebuggerUrl]]
    DevTools $page Page.navigate url [json::quote $url]
    evaluate $page {new Promise((done) => {
        const look = () => location.href === "about:blank" || document.readyState !== "complete"
            ? setTimeout(look, 10) : done();
        look();
    })}
    return $page
}

# The value of an expression in a tab, as a list or dict where it is an array or an object. Of a
# promise, that to which it comes. An exception is an error.
proc support::evaluate {page expression} {
    set answer [DevTools $page Runtime.evaluate expression [json::quote $expression] \
        awaitPromise true returnByValue true userGesture true]
    if {[dict exists $answer exceptionDetails]} {
        error [dict get $answer exceptionDetails]
    }
    if {[dict exists $answer result value]} {
        return [dict get $answer result value]
    }
}

# Writes what a tab shows, so many pixels of it, to a PNG file.
proc support::screenshot {page width height path} {
    DevTools $page Emulation.setDeviceMetricsOverride width $width height $height \
        deviceScaleFactor 1 mobile false
    evaluate $page {new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))}
    set channel [open $path wb]
    puts -nonewline $channel \
        [binary decode base64 [dict get [DevTools $page Page.captureScreenshot] data]]
    close $channel
}

# Calls a method of the protocol, with parameters in JSON. Returns its result.
proc support::DevTools {page method args} {
    variable lastDevToolsId
    set id [incr lastDevToolsId]
    $page text [json::object id $id method [json::quote $method] params [json::object {*}$args]]
    while 1 {
        # Its events come between.
        set message [json::decode [lindex [$page receive -timeout 60000] 1]]
        if {[dict exists $message id] && [dict get $message id] == $id} break
    }
    if {[dict exists $message error]} {
        error "$method: [dict get $message error]"
    }
    dict get $message result
}

proc support::StartBrowser {} {
    set folder [exec mktemp -d -t www-websocket-test.XXXXXX]
    # Chromium's own sandbox does not work for root, nor in many containers.
    Supervise $folder env TMPDIR=$folder chromium --headless --no-sandbox --disable-gpu \
        --disable-dev-shm-usage --no-first-run --disable-extensions --disable-sync \
        --disable-background-networking --disable-component-update --disable-breakpad \
        --ignore-certificate-errors --no-proxy-server --user-data-dir=$folder/profile \
        --remote-debugging-port=0 about:blank
    set file [file join $folder profile DevToolsActivePort]
    waitfor { [file exists $file] && [regexp -line {^\d+$} [ReadFile $file] port] } \
        {chromium; it says: [Complaints $folder]} 60000
    return http://127.0.0.1:$port
}

namespace import -force support::*
