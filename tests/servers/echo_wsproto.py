"""A WebSocket server for the tests, on the Python package wsproto.

What the paths do is described in echo_websockets.py. This server has /echo and /scatter, whose
fragments are not flushed: they end anywhere in the compressed data. The windows' sizes are answered
only where the client offered them.
"""

import asyncio
import os
import random
import sys
import threading
from urllib.parse import parse_qsl, urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.connection import ConnectionState
from wsproto.events import AcceptConnection, CloseConnection, Message, Ping, Request
from wsproto.extensions import PerMessageDeflate
from wsproto.utilities import RemoteProtocolError

READ_SIZE = 65536


def deflate(query):
    """Lists the extension that the query asks for."""
    if "deflate" not in query:
        return []
    bits = {
        name: int(query[name])
        for name in ("server_max_window_bits", "client_max_window_bits")
        if name in query
    }
    return [
        PerMessageDeflate(
            server_no_context_takeover="server_no_context_takeover" in query,
            client_no_context_takeover="client_no_context_takeover" in query,
            **bits,
        )
    ]


def fragments(data, path):
    """The events that send a message: one, or at /scatter several."""
    count = random.randint(0, 8) if path == "/scatter" else 0
    start = 0
    for end in sorted(random.randint(0, len(data)) for _ in range(count)):
        yield Message(data=data[start:end], message_finished=False)
        start = end
    yield Message(data=data[start:])


class Conversation:
    def __init__(self):
        self.connection = WSConnection(ConnectionType.SERVER)
        self.pieces = []
        self.path = ""

    def respond(self, event):
        """The events that answer this one."""
        match event:
            case Request(target=target):
                url = urlsplit(target)
                self.path = url.path
                yield AcceptConnection(extensions=deflate(dict(parse_qsl(url.query))))
            case Message(data=data, message_finished=finished):
                self.pieces.append(data)
                if finished:
                    yield from fragments(data[:0].join(self.pieces), self.path)
                    self.pieces = []
            case Ping() | CloseConnection():
                yield event.response()

    def receive(self, data):
        """The bytes that answer these."""
        self.connection.receive_data(data)
        return b"".join(
            self.connection.send(response)
            for event in self.connection.events()
            for response in self.respond(event)
        )


async def handle(reader, writer):
    conversation = Conversation()
    try:
        while data := await reader.read(READ_SIZE):
            writer.write(conversation.receive(data))
            await writer.drain()
            if conversation.connection.state is ConnectionState.CLOSED:
                break
    except (ConnectionError, RemoteProtocolError):
        pass  # the client may break off
    writer.close()


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)  # at once, without waiting for open connections


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    print(f"ws://{host}:{port}/", flush=True)
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    await server.serve_forever()


asyncio.run(main())
