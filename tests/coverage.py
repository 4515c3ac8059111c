#!/usr/bin/env python3
"""Measures which lines of the rooms without Tcl the Rust tests reach, and fails if the share of one
room is below its floor. Lines of tests do not count. What was missed is in target/coverage/missed,
as FILE:LINE.

Usage: tests/coverage.py          measure, or say that LLVM's tools are missing
       tests/coverage.py tools    exit with 0 if they are there
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

# The share of lines in percent, a little below what was measured.
FLOORS = {
    "src/net": 89,
    "src/protocol": 97,
}

TOP = pathlib.Path(__file__).resolve().parent.parent
FOLDER = TOP / "target/coverage"


def output(*command, **more):
    """What a command prints."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **more).stdout


def find_tool(name):
    """The path of a tool of LLVM that reads what this rustc writes: rustup's, or the system's."""
    lines = output("rustc", "--version", "--verbose").splitlines()
    version = dict(line.split(": ") for line in lines if ": " in line)
    libraries = pathlib.Path(output("rustc", "--print", "target-libdir").strip())
    major = version["LLVM version"].split(".")[0]
    return shutil.which(libraries.parent / "bin" / name) or shutil.which(f"{name}-{major}")


def run_tests():
    """Runs the tests with counters. The paths of the programs that ran."""
    shutil.rmtree(FOLDER / "profiles", ignore_errors=True)
    environment = dict(
        os.environ,
        RUSTFLAGS="-C instrument-coverage",
        LLVM_PROFILE_FILE=str(FOLDER / "profiles/%m-%p.profraw"),
    )
    test = ["cargo", "test", "--locked", "--target-dir", str(FOLDER), "--lib", "--tests"]
    built = output(*test, "--no-run", "--message-format", "json", env=environment)
    subprocess.run(test, check=True, env=environment)
    messages = map(json.loads, built.splitlines())
    return [message["executable"] for message in messages if message.get("executable")]


def measure(programs):
    """How often each line was reached: FILE -> LINE -> COUNT."""
    profile = FOLDER / "profile"
    profiles = map(str, (FOLDER / "profiles").iterdir())
    output(find_tool("llvm-profdata"), "merge", "-sparse", "-o", str(profile), *profiles)
    objects = [word for program in programs for word in ("-object", program)]
    export = [find_tool("llvm-cov"), "export", "-format=lcov", f"-instr-profile={profile}"]
    files = {}
    for line in output(*export, *objects[1:], str(TOP / "src")).splitlines():
        kind, _, rest = line.partition(":")
        if kind == "SF":
            lines = files.setdefault(str(pathlib.Path(rest).relative_to(TOP)), {})
        elif kind == "DA":
            number, count = rest.split(",")[:2]
            lines[int(number)] = int(count)
    return files


def last_line(file):
    """The last line before the tests, which stand at the end of each file."""
    lines = (TOP / file).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line == "#[cfg(test)]" and not lines[number + 1].endswith(";"):
            return number
    return len(lines)


def main():
    tools = find_tool("llvm-profdata") and find_tool("llvm-cov")
    if sys.argv[1:] == ["tools"]:
        return 0 if tools else 1
    if not tools:
        print("tests/coverage.py: skipped, as LLVM's tools are missing", file=sys.stderr)
        return 0
    rooms = {room: [0, 0] for room in FLOORS}
    missed = []
    for file, lines in sorted(measure(run_tests()).items()):
        around = [room for room in rooms if file.startswith((room + "/", room + "."))]
        if not around or file.endswith("/testing.rs"):
            continue
        last = last_line(file)
        room = rooms[max(around, key=len)]
        for number, count in sorted(lines.items()):
            if number <= last:
                room[count == 0] += 1
                if count == 0:
                    missed.append(f"{file}:{number}")
    (FOLDER / "missed").write_text("".join(line + "\n" for line in missed), encoding="utf-8")

    status = 0
    print(f"{'room':24} {'lines':>7} {'missed':>7} {'reached':>8} {'floor':>6}")
    for room, (reached, lost) in rooms.items():
        share = 100 * reached / (reached + lost)
        print(f"{room:24} {reached + lost:7} {lost:7} {share:7.1f}% {FLOORS[room]:5}%")
        if share < FLOORS[room]:
            print(f"tests/coverage.py: {room} is below its floor", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
