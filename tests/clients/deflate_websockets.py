"""A client of an echo server with parameters of permessage-deflate, on websockets.

Usage: deflate_websockets.py URL [NAME=VALUE ...], for ClientPerMessageDeflateFactory
"""

import asyncio
import sys

import websockets
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory


async def main():
    url, *parameters = sys.argv[1:]
    parameters = {name: eval(value) for name, value in (it.split("=") for it in parameters)}
    factory = ClientPerMessageDeflateFactory(**parameters)
    async with websockets.connect(
        url, max_size=None, compression=None, extensions=[factory]
    ) as ws:
        for message in ("again and again " * 100, "again and again " * 100, "é" * (1 << 20)) * 2:
            await ws.send(message)
            assert await ws.recv() == message
        (extension,) = ws.protocol.extensions
        print(extension.remote_no_context_takeover, extension.local_no_context_takeover)
        print(extension.remote_max_window_bits, extension.local_max_window_bits)


asyncio.run(main())
