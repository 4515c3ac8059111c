"""The client on the Python package picows with the event loop uvloop, in the way that its
documentation names as the fastest: the core API, whose listeners are called for each frame. The
server fragments nothing, so that a frame is a message.
"""

import asyncio
import os
import platform
import sys

import picows
import uvloop
from measure import (
    check,
    count,
    measure,
    memory,
    messages,
    operation,
    option,
    package,
    report,
    size,
    tls,
)
from picows import WSCloseCode, WSFrame, WSListener, WSMsgType

BINARY = option.get("kind") == "binary"
KIND = WSMsgType.BINARY if BINARY else WSMsgType.TEXT

# The message of a frame: text as a string, and bytes where they lie, which costs nothing.
payload = WSFrame.get_payload_as_memoryview if BINARY else WSFrame.get_payload_as_utf8_text

# Bytes: no workload has a message as large as this.
LIMIT = 1 << 30


class Listener(WSListener):
    """A connection, which ends where its listener raises an error."""

    # What the batch that is under way waits for.
    done = None

    def on_ws_connected(self, transport):
        self.transport = transport

    def on_ws_disconnected(self, transport):
        if self.done and not self.done.done():
            self.done.set_exception(ConnectionError("the connection has ended"))

    def begin(self):
        """Begins a batch. Returns what is to be awaited until `finish` is called."""
        self.done = asyncio.get_running_loop().create_future()
        return self.done

    def finish(self):
        self.done.set_result(None)


async def open_connection(listener):
    settings = dict(ssl_context=tls, max_frame_size=LIMIT)
    await picows.ws_connect(lambda: listener, option["url"], **settings)
    return listener


async def pingpong(start):
    sent = messages()

    class Exchange(Listener):
        def on_ws_frame(self, transport, frame):
            echo = payload(frame)
            if len(echo) != size:
                raise ValueError(f"another message came back, of {len(echo)} characters")
            if self.remaining == 1:
                check(echo, sent[1 % len(sent)])
                self.finish()
            else:
                self.remaining -= 1
                self.say()

        def say(self):
            self.transport.send(KIND, sent[self.remaining % len(sent)])

    connection = await open_connection(Exchange())

    async def batch():
        connection.remaining = count
        done = connection.begin()
        connection.say()
        await done

    await measure(batch, start)


async def counting(ask, start):
    """Asks for `count` messages with `ask`, and counts them."""
    (message,) = messages()

    class Counter(Listener):
        def on_ws_frame(self, transport, frame):
            received = payload(frame)
            self.remaining -= 1
            if self.remaining == 0:
                check(received, message)
                self.finish()

    connection = await open_connection(Counter())

    async def batch():
        connection.remaining = count
        done = connection.begin()
        ask(connection.transport, message)
        await done

    await measure(batch, start)


async def pipeline(start):
    def ask(transport, message):
        for _ in range(count):
            transport.send(KIND, message)

    await counting(ask, start)


async def receive(start):
    await counting(lambda transport, _: transport.send(KIND, f"{count} {size}"), start)


async def send(start):
    (message,) = messages()

    class Answered(Listener):
        def on_ws_frame(self, transport, frame):
            answer = frame.get_payload_as_utf8_text()
            if int(answer) != count:
                raise ValueError(f"the server counted {answer}")
            self.finish()

    connection = await open_connection(Answered())

    async def batch():
        done = connection.begin()
        for _ in range(count):
            connection.transport.send(KIND, message)
        connection.transport.send(WSMsgType.TEXT, "how many?")
        await done

    await measure(batch, start)


async def connect(start):
    class Closing(Listener):
        def on_ws_frame(self, transport, frame):
            if frame.msg_type == WSMsgType.CLOSE:
                transport.disconnect()

    async def batch():
        for _ in range(count):
            connection = await open_connection(Closing())
            connection.transport.send_close(WSCloseCode.OK)
            await connection.transport.wait_disconnected()

    await measure(batch, start)


async def idle(_):
    # The first connection takes what all share.
    connections = [await open_connection(Listener())]
    start = memory("VmRSS")
    for _ in range(count):
        connections.append(await open_connection(Listener()))
    report(count, 0, 0, start)
    sys.stdout.flush()
    os._exit(0)  # without closing a thousand connections


OPERATIONS = dict(
    pingpong=pingpong, pipeline=pipeline, receive=receive, send=send, connect=connect, idle=idle
)

if operation == "versions":
    versions = f"{package} {picows.__version__}, uvloop {uvloop.__version__}"
    print(f"Python {platform.python_version()}, {versions}")
else:
    uvloop.run(OPERATIONS[operation](memory("VmRSS")))
