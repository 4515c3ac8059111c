#!/usr/bin/env bash
# Runs one test suite, and keeps its output in target/suites/NAME.log and its counts in NAME.count:
# "NAME PASSED FAILED SKIPPED". The command is cargo test or a tclsh with tests/all.tcl. Its exit
# status is passed on; a suite that fails without a failed test, as by a crash, counts one.
#
# Usage: tests/suite.sh NAME COMMAND ...
set -uo pipefail
cd "$(dirname "$0")/.." || exit
name=$1
shift
mkdir -p target/suites
log=target/suites/$name.log

printf '\n== %s\n' "$name"
"$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

awk -v name="$name" -v status="$status" '
    /^test result: / { passed += $4; failed += $6; skipped += $8 }
    /^all\.tcl:\tTotal\t/ { passed += $5; skipped += $7; failed += $9 }
    /^Test files exiting with errors:/ { aborted = 1; next }
    aborted && /^  [^ ]/ { failed++ }
    END {
        if (status != 0 && !failed) failed = 1
        print name, passed + 0, failed + 0, skipped + 0
    }
' "$log" >"target/suites/$name.count"
exit "$status"
