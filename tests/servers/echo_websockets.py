"""A WebSocket server for the tests, on the Python package websockets.

It prints its address, a line like ws://127.0.0.1:8080/, and ends when its standard input ends. With
the argument "unix" it listens on a Unix domain socket: ws+unix:///tmp/x/socket:/.
The path of the URL chooses what it does; echo_ws.js does the same on another library, and
echo_wsproto.py a part of it on a third.

    /echo       returns every message; so does any path not named here
    /scatter    returns every message in fragments of random sizes
    /protocol   echoes, and picks the subprotocol mqtt if it is offered
    /send       ?size=N&count=M&kind=binary|text: sends M messages of N bytes
    /fragments  ?size=N&count=M&kind=...: sends one message in M fragments of N bytes,
                and an empty last one, which this library adds
    /close      ?code=C&reason=R: closes so; without a code by an empty close message
    /ping       ?data=D: pings, and sends the text "pong:D" once the pong came back
    /status     ?code=C&body=B: refuses the handshake with that HTTP status and body
    /hold       accepts, then neither sends nor reads
    /drop       drops the TCP connection after the first message

Payloads are sections of an endless pattern, the bytes 0 to 255 or the letters a to z: message
number I (from 0) starts I places into it, and a fragmented message is one section from place 0.

With ?deflate=1, at any path, permessage-deflate is accepted where it is offered. These parameters
are answered, and kept to, where the query has them: server_no_context_takeover=1,
client_no_context_takeover=1, server_max_window_bits=N, client_max_window_bits=N.
"""

import asyncio
import logging
import os
import random
import shutil
import string
import sys
import tempfile
import threading
from urllib.parse import parse_qsl, urlsplit

from websockets.asyncio.server import serve, unix_serve
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

PATTERNS = {"binary": bytes(range(256)), "text": string.ascii_lowercase}


class Target:
    """The path and the query of a request."""

    def __init__(self, connection):
        url = urlsplit(connection.request.path)
        self.path = url.path
        self.query = dict(parse_qsl(url.query, keep_blank_values=True))

    def number(self, name, default):
        return int(self.query.get(name, default))

    def deflate(self):
        """Lists the extension that the query asks for."""
        if "deflate" not in self.query:
            return []
        return [
            ServerPerMessageDeflateFactory(
                server_no_context_takeover="server_no_context_takeover" in self.query,
                client_no_context_takeover="client_no_context_takeover" in self.query,
                server_max_window_bits=self.number("server_max_window_bits", 0) or None,
                client_max_window_bits=self.number("client_max_window_bits", 0) or None,
            )
        ]

    def section(self, start, size):
        pattern = PATTERNS[self.query.get("kind", "binary")]
        start %= len(pattern)
        return (pattern * ((start + size) // len(pattern) + 1))[start : start + size]


async def echo(connection, target):
    async for message in connection:
        await connection.send(message)


async def scatter(connection, target):
    async for message in connection:
        cuts = sorted(random.randint(0, len(message)) for _ in range(random.randint(0, 8)))
        await connection.send(
            message[start:end] for start, end in zip([0, *cuts], [*cuts, len(message)])
        )


async def send(connection, target):
    size = target.number("size", 1)
    for start in range(target.number("count", 1)):
        await connection.send(target.section(start, size))
    await connection.wait_closed()


async def fragments(connection, target):
    size = target.number("size", 1)
    starts = range(0, size * target.number("count", 1), size or 1)
    await connection.send(target.section(start, size) for start in starts)
    await connection.wait_closed()


async def close(connection, target):
    code = target.query.get("code")
    await connection.close(code and int(code), target.query.get("reason", ""))


async def ping(connection, target):
    data = target.query.get("data", "")
    await (await connection.ping(data))
    await connection.send(f"pong:{data}")
    await connection.wait_closed()


async def hold(connection, target):
    connection.transport.pause_reading()
    await asyncio.get_running_loop().create_future()


async def drop(connection, target):
    await connection.recv()
    connection.transport.abort()


BEHAVIOURS = {
    "/scatter": scatter,
    "/send": send,
    "/fragments": fragments,
    "/close": close,
    "/ping": ping,
    "/hold": hold,
    "/drop": drop,
}


async def handle(connection):
    target = Target(connection)
    try:
        await BEHAVIOURS.get(target.path, echo)(connection, target)
    except ConnectionClosed:
        pass  # the client may break off


def prepare(connection, request):
    target = Target(connection)
    connection.protocol.available_extensions = target.deflate()
    if target.path == "/status":
        return connection.respond(target.number("code", 404), target.query.get("body", ""))
    return None


def select_subprotocol(connection, offered):
    return "mqtt" if Target(connection).path == "/protocol" and "mqtt" in offered else None


def end_with_standard_input(folder):
    sys.stdin.buffer.read()
    shutil.rmtree(folder)
    os._exit(0)  # at once, without waiting for open connections


async def main():
    # Clients that break off are part of the tests: no traceback.
    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    options = dict(
        compression=None,
        max_size=None,
        ping_interval=None,
        process_request=prepare,
        select_subprotocol=select_subprotocol,
    )
    folder = tempfile.mkdtemp(prefix="www-websocket-test.")
    if "unix" in sys.argv[1:]:
        path = os.path.join(folder, "socket")
        server = await unix_serve(handle, path, **options)
        url = f"ws+unix://{path}:/"
    else:
        server = await serve(handle, "127.0.0.1", 0, **options)
        host, port = server.sockets[0].getsockname()
        url = f"ws://{host}:{port}/"
    threading.Thread(target=end_with_standard_input, args=(folder,), daemon=True).start()
    print(url, flush=True)
    await server.serve_forever()


asyncio.run(main())
