"""What scripted servers in Python have in common."""

import os
import socket
import sys
import threading


def listen(serve, argument):
    """Has each connection to a port of 127.0.0.1 served in a thread of its own, as by serve(socket,
    argument). Prints the port, and ends the process when its standard input ends."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)
    print(listener.getsockname()[1], flush=True)

    def accept():
        while True:
            plain = listener.accept()[0]
            threading.Thread(target=serve, args=(plain, argument), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.buffer.read()
    os._exit(0)
