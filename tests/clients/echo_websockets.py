"""A client of an echo server, on websockets: what came back, a line for each step."""

import asyncio
import ssl
import sys

import websockets

url, *options = sys.argv[1:]
options = dict(option.split("=", 1) for option in options)


async def main():
    tls = None
    if "cafile" in options:
        tls = ssl.create_default_context(cafile=options["cafile"])
    async with websockets.connect(
        url,
        ssl=tls,
        max_size=None,
        subprotocols=["soap", "chat"],
        compression="deflate" if "deflate" in options else None,
    ) as ws:
        print("subprotocol", ws.subprotocol)
        print("extensions", len(ws.protocol.extensions))
        for size in (0, 1, 125, 126, 65535, 65536, 1 << 20):
            for message in ("é" * size, bytes(range(256)) * (size // 256)):
                await ws.send(message)
                assert await ws.recv() == message
        print("echoed")
        await ws.send(["in ", "three ", "parts"])
        print(await ws.recv())
        await (await ws.ping(b"hello"))
        print("pong")
        await ws.close(4000, "bye")
        print("closed", ws.close_code)


asyncio.run(main())
