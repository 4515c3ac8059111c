# Ports of this machine where connecting fails, or never ends. Sourced by the test files that need
# it, behind the harness.

namespace eval support {
    namespace export unusedport fullport closefullports

    variable fullPorts {}
}

# A port of 127.0.0.1 where nobody listens.
proc support::unusedport {} {
    set listener [socket -server x -myaddr 127.0.0.1 0]
    set port [lindex [fconfigure $listener -sockname] 2]
    close $listener
    return $port
}

# Makes a port where connecting neither succeeds nor fails, and returns it: somebody listens, but
# the queue of those to be accepted is full. Tcl cannot make it so short, Python can. It lasts until
# "closefullports". Port 0 is a free one.
proc support::fullport {{address 127.0.0.1} {port 0}} {
    variable top
    variable fullPorts
    set python [file join $top .deps python bin python]
    set pipe [open |[list $python -c {
import socket, sys
address, port = sys.argv[1], int(sys.argv[2])
family = socket.AF_INET6 if ":" in address else socket.AF_INET
listener = socket.socket(family)
listener.bind((address, port))
listener.listen(0)
clients = []
for number in range(10):
    client = socket.socket(family)
    client.settimeout(0.2)
    clients.append(client)
    try:
        client.connect(listener.getsockname())
    except TimeoutError:
        print(listener.getsockname()[1], flush=True)
        sys.stdin.read()
        break
    } $address $port] r+]
    lappend fullPorts $pipe
    if {[gets $pipe port] <= 0} {
        error "the queue is never full"
    }
    return $port
}

proc support::closefullports {} {
    variable fullPorts
    foreach pipe $fullPorts {
        catch { close $pipe }
    }
    set fullPorts {}
}

namespace import -force support::*
