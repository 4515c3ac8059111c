"""What is measured of WebSockets, with which clients, and what it should come to."""

import plots
from model import KIB, MIB, Client, Goal, Suite, Workload
from programs import TCL86, node_environment, ours, python, scripts


def clients(top, before=None):
    """All clients; `top` is the folder of the project, `before` that of another state of it."""
    folder = scripts(top)
    packages = f"{folder}/python_client.py"
    return [
        *ours(top, before, f"{folder}/www_websocket.tcl", deflate=True),
        Client("tcllib", (TCL86, f"{folder}/tcllib.tcl")),
        Client("websockets", (python(top), packages, "websockets"), deflate=True),
        Client("aiohttp", (python(top), packages, "aiohttp"), deflate=True),
        Client("picows", (python(top), f"{folder}/picows_client.py", "picows")),
        Client(
            "ws",
            ("node", f"{folder}/node_ws.js"),
            deflate=True,
            environment=node_environment(top),
        ),
        Client("tungstenite", (f"{top}/target/release/tungstenite_client",)),
        Client("socket", (TCL86, f"{folder}/bare_socket.tcl"), "bare"),
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

SUITE = Suite(
    "websockets",
    ("ws", "wss"),
    clients,
    WORKLOADS,
    GOALS,
    {"throughput": plots.throughput, "messages": plots.messages},
)
