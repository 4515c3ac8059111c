"""httpbin, behind gunicorn, for the tests. It prints its address, and ends when its standard input
ends.
"""

import logging
import os
import signal
import threading

from gunicorn.app.base import BaseApplication

# It warns that the package for its documentation is missing.
logging.disable(logging.WARNING)
from httpbin import app


def tell(arbiter):
    host, port = arbiter.LISTENERS[0].sock.getsockname()
    print(f"http://{host}:{port}/", flush=True)

    def wait():
        # Not by sys.stdin, which would be locked at the end.
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGQUIT)

    threading.Thread(target=wait, daemon=True).start()


class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", "127.0.0.1:0")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", 16)
        self.cfg.set("keepalive", 60)
        # Clients that break off are part of the tests.
        self.cfg.set("loglevel", "critical")
        self.cfg.set("when_ready", tell)

    def load(self):
        return app


Server().run()
