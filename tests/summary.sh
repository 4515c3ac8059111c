#!/bin/sh
# Prints what tests/suite.sh counted, as a table.
cd "$(dirname "$0")/.." || exit
cat target/suites/*.count 2>/dev/null | awk '
    BEGIN { printf "\n%-8s %8s %8s %8s\n", "suite", "passed", "failed", "skipped" }
    {
        printf "%-8s %8d %8d %8d\n", $1, $2, $3, $4
        passed += $2; failed += $3; skipped += $4
    }
    END { printf "%-8s %8d %8d %8d\n", "total", passed, failed, skipped }
'
