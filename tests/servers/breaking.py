"""A way to servers on this machine that breaks off behind a given byte.

Usage: breaking.py PORT SECUREPORT

It prints its port, and ends when its standard input ends. Whoever connects sends a line first:

    SCHEME DIRECTION OFFSET ENDING

and is connected to PORT, or for the scheme wss to SECUREPORT, of 127.0.0.1. Behind OFFSET bytes to
the client (DIRECTION in) or from it (out) both connections end: in the ordinary way (ENDING eof),
with a reset, or nothing more passes (silence) until the server has ended its one. With "none 0
none" they end when both sides have.
"""

import select
import socket
import struct
import sys

from listening import listen

READ_SIZE = 65536


def read_line(plain):
    line = b""
    while not line.endswith(b"\n"):
        if not (byte := plain.recv(1)):
            raise OSError
        line += byte
    return line.decode().split()


def drain(plain):
    while plain.recv(READ_SIZE):
        pass


def serve(client, ports):
    with client:
        try:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            scheme, direction, offset, ending = read_line(client)
            with socket.create_connection(("127.0.0.1", ports[scheme])) as server:
                server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                join(client, server, direction, int(offset), ending)
        except OSError:
            pass  # a side may break off


def join(client, server, direction, offset, ending):
    left = {"in": sys.maxsize, "out": sys.maxsize, direction: offset}
    ways = {client: (server, "out"), server: (client, "in")}
    while ways and (direction == "none" or left[direction]):
        for source in select.select(list(ways), [], [])[0]:
            target, way = ways[source]
            if data := source.recv(min(READ_SIZE, left[way])):
                target.sendall(data)
                left[way] -= len(data)
            else:
                target.shutdown(socket.SHUT_WR)
                del ways[source]
            if not left[way]:
                break
    if ending == "reset":
        for plain in (server, client):
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif ways and ending == "eof":
        for plain in (server, client):
            plain.shutdown(socket.SHUT_WR)
        for plain in (server, client):
            drain(plain)
    elif ways and ending == "silence":
        drain(server)


def main():
    ports = {"ws": int(sys.argv[1]), "wss": int(sys.argv[2])}
    listen(serve, ports)


main()
