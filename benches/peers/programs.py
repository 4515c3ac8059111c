"""The programs that run the clients and the servers."""

import shutil

from model import Client

TCL86 = "tclsh8.6"


def tcl90(top):
    return shutil.which("tclsh9.0") or f"{top}/.deps/bin/tclsh9.0"


def python(top):
    return f"{top}/.deps/bench-python/bin/python"


def node_environment(top):
    return {"NODE_PATH": f"{top}/.deps/bench-node/node_modules"}


def scripts(top):
    return f"{top}/benches/peers/clients"


def ours(top, before, script, **more):
    """The clients that run a script with the package: of the project in the folder `top`, and of
    another state of it in the folder `before` if there is one."""
    packages = {"ours": top} | ({"before": before} if before else {})
    return [
        Client(
            f"{name}-{tcl}",
            (tclsh, script),
            "ours",
            environment={"TCLLIBPATH": f"{{{folder}}}"},
            **more,
        )
        for name, folder in packages.items()
        for tcl, tclsh in (("8.6", TCL86), ("9.0", tcl90(top)))
    ]
