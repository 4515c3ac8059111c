"""An HTTPS server for the tests that answers the first request on each connection, and ends TLS, as
one should, when it gets the second: as a server does that has had enough of an idle connection.

Usage: tls_endings.py CERTIFICATE KEY

It prints its port, and ends when its standard input ends.
"""

import ssl
import sys

from listening import listen


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
    listen(serve, context)


main()
