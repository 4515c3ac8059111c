"""Forwards connections from a Unix domain socket to a port of 127.0.0.1, for scripted servers: Tcl
has no such sockets.

Usage: unix_bridge.py PATH

It prints a URL, like ws+unix:///tmp/x/bridge:/. Each line of its standard input is the port of the
connections from then on, and is printed when that holds; it ends when there is none any more. The
end of what one side sends is passed on as such.
"""

import os
import socket
import sys
import threading


def forward(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        # One side is gone: neither has anything to say to the other any more.
        for end in source, target:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def serve(client, port):
    with client:
        try:
            server = socket.create_connection(("127.0.0.1", port))
        except OSError:
            return
        with server:
            back = threading.Thread(target=forward, args=(server, client))
            back.start()
            forward(client, server)
            back.join()


def accept(listener):
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, port), daemon=True).start()


path, port = sys.argv[1], 0
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen()
threading.Thread(target=accept, args=(listener,), daemon=True).start()
print(f"ws+unix://{path}:/", flush=True)
for line in sys.stdin:
    port = int(line)
    print(port, flush=True)
os._exit(0)
