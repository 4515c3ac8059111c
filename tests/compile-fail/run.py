#!/usr/bin/env python3
"""Compiles the programs beside this file, none of which may compile: each line that ends with
"//~ WORDS" has to be an error that contains the words, and no other line one. They include src/tcl,
whose types the library keeps to itself."""

import json
import os
import pathlib
import re
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
TOP = FOLDER.parent.parent


def libraries():
    """The options by which rustc finds what the library depends on."""
    check = ["cargo", "check", "--locked", "--lib", "--message-format", "json"]
    printed = subprocess.run(check, cwd=TOP, check=True, stdout=subprocess.PIPE, text=True).stdout
    folders, found = set(), {}
    for message in map(json.loads, printed.splitlines()):
        for file in map(pathlib.Path, message.get("filenames", [])):
            if file.suffix == ".rmeta" and message["target"]["kind"] == ["lib"]:
                folders.add(file.parent)
                # What build scripts depend on is there as well, with fewer features.
                name, features = message["target"]["name"], len(message["features"])
                found[name] = max(found.get(name, (0, "")), (features, str(file)))
    externs = [f"--extern={name}={file}" for name, (_, file) in found.items()]
    return externs + [f"-Ldependency={folder}" for folder in folders]


def complaints(program, options):
    """What is not as the program says."""
    name = program.relative_to(TOP)
    rustc = ["rustc", "--edition", "2024", "--emit", "metadata", "--error-format", "short"]
    built = TOP / "target/compile-fail"
    command = [*rustc, "--out-dir", str(built), *options, str(name)]
    environment = dict(os.environ, CARGO_PKG_NAME="www-websocket")
    run = subprocess.run(command, cwd=TOP, env=environment, stderr=subprocess.PIPE, text=True)

    lines = program.read_text(encoding="utf-8").splitlines()
    expected = dict(enumerate((line.partition("//~ ")[2] for line in lines), 1))
    missing = {number for number, words in expected.items() if words}
    if not missing:
        yield f"{name}: no line is marked as an error"
    for line in run.stderr.splitlines():
        error = re.match(r"(.*?):(\d+):\d+: error", line)
        if error:
            number = int(error[2])
            if error[1] == str(name) and expected[number] and expected[number] in line:
                missing.discard(number)
            else:
                yield line
        elif line.startswith("error") and not line.startswith("error: aborting"):
            yield line
    for number in sorted(missing):
        yield f"{name}:{number}: this line should fail to compile with {expected[number]}"


def main():
    (TOP / "target/compile-fail").mkdir(parents=True, exist_ok=True)
    options = libraries()
    programs = sorted(FOLDER.glob("*.rs"))
    found = [line for program in programs for line in complaints(program, options)]
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
