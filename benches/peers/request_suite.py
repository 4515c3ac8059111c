"""What is measured of HTTP requests, with which clients, and what it should come to."""

from model import JSON_SIZE, KIB, MIB, Client, Goal, Suite, Workload
from programs import TCL86, node_environment, ours, python, scripts


def clients(top, before=None):
    """All clients; `top` is the folder of the project, `before` that of another state of it."""
    folder = scripts(top)
    packages = f"{folder}/request_python.py"
    return [
        *ours(top, before, f"{folder}/request_www.tcl"),
        # Its multi handles crash, even in its own examples.
        Client("tclcurl", (TCL86, f"{folder}/request_tclcurl.tcl"), lacks=("get_many",)),
        Client("tcl-http", (TCL86, f"{folder}/request_http.tcl")),
        Client("requests", (python(top), packages, "requests")),
        Client("aiohttp", (python(top), packages, "aiohttp")),
        Client(
            "undici",
            ("node", f"{folder}/request_undici.js"),
            environment=node_environment(top),
        ),
        Client("curl", (python(top), f"{folder}/request_curl.py", "curl"), "command"),
    ]


def small(name, title, count, operation="get", path=f"/content/{KIB}", size=KIB, **more):
    """A workload of small contents, whose requests are counted."""
    return Workload(name, title, operation, "requests/s", path, size=size, count=count, **more)


def large(name, title, operation, path=f"/content/{256 * MIB}", unit="MB/s", **more):
    """A workload of one large content."""
    defaults = {"size": 256 * MIB, "count": 1, "least_seconds": 1}
    return Workload(name, title, operation, unit, path, **(defaults | more))


SCRIPTING = ("tclcurl", "tcl-http", "requests", "aiohttp", "undici")

# The command collects nothing.
PACKAGES = ("ours", "peer")

WORKLOADS = [
    small("get", "GET 1 KiB, one after the other", 200),
    small(
        "get-32",
        "GET 1 KiB, 32 at a time",
        32 * 20,
        "get_many",
        options={"concurrency": 32},
    ),
    small("tls-once", "GET 1 KiB, a connection each, TLS", 10, path=f"/once/{KIB}", tls=True),
    small(
        "gzip",
        "GET 100 KiB of JSON as text, gzip",
        20,
        "get_text",
        "/orders",
        JSON_SIZE,
    ),
    large("collect", "download 256 MiB, collected", "get", clients=PACKAGES),
    large("to-file", "download 256 MiB to a file", "get_file", file="target"),
    large("handler", "download 256 MiB through a handler", "get_pieces", clients=PACKAGES),
    large("upload", "upload 256 MiB from a file", "put_file", "/count", file="source"),
    large(
        "file-peak",
        "memory for 256 MiB to a file",
        "get_file",
        unit="MiB",
        file="target",
        once=True,
        clients=PACKAGES,
    ),
]

GOALS = [
    Goal("get", least=1, clients=("tclcurl",)),
    Goal("get", least=2, clients=("undici",)),
    Goal("get", least=5, clients=("tcl-http",)),
    Goal("get-32", least=1, clients=SCRIPTING),
    Goal("tls-once", least=2, clients=SCRIPTING),
    *(
        Goal(workload, least=1, clients=("tclcurl",))
        for workload in ("collect", "to-file", "handler", "upload")
    ),
    Goal("file-peak", most=8),
    Goal("gzip", least=1, clients=SCRIPTING),
]

SUITE = Suite("requests", ("http", "https"), clients, WORKLOADS, GOALS)
