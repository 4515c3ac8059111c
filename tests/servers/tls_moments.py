"""A TLS server for the tests that chooses what goes into one record, and how the connection ends.

Usage: tls_moments.py CERTIFICATE KEY CLIENT_AUTHORITY

It prints three ports, and ends when its standard input ends. The first serves WebSockets, the
others require a certificate of the client: by TLS 1.3, and by TLS 1.2. The path of the URL chooses,
or, where a proxy is asked for a tunnel, the name of the host:

    /glued      the 101 and three texts in one record; then silence
    /later      the 101, and the three texts in another record, 50 ms later; then silence
    /large      the 101, and a binary message of 1 MiB in as few records as there can be
    /trickle    the 101 and a text in records of one byte each
    /drop       ends TCP after the first bytes behind the handshake, without the alert close_notify
    /closed     answers a close message, then does the same
    /notify     a text and close_notify in one segment, with no close message; keeps TCP
    /farewell   the 101, and 50 ms later a text and close_notify in one segment; keeps TCP
    /failing    the same, with what is no record in place of close_notify
    /early      ends TCP in the middle of the 101
    /half       ends TLS with close_notify in the middle of the 101, and keeps TCP
    /over       the 101, then close_notify; keeps TCP
    /damaged    a 403, and behind it in the same segment what is no record
    /hold       the 101 and 1200 texts, then three more every 20 ms; reads nothing before a
                connection has asked for /release
    /hasty      the same, but reads only the beginning of the request
    /ended      the 101 and 1200 texts, then ends its half of TCP; reads nothing before /release
    /gone       the 101 and 1200 texts, then resets TCP, 100 ms after something has come
    /release    the 101; then silence
"""

import base64
import hashlib
import os
import select
import socket
import ssl
import struct
import sys
import threading
import time

TEXTS = b"".join(b"\x81\x03" + text for text in (b"one", b"two", b"thr"))
MEBIBYTE = 1 << 20
TUNNEL = b"HTTP/1.1 200 Connection established\r\nVia: 1.1 moments\r\n\r\n"
REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"

released = threading.Event()


def switching(head):
    key = next(
        line.split(b":", 1)[1].strip()
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"sec-websocket-key:")
    )
    digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
    )


def drop(connection):
    """Ends TCP without the alert close_notify."""
    os.close(connection.detach())


def notify(connection):
    """Sends close_notify, and waits for the end of TCP."""
    connection.setblocking(False)
    try:
        connection.unwrap()
    except ssl.SSLError:
        pass  # the client has not answered it yet
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
    connection.setblocking(True)
    while os.read(connection.fileno(), MEBIBYTE):
        pass


def converse(connection, path, answer):
    """Returns whether the connection is to be kept until the client ends it."""
    if path == b"/early":
        connection.sendall(answer[:40])
        drop(connection)
        return False
    if path == b"/half":
        connection.sendall(answer[:40])
        notify(connection)
        return False
    if path == b"/over":
        connection.sendall(answer)
        notify(connection)
        return False
    if path == b"/damaged":
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(REFUSAL)
        os.write(connection.fileno(), b"\x17\x03\x03\x00\x05wrong")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
        return True
    if path in (b"/hold", b"/hasty", b"/ended"):
        released.clear()
        connection.sendall(answer + 400 * TEXTS)
        if path == b"/ended":
            connection.shutdown(socket.SHUT_WR)
            released.wait()
        while not released.wait(0.02):
            connection.sendall(TEXTS)
        return True
    if path == b"/gone":
        connection.sendall(answer + 400 * TEXTS)
        select.select([connection], [], [])
        time.sleep(0.1)
        drop(connection)
        return False
    if path == b"/glued":
        connection.sendall(answer + TEXTS)
        return True
    if path == b"/trickle":
        for byte in answer + TEXTS[:5]:
            connection.sendall(bytes([byte]))
        return True
    connection.sendall(answer)
    if path == b"/later":
        time.sleep(0.05)
        connection.sendall(TEXTS)
    elif path in (b"/farewell", b"/failing"):
        time.sleep(0.05)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(TEXTS[:5])
        if path == b"/failing":
            os.write(connection.fileno(), b"\x17\x03\x03\x00\x05wrong")
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
            return True
        connection.setblocking(False)
        try:
            connection.unwrap()
        except ssl.SSLError:
            pass  # as in notify
        connection.setblocking(True)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
        while os.read(connection.fileno(), MEBIBYTE):
            pass
    elif path == b"/large":
        connection.sendall(b"\x82\x7f" + struct.pack(">Q", MEBIBYTE) + b"x" * MEBIBYTE)
    elif path == b"/drop":
        connection.recv(MEBIBYTE)
        drop(connection)
        return False
    elif path == b"/closed":
        connection.recv(MEBIBYTE)
        connection.sendall(b"\x88\x02\x03\xe8")
        drop(connection)
        return False
    elif path == b"/release":
        released.set()
    elif path == b"/notify":
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(TEXTS[:5])
        notify(connection)
        return False
    return True


def serve(plain, context):
    try:
        connection = context.wrap_socket(plain, server_side=True)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            received = connection.recv(MEBIBYTE)
            if not received:
                return
            head += received
            if head.startswith(b"GET /hasty ") and b"\r\nX-Large:" in head:
                break
        method, target, _ = head.split(b" ", 2)
        if method == b"CONNECT":
            path, answer = b"/" + target.split(b":")[0], TUNNEL
        else:
            path, answer = target, switching(head)
        if converse(connection, path, answer):
            while connection.recv(MEBIBYTE):
                pass
        connection.close()
    except OSError:
        pass  # the client may break off
    finally:
        plain.close()


def accept(listener, serve, context):
    """Has each connection served in a thread of its own; returns the port."""

    def run():
        while True:
            plain, _ = listener.accept()
            threading.Thread(target=serve, args=(plain, context), daemon=True).start()

    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


def listen(context):
    return accept(socket.create_server(("127.0.0.1", 0)), serve, context)


def context(certificate, key, client_authority=None, version=None):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    if client_authority:
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(client_authority)
    if version:
        made.minimum_version = made.maximum_version = version
    return made


def main(certificate, key, client_authority):
    versions = ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2
    print(
        listen(context(certificate, key)),
        *(listen(context(certificate, key, client_authority, version)) for version in versions),
        flush=True,
    )
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
