"""The server's side of one conversation, which can be broken off behind any byte.

Usage: conversation.py CERTIFICATE KEY

It prints its port, and ends when its standard input ends. Whoever connects sends a line first:

    SCHEME DIRECTION OFFSET ENDING

SCHEME is ws or wss. Behind OFFSET bytes (of TLS, for wss) to the client (DIRECTION in) or from it
(out) the connection ends: in the ordinary way (ENDING eof) or with a reset. With "none 0 none" it
never does.

The conversation has frames and messages of all kinds, and neither side sends before it has received
what the other sent, so that it is the same in every run; tests/support/faults.tcl has the other
side. Binary messages are returned. A client that sends anything unexpected gets a close message
with code 4000 that says so; code 1000 means that all was as expected.

For wss every frame is a record of its own, and nothing is sent that the client did not ask for,
such as session tickets.
"""

import base64
import hashlib
import re
import socket
import ssl
import struct
import sys
import zlib

from listening import listen

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
READ_SIZE = 65536
LONG_TEXT = b"Everything that is said twice can be said in less. " * 6
# What is left away at the end of a compressed message (RFC 7692 section 7.2.1).
TAIL = b"\0\0\xff\xff"


class Over(Exception):
    """The connection has ended, from either side."""


class Unexpected(Exception):
    """The client did not keep to the conversation."""


class Wire:
    """A socket that breaks behind a given byte."""

    def __init__(self, plain, direction, offset, ending):
        self.plain = plain
        self.left = {"in": sys.maxsize, "out": sys.maxsize, direction: offset}
        self.ending = ending
        self.send(b"")

    def send(self, data):
        data = data[: self.left["in"]]
        self.plain.sendall(data)
        self.left["in"] -= len(data)
        if not self.left["in"]:
            self.break_off()

    def receive(self):
        if not self.left["out"]:
            self.break_off()
        # The client's next piece must not wait for a delayed acknowledgement of this one.
        self.plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        data = self.plain.recv(min(READ_SIZE, self.left["out"]))
        if not data:
            raise Over
        self.left["out"] -= len(data)
        return data

    def break_off(self):
        if self.ending == "reset":
            self.plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise Over
        self.finish()

    def finish(self):
        """Ends the connection, and waits until the client has done so too."""
        self.plain.shutdown(socket.SHUT_WR)
        while self.plain.recv(READ_SIZE):
            pass
        raise Over


class Secure:
    """TLS on a wire."""

    def __init__(self, wire, context):
        self.wire = wire
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_side=True)
        self.until_done(self.tls.do_handshake)

    def until_done(self, step):
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                pass
            finally:
                self.flush()
            self.incoming.write(self.wire.receive())

    def flush(self):
        if records := self.outgoing.read():
            self.wire.send(records)

    def send(self, data):
        self.tls.write(data)
        self.flush()

    def receive(self):
        if data := self.until_done(lambda: self.tls.read(READ_SIZE)):
            return data
        raise Over

    def finish(self):
        self.until_done(self.tls.unwrap)
        self.wire.finish()


class Peer:
    """Frames, and what stands before them, on a stream of bytes."""

    def __init__(self, stream):
        self.stream = stream
        self.buffer = b""

    def take(self, size):
        while len(self.buffer) < size:
            self.buffer += self.stream.receive()
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def take_head(self):
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.stream.receive()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        return head

    def take_frame(self):
        """Returns the first byte of a frame, and its payload."""
        first, second = self.take(2)
        if not second & 0x80:
            raise Unexpected("a frame is not masked")
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", self.take(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self.take(8))
        key, payload = self.take(4), self.take(length)
        key = (key * (length // 4 + 1))[:length]
        masked = int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")
        return first, masked.to_bytes(length, "big")

    def hear(self, opcode, payload=None, frames=1, compressed=False):
        """Takes a message in so many frames, which must be this one, if one is given."""
        heard = b""
        for number in range(frames):
            first, part = self.take_frame()
            expected = CONTINUATION if number else opcode
            expected |= 0x80 if number == frames - 1 else 0
            expected |= 0x40 if compressed and number == 0 else 0
            if first != expected:
                raise Unexpected(f"a frame begins with {first:#04x}, not {expected:#04x}")
            heard += part
        if compressed:
            heard = zlib.decompressobj(-15).decompress(heard + TAIL)
        if payload is not None and heard != payload:
            raise Unexpected(f"heard {heard[:40]}, not {payload[:40]}")
        return heard

    def say(self, opcode, payload, fin=True, compressed=False):
        if compressed:
            compressor = zlib.compressobj(wbits=-15)
            payload = compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)
            payload = payload.removesuffix(TAIL)
        header = bytes([fin << 7 | compressed << 6 | opcode])
        if len(payload) < 126:
            header += bytes([len(payload)])
        elif len(payload) < 65536:
            header += struct.pack(">BH", 126, len(payload))
        else:
            header += struct.pack(">BQ", 127, len(payload))
        self.stream.send(header + payload)


def converse(peer):
    head = peer.take_head()
    key = re.search(rb"\r\nSec-WebSocket-Key: (.*)", head)[1].rstrip()
    digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
    peer.stream.send(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n"
        b"Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
        b" client_no_context_takeover\r\n\r\n"
    )
    try:
        peer.hear(TEXT, b"first")
        peer.say(TEXT, "zuerst \N{EURO SIGN}".encode())
        binary = peer.hear(BINARY)
        peer.say(PING, b"still there?")
        peer.hear(PONG, b"still there?")
        peer.say(BINARY, binary)
        peer.hear(TEXT, b"in three parts", frames=3, compressed=True)
        peer.say(TEXT, b"in ", fin=False)
        peer.say(PING, b"")
        peer.hear(PONG, b"")
        peer.say(CONTINUATION, b"three ", fin=False)
        peer.say(CONTINUATION, b"parts")
        peer.hear(TEXT, LONG_TEXT, compressed=True)
        peer.say(TEXT, LONG_TEXT, compressed=True)
        peer.hear(PING, b"and you?")
        peer.say(PONG, b"and you?")
        peer.hear(CLOSE, struct.pack(">H", 1000))
        peer.say(CLOSE, struct.pack(">H", 1000))
    except Unexpected as error:
        peer.say(CLOSE, struct.pack(">H", 4000) + str(error).encode()[:123])
    peer.stream.finish()


def read_line(plain):
    line = b""
    while not line.endswith(b"\n"):
        if not (byte := plain.recv(1)):
            raise Over
        line += byte
    return line.decode().split()


def serve(plain, context):
    with plain:
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            scheme, direction, offset, ending = read_line(plain)
            wire = Wire(plain, direction, int(offset), ending)
            converse(Peer(wire if scheme == "ws" else Secure(wire, context)))
        except (Over, OSError):
            pass  # the client may break off, or the fault happened


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.num_tickets = 0
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    listen(serve, context)


main()
