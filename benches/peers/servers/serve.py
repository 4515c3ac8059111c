"""What the servers in Python have in common. src/bin/load/server.rs describes how servers are
started, and what they do. The name of the package that is measured comes before its words.
"""

import asyncio
import os
import ssl
import sys

package, *words = sys.argv[1:]
option = dict(zip(words[::2], words[1::2]))
tls = None
if "certificate" in option:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(option["certificate"], option["key"])


async def serve(port):
    """Tells the port, and serves until the standard input ends."""
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)  # without closing a thousand connections
