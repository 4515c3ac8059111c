"""Runs the clients against the server, and the load on servers, one after the other, and collects
what they print."""

import contextlib
import gzip
import json
import os
import pathlib
import random
import subprocess
import tempfile
import time

from model import JSON_SIZE

# Seconds after which a client is ended and counts as failed.
LIMIT = 120

# Seconds to warm up.
WARMUP = 0.15

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """The server, for as long as the context lasts."""

    def __init__(self, top, folder):
        self.command = [f"{top}/target/release/server", folder]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.plain, self.tls = map(int, self.process.stdout.readline().split())
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def cpu(self):
        """The processor time that it has taken, in seconds."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def machine_cpu():
    """The processor time that all programs have taken, in seconds."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _idle, _wait, *interrupts = map(int, file.readline().split()[1:8])
    return (user + nice + system + sum(interrupts)) / TICKS


def json_texts(size, number=16):
    """Lines of JSON, as an exchange might send them. All together they are more than the window of
    permessage-deflate, so that none can be referred to when its turn comes again."""
    choice = random.Random(7692)
    lines = []
    for _ in range(number):
        orders = []
        while len(json.dumps(orders)) < size:
            orders.append(order(choice))
        lines.append(json.dumps(orders)[:size])
    return "\n".join(lines)


def json_document(size):
    """Such orders in so many bytes."""
    choice = random.Random(9110)
    document = "[" + json.dumps(order(choice))
    while len(following := f"{document}, {json.dumps(order(choice))}") < size:
        document = following
    return document.ljust(size - 1) + "]"


def order(choice):
    return {
        "id": choice.randrange(10**9),
        "symbol": choice.choice(["ACME", "GLOBEX", "INITECH", "UMBRELLA"]),
        "side": choice.choice(["buy", "sell"]),
        "price": round(choice.lognormvariate(4, 1), 2),
        "quantity": choice.randrange(1, 500),
    }


@contextlib.contextmanager
def scratch(workloads):
    """A folder for the files that clients send and make. It is in memory, where there is such a
    place, so that no disk is measured."""
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        sizes = [workload.size for workload in workloads if workload.file == "source"]
        for size in sizes[:1]:
            pathlib.Path(folder, "source").write_bytes(b"<" + b" " * (size - 2) + b">")
        yield folder


def options(suite, workload, server, folder, files, seconds):
    """The words for a client, behind the operation."""
    result = {
        **target(suite, workload, server, folder),
        "kind": workload.kind,
        "size": workload.size,
        "count": workload.count,
        "warmup": 0 if workload.once else WARMUP,
        "seconds": 0 if workload.once else max(seconds, workload.least_seconds),
        **workload.options,
    }
    if workload.deflate:
        result["compress"] = 1
        result["messages"] = f"{folder}/messages.json"
    if workload.file:
        result["file"] = f"{files}/{workload.file}"
    return [str(word) for pair in result.items() for word in pair]


def target(suite, workload, server, folder):
    """Where the server is, or what one that is measured needs."""
    if not suite.schemes:
        files = ("certificate", "key") if workload.tls else ()
        return {"path": workload.path, **{name: f"{folder}/{name}.pem" for name in files}}
    port = server.tls if workload.tls else server.plain
    scheme = suite.schemes[workload.tls]
    result = {"url": f"{scheme}://127.0.0.1:{port}{workload.path}", "port": port}
    return result | ({"ca": f"{folder}/ca.pem"} if workload.tls else {})


def run(client, words):
    """Runs a client. Returns what it printed, or what went wrong, and its processor time."""
    process = subprocess.Popen(
        [*client.command, *words],
        env={**os.environ, **client.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        output, errors = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return {"error": f"not done after {LIMIT} seconds"}
    if process.returncode != 0:
        return {"error": (errors.strip() or f"exit status {process.returncode}")[-500:]}
    return json.loads(output)


def applies(client, workload):
    """Whether the client can do the workload, and is meant to."""
    can = workload.operation not in client.lacks and (client.deflate or not workload.deflate)
    return can and client.kind in workload.clients


def measure(top, folder, suite, chosen_clients, chosen_workloads, seconds, repeats, progress):
    """Measures workloads of a suite with its clients, in turn, as often as `repeats` says.

    Returns a list of results: what the client printed, which client and workload it was, in which
    round, and how many processors others kept busy meanwhile ("noise").
    """
    results = []
    (folder / "messages.json").write_text(json_texts(4096), encoding="ascii")
    document = json_document(JSON_SIZE).encode("ascii")
    (folder / "orders.json.gz").write_bytes(gzip.compress(document, 6))
    with Server(top, folder) as server, scratch(chosen_workloads) as files:
        for round_ in range(repeats):
            for workload in chosen_workloads:
                if workload.is_memory and round_ > 0:
                    continue
                # Nobody is always the first.
                turn = round_ % len(chosen_clients)
                for client in chosen_clients[turn:] + chosen_clients[:turn]:
                    if not applies(client, workload):
                        continue
                    words = options(suite, workload, server, folder, files, seconds)
                    before = time.monotonic(), machine_cpu() - server.cpu(), children_cpu()
                    result = run(client, [workload.operation, *words])
                    elapsed = time.monotonic() - before[0]
                    others = machine_cpu() - server.cpu() - before[1]
                    noise = (others - (children_cpu() - before[2])) / elapsed
                    result |= {
                        "client": client.name,
                        "workload": workload.name,
                        "round": round_,
                        "noise": round(max(0, noise), 2),
                    }
                    results.append(result)
                    progress(result, workload)
    return results


def children_cpu():
    """The processor time that the clients have taken, in seconds."""
    times = os.times()
    return times.children_user + times.children_system
