# Ports of 127.0.0.1 where connecting fails, or never ends. Sourced by the test files that need it,
# behind the harness.

namespace eval support {
    namespace export deaf hole closehole
}

# A port where nobody listens.
proc support::deaf {} {
    set listener [socket -server x -myaddr 127.0.0.1 0]
    set port [lindex [fconfigure $listener -sockname] 2]
    close $listener
    return $port
}

# A port where connecting neither succeeds nor fails: somebody listens, but the queue of those to be
# accepted is full. Tcl cannot make it so short, Python can. It lasts until "closehole".
proc support::hole {} {
    variable top
    variable holePipe
    set python [file join $top .deps python bin python]
    set holePipe [open |[list $python -c {
import socket, sys
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(0)
clients = []
for number in range(10):
    client = socket.socket()
    client.settimeout(0.2)
    clients.append(client)
    try:
        client.connect(listener.getsockname())
    except TimeoutError:
        print(listener.getsockname()[1], flush=True)
        sys.stdin.read()
        break
    }] r+]
    if {[gets $holePipe port] <= 0} {
        error "the queue is never full"
    }
    return $port
}

proc support::closehole {} {
    variable holePipe
    catch { close $holePipe }
}

namespace import -force support::*
