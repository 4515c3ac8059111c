"""The servers on the Python packages websockets and aiohttp; the first argument says which."""

import asyncio
import platform

from serve import package, serve, tls, words


async def with_websockets():
    from websockets.asyncio.server import broadcast, serve as websockets_serve

    receivers = set()

    async def converse(connection):
        if connection.request.path == "/echo":
            async for message in connection:
                await connection.send(message)
            return
        receivers.add(connection)
        try:
            async for message in connection:
                broadcast(receivers, message)
        finally:
            receivers.discard(connection)

    settings = dict(compression=None, max_size=None, ssl=tls)
    server = await websockets_serve(converse, "127.0.0.1", 0, **settings)
    await serve(server.sockets[0].getsockname()[1])


async def with_aiohttp():
    from aiohttp import WSMsgType, web

    receivers = set()

    async def converse(request):
        connection = web.WebSocketResponse(compress=False, max_msg_size=0)
        await connection.prepare(request)
        if request.path == "/echo":
            async for message in connection:
                if message.type is WSMsgType.TEXT:
                    await connection.send_str(message.data)
                else:
                    await connection.send_bytes(message.data)
            return connection
        receivers.add(connection)
        try:
            async for message in connection:
                for receiver in receivers:
                    await receiver.send_bytes(message.data)
        finally:
            receivers.discard(connection)
        return connection

    application = web.Application()
    application.router.add_get("/{path}", converse)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    await serve(runner.addresses[0][1])


if words == ["versions"]:
    version = __import__(package).__version__
    print(f"Python {platform.python_version()}, {package} {version}")
else:
    asyncio.run({"websockets": with_websockets, "aiohttp": with_aiohttp}[package]())
