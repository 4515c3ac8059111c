"""What the benchmark's data is made of: clients, workloads, goals, and suites of these."""

from collections.abc import Callable
from dataclasses import dataclass, field

KIB, MIB = 1 << 10, 1 << 20

# Bytes of the JSON text that the server has compressed.
JSON_SIZE = 100 * KIB


@dataclass(frozen=True)
class Client:
    """A program to measure; measure.tcl and request.tcl in clients/, and src/bin/load for servers,
    describe what they all understand."""

    name: str
    command: tuple
    # "ours": the package of this project. "peer": another one. "bare": a socket without WebSocket,
    # which speaks to the server's other side. "command": a program of its own, started for a batch.
    kind: str = "peer"
    # It can do permessage-deflate.
    deflate: bool = False
    # Operations that it cannot do.
    lacks: tuple = ()
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
    clients: tuple = ("ours", "peer", "bare", "command")
    # A file that the client sends ("source", of `size` bytes) or makes ("target").
    file: str = ""
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
        connections = self.options.get("connections", connections)
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


@dataclass(frozen=True)
class Suite:
    """Workloads that the same programs do: they share tables."""

    name: str
    # Of the URLs that clients get, without and with TLS; none, where servers are measured.
    schemes: tuple
    # Makes the clients; it gets the folder of the project, and that of another state of it or None.
    clients: Callable
    workloads: list
    goals: list
    # Draws of a report, by the names of their files.
    plots: dict = field(default_factory=dict)
