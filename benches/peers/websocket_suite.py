"""What is measured, with which clients, and what it should come to: the benchmark's data."""

import shutil
from dataclasses import dataclass, field

KIB, MIB = 1 << 10, 1 << 20


@dataclass(frozen=True)
class Client:
    """A program to measure; clients/measure.tcl describes what they all understand."""

    name: str
    command: tuple
    # "ours": the package of this project. "peer": another one. "bare": a socket without WebSocket,
    # which speaks to the server's other side.
    kind: str = "peer"
    # It can do permessage-deflate.
    deflate: bool = False
    environment: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Workload:
    """Something to measure."""

    name: str
    title: str
    operation: str
    # What a figure is in; it says which part of a result the figure is made of.
    unit: str
    path: str = "/echo"
    tls: bool = False
    kind: str = "text"
    # Bytes of a message.
    size: int = 0
    # Operations between two looks at the clock.
    count: int = 1
    # For how long it is measured at least: operations that take long are more than one then.
    least_seconds: float = 0
    # Nothing is done to warm up, and the operations are done once.
    once: bool = False
    deflate: bool = False
    # Which kinds of clients are measured.
    clients: tuple = ("ours", "peer", "bare")
    # More options for the client.
    options: dict = field(default_factory=dict)

    @property
    def is_memory(self):
        """Whether less is better, and one run tells as much as many."""
        return self.unit in ("KiB", "MiB")

    @property
    def files(self):
        """How many files a client has open: its connections, and not many others."""
        connections = self.count if self.operation in ("idle", "open_many") else 1
        return self.options.get("beside", 0) + connections + 100


@dataclass(frozen=True)
class Goal:
    """What a workload should come to.

    Without `clients` and `workload_of`: `most`, in the workload's unit. Otherwise a ratio: to the
    best of the clients, or to the same client, at the same workload or another one.
    """

    workload: str
    # No less than this,
    least: float = 0
    # or no more; a dict has a figure for each version of Tcl.
    most: float | dict = 0
    clients: tuple = ()
    workload_of: str = ""
    # What the ratio is of: the rate, the time or the processor time of an operation.
    of: str = "rate"


def clients(top, before=None):
    """All clients; `top` is the folder of the project, `before` that of another state of it."""
    scripts = f"{top}/benches/peers/clients"
    tcl86 = "tclsh8.6"
    tcl90 = shutil.which("tclsh9.0") or f"{top}/.deps/bin/tclsh9.0"
    python = f"{top}/.deps/bench-python/bin/python"
    node = {"NODE_PATH": f"{top}/.deps/bench-node/node_modules"}
    ours = f"{scripts}/www_websocket.tcl"
    packages = {"ours": top} | ({"before": before} if before else {})
    return [
        *(
            Client(
                f"{name}-{tcl}",
                (tclsh, ours),
                "ours",
                deflate=True,
                environment={"TCLLIBPATH": f"{{{folder}}}"},
            )
            for name, folder in packages.items()
            for tcl, tclsh in (("8.6", tcl86), ("9.0", tcl90))
        ),
        Client("tcllib", (tcl86, f"{scripts}/tcllib.tcl")),
        Client("websockets", (python, f"{scripts}/python_client.py", "websockets"), deflate=True),
        Client("aiohttp", (python, f"{scripts}/python_client.py", "aiohttp"), deflate=True),
        Client("picows", (python, f"{scripts}/picows_client.py", "picows")),
        Client("ws", ("node", f"{scripts}/node_ws.js"), deflate=True, environment=node),
        Client("tungstenite", (f"{top}/target/release/tungstenite_client",)),
        Client("socket", (tcl86, f"{scripts}/bare_socket.tcl"), "bare"),
    ]


def texts(name, title, operation, size, count, **more):
    """A workload of small messages, which are counted."""
    return Workload(name, title, operation, "messages/s", size=size, count=count, **more)


def echo(name, title, size, count, **more):
    """A ping-pong workload of binary messages, of which the bytes are counted."""
    defaults = {"operation": "pingpong", "unit": "MB/s", "kind": "binary"}
    return Workload(name, title, size=size, count=count, **(defaults | more))


TCL = ("ours", "bare")
OURS = ("ours",)

