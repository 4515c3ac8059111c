"""The clients on the Python packages websockets and aiohttp; the first argument says which.

The operations are written once:
below them, each package opens connections whose `send` and `recv` are its own coroutines.
"""

import asyncio
import os
import platform
import sys

from measure import (
    check,
    compress,
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


async def pingpong(opened, start):
    sent = messages()
    async with opened() as connection:
        send, recv = connection.send, connection.recv

        async def batch():
            for remaining in range(count, 0, -1):
                message = sent[remaining % len(sent)]
                await send(message)
                echo = await recv()
                if len(echo) != size:
                    raise ValueError(f"another message came back, of {len(echo)} characters")
            check(echo, message)

        await measure(batch, start)


async def pipeline(opened, start):
    (message,) = messages()
    async with opened() as connection:
        send, recv = connection.send, connection.recv

        async def batch():
            for _ in range(count):
                await send(message)
            for _ in range(count):
                echo = await recv()
            check(echo, message)

        await measure(batch, start)


async def receive(opened, start):
    (message,) = messages()
    async with opened() as connection:
        recv = connection.recv

        async def batch():
            await connection.send(f"{count} {size}")
            for _ in range(count):
                received = await recv()
            check(received, message)

        await measure(batch, start)


async def send(opened, start):
    (message,) = messages()
    async with opened() as connection:

        async def batch():
            for _ in range(count):
                await connection.send(message)
            await connection.send("how many?")
            answer = await connection.recv()
            if int(answer) != count:
                raise ValueError(f"the server counted {answer}")

        await measure(batch, start)


async def connect(opened, start):
    async def batch():
        for _ in range(count):
            async with opened():
                pass

    await measure(batch, start)


async def idle(opened, _):
    # The first connection takes what all share.
    connections = [await opened().__aenter__()]
    start = memory("VmRSS")
    for _ in range(count):
        connections.append(await opened().__aenter__())
    report(count, 0, 0, start)
    sys.stdout.flush()
    os._exit(0)  # without closing a thousand connections


async def with_websockets():
    from websockets.asyncio.client import connect as websockets_connect

    settings = dict(compression="deflate" if compress else None, max_size=None, proxy=None, ssl=tls)
    opened = lambda: websockets_connect(option["url"], **settings)
    await OPERATIONS[operation](opened, memory("VmRSS"))


async def with_aiohttp():
    import aiohttp

    settings = dict(compress=15 if compress else 0, max_msg_size=0, ssl=tls or True)

    class Opened:
        """A connection with the methods of those of websockets."""

        async def __aenter__(self):
            self.connection = await session.ws_connect(option["url"], **settings)
            binary = option.get("kind") == "binary" and operation != "send"
            self.recv = self.connection.receive_bytes if binary else self.connection.receive_str
            return self

        async def __aexit__(self, *_):
            await self.connection.close()

        def send(self, message):
            if isinstance(message, str):
                return self.connection.send_str(message)
            return self.connection.send_bytes(message)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await OPERATIONS[operation](Opened, memory("VmRSS"))


OPERATIONS = dict(
    pingpong=pingpong, pipeline=pipeline, receive=receive, send=send, connect=connect, idle=idle
)

if operation == "versions":
    version = __import__(package).__version__
    print(f"Python {platform.python_version()}, {package} {version}")
else:
    asyncio.run({"websockets": with_websockets, "aiohttp": with_aiohttp}[package]())
