"""Runs programs of the Unix side for programs of Windows under Wine: see relay.c.

Usage: bridge.py COMMAND ...

Serves on loopback while the command runs, whose exit status it returns. The command and what it
starts find the port and the key in the environment, as BRIDGE_PORT and BRIDGE_KEY.

Paths change their form: Z: is the root of the file system, C: a folder of Wine's.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import socketserver
import struct
import subprocess
import sys
import threading

# What tests set for the programs that they start.
VARIABLES = {"NODE_PATH", "LC_ALL", "TCLLIBPATH"}
# How long a program may take to end when the one that asked for it has gone, in seconds.
PATIENCE = 3


def to_unix(text):
    """The text with the paths of Windows that are in it as those of Unix."""
    drive_c = os.environ["WINEPREFIX"] + "/drive_c"
    text = re.sub(r"(?<![A-Za-z])[Zz]:(?=[\\/])", "", text)
    text = re.sub(r"(?<![A-Za-z])[Cc]:(?=[\\/])", lambda _: drive_c, text)
    # Where the whole is one path.
    return text.replace("\\", "/") if re.match(r"(/|\\)(tmp|usr|root|home|work)\\", text) else text


def to_path(text):
    return to_unix(text).replace("\\", "/")


def program_at(path):
    """What a relay of this path stands for: the program beside it, or one in the PATH."""
    path = re.sub(r"\.exe$", "", to_path(path), flags=re.IGNORECASE)
    if os.access(path, os.X_OK):
        return path
    name = os.path.basename(path)
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin") or name


class Relay(socketserver.BaseRequestHandler):
    """One program."""

    def take(self, count):
        taken = b""
        while len(taken) < count:
            piece = self.request.recv(count - len(taken))
            if not piece:
                raise EOFError
            taken += piece
        return taken

    def number(self):
        return struct.unpack("<I", self.take(4))[0]

    def string(self):
        return self.take(self.number()).decode()

    def strings(self):
        return [self.string() for _ in range(self.number())]

    def put(self, kind, payload):
        try:
            with self.lock:
                self.request.sendall(kind + struct.pack("<I", len(payload)) + payload)
        except OSError:
            pass

    def handle(self):
        self.lock = threading.Lock()
        if not secrets.compare_digest(self.take(len(self.server.key)), self.server.key):
            return
        path, *arguments = self.strings()
        folder = to_path(self.string())
        settings = dict(item.split("=", 1) for item in self.strings() if item[:1] != "=")
        changed = {name: to_path(settings[name]) for name in VARIABLES & settings.keys()}
        try:
            self.program = subprocess.Popen(
                [program_at(path), *map(to_unix, arguments)],
                cwd=folder,
                env=os.environ | changed,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            self.put(b"E", f"bridge: {path}: {error}\n".encode())
            return self.finish_with(127)
        pumps = [
            threading.Thread(target=self.pump, args=(b"O", self.program.stdout), daemon=True),
            threading.Thread(target=self.pump, args=(b"E", self.program.stderr), daemon=True),
        ]
        feeder = threading.Thread(target=self.feed, daemon=True)
        for thread in [*pumps, feeder]:
            thread.start()
        status = self.program.wait()
        # A server that it has started in the background may keep them open.
        for pump in pumps:
            pump.join(0.5)
        self.finish_with(status & 255)
        # Closed with input unread, the connection would be reset, and the status perhaps lost.
        feeder.join()

    def finish_with(self, status):
        try:
            with self.lock:
                self.request.sendall(b"X" + struct.pack("<I", status))
                self.request.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def pump(self, kind, stream):
        while piece := os.read(stream.fileno(), 65536):
            self.put(kind, piece)

    def feed(self):
        """Hands on the input. Behind it, the end of the connection is that of the other program."""
        program = self.program
        try:
            while count := self.number():
                piece = self.take(count)
                try:
                    program.stdin.write(piece)
                except OSError:
                    pass
            self.close_input()
            while self.request.recv(65536):
                pass
        except (EOFError, OSError):
            self.close_input()
        if program.poll() is None:
            self.end()

    def close_input(self):
        try:
            self.program.stdin.close()
        except OSError:
            pass

    def end(self):
        for signum in signal.SIGTERM, signal.SIGKILL:
            try:
                self.program.wait(PATIENCE)
                return
            except subprocess.TimeoutExpired:
                os.killpg(self.program.pid, signum)


class Bridge(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


def main():
    with Bridge(("127.0.0.1", 0), Relay) as bridge:
        bridge.key = secrets.token_hex(16).encode()
        threading.Thread(target=bridge.serve_forever, daemon=True).start()
        os.environ["BRIDGE_PORT"] = str(bridge.server_address[1])
        os.environ["BRIDGE_KEY"] = bridge.key.decode()
        status = subprocess.run(sys.argv[1:]).returncode
        bridge.shutdown()
    sys.exit(status & 255)


main()
