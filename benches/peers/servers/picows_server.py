"""The server on the Python package picows with the event loop uvloop, in the way that its
documentation names as the fastest: the core API, whose listeners are called for each frame. The
load fragments nothing, so that a frame is a message.
"""

import platform

import picows
import uvloop
from picows import WSListener, WSMsgType
from serve import package, serve, tls, words

MESSAGES = (WSMsgType.TEXT, WSMsgType.BINARY)

receivers = set()


class Listener(WSListener):
    """A connection."""

    def on_ws_frame(self, transport, frame):
        if frame.msg_type in MESSAGES:
            self.on_message(transport, frame)
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code(), frame.get_close_message())
            transport.disconnect()


class Echo(Listener):
    """Returns every message."""

    def on_message(self, transport, frame):
        transport.send(frame.msg_type, frame.get_payload_as_memoryview())


class Broadcast(Listener):
    """Sends every message to all."""

    def on_ws_connected(self, transport):
        receivers.add(transport)

    def on_ws_disconnected(self, transport):
        receivers.discard(transport)

    def on_message(self, transport, frame):
        message = frame.get_payload_as_bytes()
        for receiver in receivers:
            receiver.send(frame.msg_type, message)


async def main():
    listeners = {b"/echo": Echo, b"/broadcast": Broadcast}
    server = await picows.ws_create_server(
        lambda request: listeners[request.path](), "127.0.0.1", 0, ssl=tls
    )
    await serve(server.sockets[0].getsockname()[1])


if words == ["versions"]:
    version = f"{package} {picows.__version__}, uvloop {uvloop.__version__}"
    print(f"Python {platform.python_version()}, {version}")
else:
    uvloop.run(main())
