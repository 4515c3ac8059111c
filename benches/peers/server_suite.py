"""What is measured of servers of WebSockets, of which, and what it should come to.

src/bin/load starts each of them, and is the same client for all.
"""

from dataclasses import replace

from model import KIB, Client, Goal, Suite, Workload
from programs import TCL86, node_environment, ours, python


def clients(top, before=None):
    """All servers; `top` is the folder of the project, `before` that of another state of it."""
    folder = f"{top}/benches/peers/servers"
    servers = [
        *ours(top, before, f"{folder}/www_listen.tcl"),
        # It answers no close message, and waits in select, which takes 1,024 files.
        Client("tcllib", (TCL86, f"{folder}/tcllib.tcl"), lacks=("open", "echo_many")),
        Client("websockets", (python(top), f"{folder}/python_server.py", "websockets")),
        Client("aiohttp", (python(top), f"{folder}/python_server.py", "aiohttp")),
        Client("picows", (python(top), f"{folder}/picows_server.py", "picows")),
        Client("ws", ("node", f"{folder}/node_ws.js"), environment=node_environment(top)),
    ]
    load = f"{top}/target/release/load"
    return [replace(server, command=(load, *server.command, "--")) for server in servers]


def echo(name, title, connections, size=32, unit="messages/s", operation="echo", **more):
    """A workload of messages that come back, each to the client that has sent it."""
    options = {"connections": connections}
    return Workload(name, title, operation, unit, "/echo", size=size, options=options, **more)


def opening(name, title, **more):
    """A workload of connections that are opened and closed."""
    options = {"connections": 32}
    return Workload(name, title, "open", "connections/s", "/echo", options=options, **more)


WORKLOADS = [
    echo("serve-echo", "echo 32 B text, 100 clients", 100),
    echo("serve-echo-64k", "echo 64 KiB, 10 clients", 10, 64 * KIB, "MB/s", kind="binary"),
    echo("serve-echo-10k", "echo 32 B text, 10,000 clients", 10_000, operation="echo_many"),
    opening("serve-open", "accept and close, 32 clients"),
    opening("serve-tls-open", "accept and close, 32 clients, TLS", tls=True),
    Workload(
        "broadcast",
        "broadcast 1 KiB to 1,000 clients",
        "broadcast",
        "messages/s",
        "/broadcast",
        kind="binary",
        size=KIB,
        count=10_000,
        least_seconds=1,
        options={"connections": 1000},
    ),
    Workload("serve-idle", "memory of an idle connection", "idle", "KiB", "/echo", count=1000),
]

GOALS = [
    Goal("serve-echo", least=1, clients=("ws",)),
    Goal("serve-echo-64k", least=1, clients=("ws",)),
    Goal("serve-echo-10k", least=0.8, workload_of="serve-echo"),
    Goal("serve-open", least=1, clients=("ws",)),
    Goal("serve-tls-open", least=2, clients=("ws",)),
    Goal("broadcast", least=2, clients=("ws",)),
    # The goal is that of Tcl 8.6; what an object takes in Tcl 9 is in the goal of clients.
    Goal("serve-idle", most={"8.6": 4, "9.0": 5.5}),
]

SUITE = Suite("servers", (), clients, WORKLOADS, GOALS)
