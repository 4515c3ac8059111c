#!/usr/bin/env python3
"""Measures the packages against other clients and servers; make bench runs it. There are three
suites: one of WebSockets, one of requests, one of servers.

    bench.py run   measures, prints the tables, and writes them and the plots to target/bench
    bench.py show  prints the tables again
    bench.py core  prints what cargo bench measured
    bench.py doc   puts the results of the last runs of all into doc/performance.md

The environment narrows what is measured, and how often:

    BENCH_ONLY     names of suites, and of workloads in the files of these; all by default
    BENCH_CLIENTS  names of clients; all by default
    BENCH_SECONDS  how long one client does one workload, 0.5 by default
    BENCH_REPEATS  how often all is repeated, 5 by default; the tables show medians
    BENCH_BEFORE   another checkout of this project, built, which is measured as well
"""

import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import textwrap
import time

import core
import limits
import request_suite
import runner
import server_suite
import websocket_suite
from report import Report, markdown, plain, show, value

SUITES = [websocket_suite.SUITE, request_suite.SUITE, server_suite.SUITE]
TOP = pathlib.Path(__file__).resolve().parents[2]
FOLDER = TOP / "target" / "bench"
CRITERION = TOP / "target" / "criterion"
DOC = TOP / "doc"


def main():
    actions = {"run": measure, "show": print_tables, "core": print_core, "doc": write_doc}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:
        sys.exit(__doc__)
    actions[sys.argv[1]]()


def measure():
    FOLDER.mkdir(parents=True, exist_ok=True)
    workloads = named("BENCH_ONLY", lambda suite: suite.workloads, SUITES)
    clients = named("BENCH_CLIENTS", lambda suite: suite.clients(TOP, before()))
    measured = [suite for suite in SUITES if workloads[suite.name] and clients[suite.name]]
    for suite in measured:
        measure_suite(suite, clients[suite.name], workloads[suite.name])
    for suite in measured:
        print_suite(suite)


def measure_suite(suite, chosen_clients, chosen_workloads):
    chosen_workloads, too_large = limits.affordable(chosen_workloads)
    for workload in too_large:
        text = f"{workload.name}: skipped, as no {workload.files} files may be open (ulimit -Hn)"
        print(text, file=sys.stderr)
    data = {
        "date": time.strftime("%Y-%m-%d"),
        "machine": machine(),
        "seconds": float(os.environ.get("BENCH_SECONDS") or 0.5),
        "repeats": int(os.environ.get("BENCH_REPEATS") or 5),
        "clients": {
            client.name: {"version": version(client), "kind": client.kind}
            for client in chosen_clients
        },
    }
    data["results"] = runner.measure(
        TOP,
        FOLDER,
        suite,
        chosen_clients,
        chosen_workloads,
        data["seconds"],
        data["repeats"],
        progress,
    )
    results(suite).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    write_plots(suite, Report(suite, data), FOLDER)


def before():
    return os.environ.get("BENCH_BEFORE")


def results(suite):
    """The file that keeps what was measured last of a suite."""
    return FOLDER / f"{suite.name}.json"


def named(variable, offered, suites=()):
    """For each suite, those of what it offers that an environment variable names, or whose suite it
    names; all if it names none."""
    names = set(os.environ.get(variable, "").replace(",", " ").split())
    items = {suite.name: offered(suite) for suite in SUITES}
    known = {item.name for suite in items.values() for item in suite}
    known |= {suite.name for suite in suites}
    if names - known:
        sys.exit(f"{variable}: no {', '.join(names - known)}; there are {' '.join(sorted(known))}")
    return {
        name: [item for item in suite if not names or names & {name, item.name}]
        for name, suite in items.items()
    }


def machine():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processors ({cpu[1] if cpu else platform.machine()}), {memory:.0f} GiB,"
        f" {platform.system()} {platform.release().split('-')[0]}"
    )


