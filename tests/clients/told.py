"""A client that does nothing by itself: what a server has told it, a line for each.

Usage: told.py websockets|aiohttp URL
"""

import asyncio
import sys


async def on_websockets(url):
    import websockets

    async with websockets.connect(url) as ws:
        try:
            while True:
                print(repr(await ws.recv()))
        except websockets.ConnectionClosed as closed:
            print("closed", closed.rcvd.code, closed.rcvd.reason)


async def on_aiohttp(url):
    import aiohttp

    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        while (message := await ws.receive()).type == aiohttp.WSMsgType.TEXT:
            print(repr(message.data))
        print("closed", message.data, message.extra)


asyncio.run({"websockets": on_websockets, "aiohttp": on_aiohttp}[sys.argv[1]](sys.argv[2]))
