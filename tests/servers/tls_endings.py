"""An HTTPS server for the tests that answers the first request on each connection, and ends TLS, as
one should, when it gets the second: as a server does that has had enough of an idle connection.

Usage: tls_endings.py CERTIFICATE KEY

It prints its port, and ends when its standard input ends.
"""

import os
import socket
import ssl
import sys
import threading


def serve(connection, context):
    try:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(65536)
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            secure.recv(65536)
            secure.unwrap()
    except OSError:
        pass


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, context), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    sys.stdin.read()
    os._exit(0)


main()
