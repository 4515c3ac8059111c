"""A client of an echo server, on aiohttp: what came back, a line for each step."""

import asyncio
import sys

import aiohttp


async def main():
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(
            sys.argv[1], protocols=["soap", "chat"], compress=15, max_msg_size=0
        ) as ws:
            print("subprotocol", ws.protocol)
            for size in (0, 1, 125, 126, 65535, 65536, 1 << 20):
                await ws.send_str("é" * size)
                assert (await ws.receive_str()) == "é" * size
                await ws.send_bytes(b"\xff" * size)
                assert (await ws.receive_bytes()) == b"\xff" * size
            print("echoed")
            await ws.close(code=4000, message=b"bye")
            print("closed", ws.close_code)
        for _ in range(3):
            async with session.get(sys.argv[1].replace("ws", "http", 1)) as response:
                print(response.status, await response.text())


asyncio.run(main())