WORKLOADS = [
    texts("echo-32", "ping-pong, 32 B text", "pingpong", 32, 500),
    texts("tls-echo-32", "ping-pong, 32 B text, TLS", "pingpong", 32, 500, tls=True),
    texts("pipeline", "20,000 x 32 B text out, echoes back", "pipeline", 32, 20_000),
    texts("receive", "receive 125 B text", "receive", 125, 20_000, path="/source"),
    texts(
        "receive-all",
        "receive 125 B text, receive -all",
        "receive",
        125,
        20_000,
        path="/source",
        clients=OURS,
        options={"batches": 1},
    ),
    texts(
        "callback",
        "the callback alone, 125 B text, in a C loop",
        "evaluate",
        125,
        20_000,
        clients=OURS,
    ),
    echo("echo-1k", "ping-pong, 1 KiB binary", KIB, 200),
    echo("echo-64k", "ping-pong, 64 KiB", 64 * KIB, 8),
    echo("echo-1m", "ping-pong, 1 MiB", MIB, 1),
    echo("echo-16m", "ping-pong, 16 MiB", 16 * MIB, 1),
    echo("send", "send 64 KiB", 64 * KIB, 64, operation="send", path="/sink"),
    echo("tls-echo-64k", "ping-pong, 64 KiB, TLS", 64 * KIB, 8, tls=True),
    Workload("connect", "open and close", "connect", "connections/s", count=10),
    Workload("tls-connect", "open and close, TLS", "connect", "connections/s", count=5, tls=True),
    echo("deflate", "ping-pong, 4 KiB JSON, deflate", 4 * KIB, 64, kind="text", deflate=True),
    echo(
        "deflate-alone",
        "ping-pong, 4 KiB JSON, deflate by the client alone",
        4 * KIB,
        64,
        kind="text",
        deflate=True,
        path="/prepared",
    ),
    Workload("idle", "memory of an idle connection", "idle", "KiB", count=1000),
    Workload("tls-idle", "memory of an idle connection, TLS", "idle", "KiB", count=250, tls=True),
    echo("peak", "memory for one echo of 16 MiB", 16 * MIB, 1, unit="MiB", once=True),
    texts("echo-1", "ping-pong, 1 B text", "pingpong", 1, 500, clients=TCL),
    echo("echo-256m", "ping-pong, 256 MiB", 256 * MIB, 1, clients=TCL, least_seconds=2),
    texts(
        "pipeline-1m",
        "1,000,000 x 32 B text out, echoes back",
        "pipeline",
        32,
        1_000_000,
        once=True,
        clients=OURS,
    ),
    texts(
        "echo-beside",
        "ping-pong, 32 B text, beside 1,000 connections",
        "pingpong",
        32,
        500,
        clients=TCL,
        options={"beside": 1000},
    ),
    texts(
        "echo-beside-10k",
        "ping-pong, 32 B text, beside 10,000 connections",
        "pingpong",
        32,
        500,
        clients=OURS,
        options={"beside": 10_000},
    ),
    Workload(
        "open-first",
        "open 10,000 connections: the first 1,000",
        "open_many",
        "connections/s",
        count=1000,
        once=True,
        clients=OURS,
    ),
    Workload(
        "open-last",
        "open 10,000 connections: the last 1,000",
        "open_many",
        "connections/s",
        count=1000,
        once=True,
        clients=OURS,
        options={"beside": 9000},
    ),
    Workload(
        "timer",
        "delay of a timer while 1 GB comes in",
        "timer",
        "ms",
        "/source",
        size=64 * KIB,
        count=16_000,
        clients=OURS,
    ),
]

SCRIPTING = ("tcllib", "websockets", "aiohttp", "picows", "ws")

GOALS = [
    *(
        Goal(workload, least=least, clients=(client,))
        for workload in ("echo-32", "tls-echo-32")
        for client, least in (("socket", 1), ("ws", 1), ("picows", 1), ("tungstenite", 0.9))
    ),
    *(
        Goal("echo-1k", least=least, clients=(client,))
        for client, least in (("socket", 1), ("ws", 1), ("tungstenite", 0.9))
    ),
    Goal("echo-beside", least=0.9, workload_of="echo-32"),
    Goal("echo-beside-10k", least=0.8, workload_of="echo-32"),
    Goal("receive", most=1.35, workload_of="callback", of="time"),
    *(
        Goal("receive-all", least=1.5, workload_of="receive", clients=(client,))
        for client in ("ws", "picows")
    ),
    Goal("pipeline", least=6, clients=("ws",)),
    Goal("pipeline", least=4, clients=("picows",)),
    Goal("pipeline-1m", least=0.9, workload_of="pipeline"),
    *(
        Goal(workload, least=1, clients=(client,))
        for workload in ("echo-64k", "send", "tls-echo-64k")
        for client in ("tungstenite", "picows")
    ),
    *(Goal(workload, least=1, clients=("tungstenite",)) for workload in ("echo-1m", "echo-16m")),
    Goal("echo-256m", least=0.9, workload_of="echo-16m"),
    Goal("connect", least=2, clients=SCRIPTING),
    Goal("tls-connect", least=3, clients=SCRIPTING),
    Goal("open-last", least=0.8, workload_of="open-first"),
    Goal("deflate", most=0.5, clients=("aiohttp",), of="processor time"),
    Goal("deflate-alone", least=2, clients=SCRIPTING),
    Goal("idle", most={"8.6": 4, "9.0": 5.5}),
    Goal("tls-idle", most={"8.6": 12, "9.0": 13.5}),
    Goal("peak", most=34),
    Goal("timer", most=20),
]
