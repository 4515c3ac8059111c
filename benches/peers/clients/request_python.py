"""The clients on the Python packages requests and aiohttp; the first argument says which. With
requests, several at a time are threads. request.tcl describes how they are started.
"""

import asyncio
import os
import platform
from concurrent.futures import ThreadPoolExecutor

from measure import count, measure, memory, operation, option, package, size, tls

# Bytes of a piece of content.
PIECE = 64 << 10

url = option.get("url")
concurrency = int(option.get("concurrency", 1))


def check_length(length):
    if length != size:
        raise ValueError(f"{length} bytes instead of {size}")


def check(data, ends=b"<>"):
    """Checks a content: its length and its ends."""
    check_length(len(data))
    if (data[0], data[-1]) != (ends[0], ends[-1]):
        raise ValueError(f"another content came: {data[:99]}")


class Requests:
    """The operations with requests."""

    async def __aenter__(self):
        from requests import Session
        from requests.adapters import HTTPAdapter

        self.session = Session()
        self.verify = option.get("ca", True)
        self.session.mount("http://", HTTPAdapter(pool_maxsize=concurrency))
        self.threads = ThreadPoolExecutor(concurrency)
        return self

    async def __aexit__(self, *_):
        self.threads.shutdown()

    def fetch(self, **more):
        response = self.session.get(url, verify=self.verify, **more)
        response.raise_for_status()
        return response

    async def get(self):
        for _ in range(count):
            check(self.fetch().content)

    async def get_many(self):
        def task(_):
            for _ in range(count // concurrency):
                check(self.fetch().content)

        list(self.threads.map(task, range(concurrency)))

    async def get_text(self):
        for _ in range(count):
            check(self.fetch().text, "[]")

    async def get_file(self):
        with self.fetch(stream=True) as response, open(option["file"], "wb") as file:
            for piece in response.iter_content(PIECE):
                file.write(piece)
        check_length(os.path.getsize(option["file"]))

    async def get_pieces(self):
        with self.fetch(stream=True) as response:
            check_length(sum(len(piece) for piece in response.iter_content(PIECE)))

    async def put_file(self):
        with open(option["file"], "rb") as file:
            check_length(int(self.session.put(url, data=file).text))


class Aiohttp:
    """The operations with aiohttp."""

    async def __aenter__(self):
        from aiohttp import ClientSession, TCPConnector

        connector = TCPConnector(limit=concurrency, ssl=tls or True)
        self.session = ClientSession(connector=connector, raise_for_status=True)
        return self

    async def __aexit__(self, *_):
        await self.session.close()

    async def get(self):
        await self.get_in_turn(count)

    async def get_in_turn(self, times):
        for _ in range(times):
            async with self.session.get(url) as response:
                check(await response.read())

    async def get_many(self):
        tasks = [self.get_in_turn(count // concurrency) for _ in range(concurrency)]
        await asyncio.gather(*tasks)

    async def get_text(self):
        for _ in range(count):
            async with self.session.get(url) as response:
                check(await response.text(), "[]")

    async def get_file(self):
        async with self.session.get(url) as response:
            with open(option["file"], "wb") as file:
                async for piece in response.content.iter_chunked(PIECE):
                    file.write(piece)
        check_length(os.path.getsize(option["file"]))

    async def get_pieces(self):
        received = 0
        async with self.session.get(url) as response:
            async for piece in response.content.iter_any():
                received += len(piece)
        check_length(received)

    async def put_file(self):
        with open(option["file"], "rb") as file:
            async with self.session.put(url, data=file) as response:
                check_length(int(await response.text()))


async def main():
    async with {"requests": Requests, "aiohttp": Aiohttp}[package]() as client:
        await measure(getattr(client, operation), memory("VmRSS"))


if operation == "versions":
    version = __import__(package).__version__
    print(f"Python {platform.python_version()}, {package} {version}")
else:
    asyncio.run(main())
