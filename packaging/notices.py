"""Prints the licences of all code that is linked into the library beside ours.

That is the code of crates. Each text is there once, below the names of the crates that it covers. A
crate without a licence is an error.
"""

import json
import pathlib
import subprocess
import sys

METADATA = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform"]
NAMES = ("license", "licence", "copying", "notice", "copyright", "unlicense")
RULE = "-" * 80


def linked(metadata):
    """The packages with code in the library: no macros, and nothing that only builds or tests."""
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found = {}
    waiting = [metadata["resolve"]["root"]]
    while waiting:
        identity = waiting.pop()
        kinds = {kind for target in packages[identity]["targets"] for kind in target["kind"]}
        if identity in found or "proc-macro" in kinds:
            continue
        found[identity] = packages[identity]
        for dependency in nodes[identity]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    del found[metadata["resolve"]["root"]]
    return sorted(found.values(), key=lambda package: package["name"])


def texts(package):
    """The texts of the licences in a package."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = sorted(file for file in folder.iterdir() if file.name.lower().startswith(NAMES))
    result = []
    for file in files:
        # Some packages have a folder of them.
        for part in sorted(file.rglob("*")) if file.is_dir() else [file]:
            if part.is_file():
                result.append(part.read_text(encoding="utf-8").strip())
    if not result:
        sys.exit(f"packaging/notices.py: {package['name']} comes without a licence")
    return result


def main():
    command = METADATA + [sys.argv[1]]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    covered = {}
    print("www::websocket contains code of these Rust packages:\n")
    for package in linked(metadata):
        name = f"{package['name']} {package['version']}"
        print(f"    {name}: {package['license'] or 'see below'}")
        for text in texts(package):
            # Many differ only in where their lines break.
            covered.setdefault(" ".join(text.split()), ([], text))[0].append(name)
    for names, text in covered.values():
        print(f"\n{RULE}\n{', '.join(names)}\n{RULE}\n\n{text}")


if len(sys.argv) != 2:
    sys.exit("usage: notices.py TARGET")
main()
