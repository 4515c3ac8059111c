#!/usr/bin/env bash
# Runs the Tcl tests with AddressSanitizer and LeakSanitizer: the library is instrumented, and runs
# in a tclsh made for that (tests/sanitize/tclsh.rs). Processes that tests start with [info
# nameofexecutable] run in it as well, and are watched, too. Prints every report at the end; the
# exit status is 1 if there is one, or a test failed.
#
# Usage: tests/sanitize.sh TCLSH ?OPTION ...?    the options are those of tests/all.tcl
#
# Where a report ends at a function of Tcl, ASAN_OPTIONS=fast_unwind_on_malloc=0 gives the callers,
# too, and takes twenty times as long.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD
tclsh=$(readlink -f "$(command -v "$1")")
shift
version=$(echo 'puts [info tclversion]' | "$tclsh")
target=$(rustc +nightly -vV | sed -n 's/^host: //p')

# Not --release: this build checks for overflow, and its reports name lines.
RUSTFLAGS='-Zsanitizer=address -Cforce-frame-pointers' \
    cargo +nightly build --lib --target "$target" --target-dir target/sanitize

# The tclsh, in a folder of its own with the other one's libraries beside it, where Tcl looks for
# its scripts. That it is linked to the loader and C library there matters for the Tcl 9 in .deps.
home=$top/target/sanitize/tcl$version
libraries=$(echo "${tclsh%/bin/*}"/lib/*-linux-gnu*)
loader=$(echo "$libraries"/ld-linux*.so.*)
mkdir -p "$home/bin"
ln -sfn "${tclsh%/bin/*}/lib" "$home/lib"
rustc +nightly --edition 2024 --cfg "tcl=\"$version\"" -Zsanitizer=address \
    -Zexport-executable-symbols -C link-arg=-rdynamic -C link-arg="$libraries/libtcl$version.so" \
    -C link-arg="-Wl,--allow-shlib-undefined,--dynamic-linker,$loader" \
    -C link-arg="-Wl,--disable-new-dtags,-rpath,$libraries" \
    -o "$home/bin/tclsh$version" tests/sanitize/tclsh.rs

tree=$home/tree
tests/tree.sh "$tree" "target/sanitize/$target/debug/libwww_websocket.so"

# These measure memory, of which the sanitizer takes a share of its own; the last one starts a copy
# of this tclsh, which finds no scripts of Tcl then.
skip='lifetime-7.6 lifetime-7.7 lifetime-7.8 lifetime-7.9 deflate-6.9 image-1.1'
# In these others leak: Tk and the libraries below it, the package vfs, and Tcl its table of
# scripted channels once that has had a dozen of them. They run apart, without a look at leaks.
leaking='examples-* guide-* fresh-3.* image-1.2 certificates-6.* faults-2.* faults-3.*'

# Files, since the standard error of many processes goes nowhere.
reports=$home/reports
rm -rf "$reports"
mkdir "$reports"
status=0
cd "$tree"
# What was freed is kept for a while, to find whoever still uses it: little enough for tests that
# look at the memory of the process.
run() { # LEAKS OPTION ...
    options=log_path=$reports/report:detect_leaks=$1:quarantine_size_mb=1
    ASAN_OPTIONS=$options:thread_local_quarantine_size_kb=64${ASAN_OPTIONS:+:$ASAN_OPTIONS} \
        TEST_SLOWNESS=5 TCLLIBPATH="{$tree}" \
        "$home/bin/tclsh$version" tests/all.tcl "${@:2}" || status=1
}
run 1 -skip "$skip $leaking" -notfile 'examples.test guide.test' "$@"
run 0 -file 'certificates.test examples.test faults.test fresh.test guide.test image.test' \
    -match "$leaking" "$@"
for report in "$reports"/*; do
    [ -e "$report" ] || continue
    # A process that was forked off cannot stop the threads of its parent, and says so.
    if ! grep -qv 'was not suspended. False leaks are possible.' "$report"; then
        rm "$report"
        continue
    fi
    status=1
    cat "$report"
done
echo "sanitizer reports under Tcl $version: $(find "$reports" -type f | wc -l)"
exit "$status"