def version(client):
    """What a client says it is."""
    if client.name == "tungstenite":
        lock = (TOP / "Cargo.lock").read_text(encoding="utf-8")
        number = re.search(r'name = "tungstenite"\nversion = "(.*)"', lock)[1]
        compiler = subprocess.run(
            ["rustc", "--version"], capture_output=True, text=True, check=True
        )
        return f"Rust {compiler.stdout.split()[1]}, tungstenite {number}"
    output = subprocess.run(
        [*client.command, "versions"],
        env={**os.environ, **client.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if output.returncode != 0:
        sys.exit(f"{client.name} does not start:\n{output.stderr}")
    return output.stdout.strip()


def progress(result, workload):
    """Shows on a terminal what was measured last."""
    if "error" in result:
        text = result["error"].splitlines()[-1]
    else:
        text = f"{show(value(result, workload))} {workload.unit}"
    print(f"{result['round'] + 1} {workload.name} {result['client']}: {text}", file=sys.stderr)


def load(suite):
    """What was measured last of a suite."""
    file = results(suite)
    if not file.exists():
        sys.exit(f"no {file}: run make bench first")
    return json.loads(file.read_text(encoding="utf-8"))


def print_tables():
    for suite in SUITES:
        print_suite(suite)


def print_suite(suite):
    data = load(suite)
    report = Report(suite, data)
    print(f"\n{suite.name}, {data['date']}, {data['machine']}")
    for name, client in data["clients"].items():
        print(f"  {name}: {client['version']}")
    print(f"\nMedians of {data['repeats']} rounds of {data['seconds']:g} s\n")
    print(plain(report.figures()))
    print("\nProcessor time of the program for one operation, in microseconds\n")
    print(plain(report.processor()))
    if report.ours:
        print("\nGoals\n")
        print(plain(report.goals()))
    print(f"\n{disturbance(report)}")
    for (workload, client), error in report.errors.items():
        print(f"{client} failed at {workload}: {error}")


def disturbance(report):
    """Says how much of the machine other programs used."""
    median, highest = report.noise()
    return f"Other programs kept {median:.2f} processors busy meanwhile, {highest:.2f} at most."


def print_core():
    print(plain(core.table(CRITERION)))


def write_plots(suite, report, folder):
    for name, draw in suite.plots.items():
        if drawing := draw(report):
            (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")


def write_doc():
    """Puts the tables between their markers, and the plots beside the page. What was not measured
    here stays as it is."""
    page = DOC / "performance.md"
    text = page.read_text(encoding="utf-8")
    for name, part in parts().items():
        marker = f"<!-- bench: {name} -->"
        before, found, rest = text.partition(f"{marker}\n")
        _, end, after = rest.partition("<!-- end -->")
        if not found or not end:
            sys.exit(f"{page} has no part {marker}")
        text = f"{before}{marker}\n\n{part}\n\n{end}{after}"
    page.write_text(text, encoding="utf-8")


def parts():
    """The parts of the page by their names."""
    result = {}
    for suite in SUITES:
        if results(suite).exists():
            data = load(suite)
            report = Report(suite, data)
            missing = {w.name for w in suite.workloads} - {w.name for w in report.workloads}
            if missing or set(data["clients"]) != {client.name for client in suite.clients(TOP)}:
                sys.exit(
                    f"the last run of {suite.name} was narrowed; the page shows all workloads and"
                    " clients, and no others"
                )
            result |= tables(suite, data, report)
            write_plots(suite, report, DOC)
    if CRITERION.exists():
        result["core"] = markdown(core.table(CRITERION))
    if not result:
        sys.exit("nothing was measured: run make bench, or make bench-core, first")
    return result


def tables(suite, data, report):
    versions = [f"- `{name}`: {client['version']}" for name, client in data["clients"].items()]
    circumstances = (
        f"{data['date']}: {data['machine']}. Medians of {data['repeats']} rounds, in which each"
        f" {'client' if suite.schemes else 'server'} had {data['seconds']:g} s for each workload."
        f" {disturbance(report)}"
    )
    return {
        f"{suite.name}, machine": "\n".join([textwrap.fill(circumstances, 100), "", *versions]),
        f"{suite.name}, figures": markdown(report.figures()),
        f"{suite.name}, processor": markdown(report.processor()),
        f"{suite.name}, goals": markdown(report.goals()),
    }


if __name__ == "__main__":
    main()
