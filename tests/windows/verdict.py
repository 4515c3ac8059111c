"""Counts what came of the Tcl tests under Wine, and compares what failed with expected.txt.

Usage: verdict.py VERSION FOLDER FILE ...

The folder has the output of each file. The exit status is 1 where a test failed that is not
expected to, or a file did not come to its end.
"""

import fnmatch
import pathlib
import re
import sys

TOTAL = re.compile(r"\tTotal\t(\d+)\tPassed\t(\d+)\tSkipped\t(\d+)\tFailed\t(\d+)")
FAILED = re.compile(r"^==== (\S+) FAILED\r?$", re.MULTILINE)


def expected(version):
    """The patterns of the tests that may fail, each line of the list being one and its reason."""
    patterns = []
    for line in pathlib.Path(__file__).with_name("expected.txt").read_text().splitlines():
        pattern, only, *_ = [*line.split(maxsplit=2), "", ""]
        if pattern and pattern != "#" and only in ("*", version):
            patterns.append(pattern)
    return patterns


def main():
    version, folder, *files = sys.argv[1:]
    patterns = expected(version)
    counts = [0, 0, 0]
    surprises, known = [], []
    for file in files:
        output = (pathlib.Path(folder) / f"{file}.log").read_text(errors="replace")
        total = TOTAL.search(output)
        if total is None:
            surprises.append(f"{file} (no end)")
        else:
            counts = [old + int(new) for old, new in zip(counts, total.groups()[1:])]
        for name in FAILED.findall(output):
            is_known = any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
            (known if is_known else surprises).append(name)
    passed, skipped, failed = counts
    print(f"Tcl {version} under Wine: {passed} passed, {skipped} skipped, {failed} failed")
    if known:
        print("failed, as expected.txt says:", *known)
    if surprises:
        print("failed:", *surprises)
    sys.exit(bool(surprises))


main()
