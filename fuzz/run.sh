#!/usr/bin/env bash
# Runs fuzz targets, one after the other, each for a time, beginning with their corpora. Prints a
# line for each: how many inputs were tried, how many places in the code (edges) they reached, and
# how many findings there are, which are files in target/fuzz/findings/. The inputs that libFuzzer
# collects stay in target/fuzz/corpus/, for the next run, and its output in target/fuzz/*.log. The
# exit status is 1 if anything was found.
#
# Usage: fuzz/run.sh SECONDS [TARGET ...]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
PATH=$PWD/.deps/cargo-fuzz/bin:$PATH

# Fuzz with the same versions of dependencies as the library is built with.
[ fuzz/Cargo.lock -nt Cargo.lock ] || cp Cargo.lock fuzz/Cargo.lock
cargo +nightly fuzz build --target-dir target/fuzz/build
programs=$(dirname "$(find target/fuzz/build/*/release -maxdepth 1 -name frames)")
if [ $# = 0 ]; then
    mapfile -t < <(cargo fuzz list)
    set -- "${MAPFILE[@]}"
fi

# The number after these words in the log.
number() {
    sed -nE "s/.*$1 *([0-9]+).*/\1/p" "$log" | tail -n 1
}

status=0
printf '%-16s %8s %12s %8s %9s\n' target seconds executions edges findings
for target; do
    log=target/fuzz/$target.log
    collected=target/fuzz/corpus/$target
    findings=target/fuzz/findings/$target
    mkdir -p "$collected" "$findings"
    options=(
        -max_total_time="$seconds" -timeout=30 -print_final_stats=1 -artifact_prefix="$findings/"
    )
    dictionary=fuzz/dictionaries/$target
    [ -e "$dictionary" ] && options+=(-dict="$dictionary")
    if ! nice "$programs/$target" "${options[@]}" "$collected" "fuzz/corpus/$target" 2>"$log"; then
        status=1
        grep -m 1 -A 3 -E 'panicked at|ERROR:' "$log" || tail "$log"
    fi
    printf '%-16s %8d %12d %8d %9d\n' "$target" "$seconds" \
        "$(number stat::number_of_executed_units:)" "$(number cov:)" \
        "$(find "$findings" -type f | wc -l)"
done
exit "$status"
