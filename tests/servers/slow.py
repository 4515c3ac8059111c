"""A WebSocket server for the tests that reads slowly or not at all, and tells what it has read.

Usage: slow.py CERTIFICATE KEY

It prints two ports, without TLS and with, and ends when its standard input ends. It reads 64 KiB
at a time, with a pause behind each, until there is a close message, which it answers, or the end.
Then it ends the connection. The path of the URL chooses:

    /silent     sends nothing meanwhile
    /talk       sends a text behind each read
    /fail       sends a frame with a reserved opcode at the first, and nothing more
    /never      reads nothing, and is in no report
    /report     no reading: a text, with a line for each of the others that has come and ended since
                the last report. It says which frames were read, the binary ones with their size,
                and, where none of them was a close message, how the stream ended: "end", "cut"
                where TLS did not say so, "reset"
"""

import os
import socket
import ssl
import sys
import threading
import time

from tls_moments import accept, switching

PART = 64 * 1024
PAUSE = 0.002


class Reports:
    def __init__(self):
        self.condition = threading.Condition()
        self.running = 0
        self.lines = []

    def begin(self):
        with self.condition:
            self.running += 1

    def end(self, line):
        with self.condition:
            self.running -= 1
            self.lines.append(line)
            self.condition.notify_all()

    def take(self):
        with self.condition:
            self.condition.wait_for(lambda: self.running == 0, timeout=30)
            lines, self.lines = self.lines, []
            return sorted(lines)


REPORTS = Reports()


def text(payload):
    size = len(payload)
    length = bytes([size]) if size < 126 else bytes([126]) + size.to_bytes(2, "big")
    return b"\x81" + length + payload


def frames(data, at):
    """The whole frames behind this place: opcode, payload, and where it ends."""
    while len(data) >= at + 14 or len(data) >= at + 6 and data[at + 1] & 127 < 126:
        length, start = data[at + 1] & 127, at + 2
        if length > 125:
            size = 2 if length == 126 else 8
            length, start = int.from_bytes(data[start : start + size], "big"), start + size
        end = start + 4 + length
        if len(data) < end:
            return
        key = data[start : start + 4]
        payload = bytes(data[start + 4 : min(end, start + 130)])
        yield data[at] & 15, length, bytes(b ^ key[i % 4] for i, b in enumerate(payload)), end
        at = end


def upload(connection, path):
    """Reads to the end, and says what came."""
    said, data, at = [], bytearray(), 0
    try:
        while True:
            received = connection.recv(PART)
            if not received:
                said.append("end")
                break
            data += received
            for opcode, length, payload, end in frames(data, at):
                at = end
                if opcode == 8:
                    said.append(f"close {int.from_bytes(payload[:2], 'big')}")
                    connection.sendall(bytes([0x88, length]) + payload)
                    return "; ".join(said)
                said.append(f"{'binary' if opcode == 2 else opcode} {length}")
            if path == b"/talk":
                connection.sendall(text(b"talk"))
            time.sleep(PAUSE)
    except ssl.SSLEOFError:
        said.append("cut")
    except OSError:
        said.append("reset")
    return "; ".join(said)


def serve(plain, context):
    connection = plain
    try:
        if context:
            connection = context.wrap_socket(plain, server_side=True, suppress_ragged_eofs=False)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            received = connection.recv(1)
            if not received:
                return
            head += received
        path = head.split(b" ", 2)[1]
        if path == b"/report":
            report = "\n".join(REPORTS.take()).encode()
            connection.sendall(switching(head) + text(report))
            connection.recv(PART)
            return
        if path == b"/never":
            connection.sendall(switching(head))
            threading.Event().wait()
        REPORTS.begin()
        line = "not begun"
        try:
            connection.sendall(switching(head) + (b"\x83\x00" if path == b"/fail" else b""))
            line = upload(connection, path)
        finally:
            REPORTS.end(line)
    except OSError:
        pass  # the client may break off
    finally:
        connection.close()


def listen(context):
    listener = socket.socket()
    # What is not read is to wait with the client, and not here.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PART)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return accept(listener, serve, context)


def main(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    print(listen(None), listen(context), flush=True)
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
