"""A web server for the tests, on aiohttp, with TLS where it is given a certificate and its key.

Usage: web_aiohttp.py ?CERTIFICATE KEY?

It prints its address, and ends when its standard input ends.

/coded?codings=br,zstd&size=N  so many bytes with these codings, one in the other, in chunks
/echo                          returns the content as it comes, in chunks
/count                         tells how long the content is, and its CRC-32
/expect?status=N               with a status other than 100, refuses a request that expects it
/seen                          the request line and headers, as JSON
/chunks?sizes=1,5,70000        a content in chunks of these sizes
/slowly?count=N&delay=MS       so many bytes, one after the other, with pauses
"""

import asyncio
import os
import ssl
import sys
import threading
import zlib

import brotlicffi
import zstandard
from aiohttp import web

PATTERN = bytes(range(256))

CODERS = {
    "br": brotlicffi.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "gzip": lambda data: zlib.compress(data, wbits=31),
    "deflate": zlib.compress,
    "identity": lambda data: data,
}

routes = web.RouteTableDef()


def pattern(size):
    return (PATTERN * (size // 256 + 1))[:size]


async def stream(request, pieces, **headers):
    response = web.StreamResponse(headers=headers)
    response.enable_chunked_encoding()
    await response.prepare(request)
    async for piece in pieces:
        await response.write(piece)
    await response.write_eof()
    return response


async def cut(data, sizes):
    for size in sizes:
        yield data[:size]
        data = data[size:]


@routes.get("/coded")
async def coded(request):
    codings = request.query["codings"].split(",")
    data = pattern(int(request.query["size"]))
    for coding in codings:
        data = CODERS[coding](data)
    sizes = [4096] * (len(data) // 4096 + 1)
    return await stream(request, cut(data, sizes), **{"Content-Encoding": ", ".join(codings)})


@routes.route("*", "/echo")
async def echo(request):
    return await stream(request, request.content.iter_any())


@routes.route("*", "/count")
async def count(request):
    size = check = 0
    async for piece in request.content.iter_any():
        size += len(piece)
        check = zlib.crc32(piece, check)
    return web.Response(text=f"{size} {check}")


async def on_expect(request):
    status = int(request.query["status"])
    if status == 100:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return None
    return web.Response(status=status, text="not expected")


@routes.get("/seen")
async def seen(request):
    return web.json_response({"line": request.path_qs, "headers": list(request.headers.items())})


@routes.get("/chunks")
async def chunks(request):
    sizes = [int(size) for size in request.query["sizes"].split(",")]
    return await stream(request, cut(pattern(sum(sizes)), sizes))


@routes.get("/slowly")
async def slowly(request):
    async def drip():
        for number in range(int(request.query["count"])):
            yield bytes([number % 256])
            await asyncio.sleep(int(request.query["delay"]) / 1000)

    return await stream(request, drip())


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


async def main():
    app = web.Application(client_max_size=2**40)
    app.add_routes(routes)
    app.router.add_route("PUT", "/expect", count, expect_handler=on_expect)
    runner = web.AppRunner(app)
    await runner.setup()
    context = None
    if sys.argv[1:]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*sys.argv[1:])
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await site.start()
    port = runner.addresses[0][1]
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    url = f"https://localhost:{port}/" if context else f"http://127.0.0.1:{port}/"
    print(url, flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
