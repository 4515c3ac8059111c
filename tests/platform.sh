#!/usr/bin/env bash
# Runs the Tcl tests for another processor or C library: with the library in an archive of
# packaging/dist.sh, and with each Tcl of `tests/setup.sh tcl:PLATFORM`. The servers are this
# machine's. The exit status is 1 if a test failed.
#
# Usage: tests/platform.sh PLATFORM ARCHIVE ?OPTION ...?    the options are those of tests/all.tcl
set -euo pipefail
cd "$(dirname "$0")/.."
platform=$1
archive=$PWD/$2
shift 2
home=$PWD/target/platforms/$platform
mkdir -p "$home"
tar -xzf "$archive" -C "$home" --strip-components=1 --wildcards '*/libwww_websocket.so'
tests/tree.sh "$home/tree" "$home/libwww_websocket.so"

export TCLLIBPATH="{$home/tree}" ARCHIVE="$archive"
if grep -q qemu .deps/bin/tclsh8.6-"$platform"; then
    # Programs of 32 bits that qemu runs cannot delete the folders of every file system, but those
    # in memory.
    TMPDIR=$(mktemp -d -p /dev/shm www-websocket.XXXXXX)
    trap 'rm -rf "$TMPDIR"' EXIT
    export TMPDIR TEST_SLOWNESS=20
    set -- -tmpdir "$TMPDIR" "$@"
fi
status=0
for tclsh in "$PWD"/.deps/bin/tclsh*-"$platform"; do
    version=${tclsh##*/tclsh}
    tests/suite.sh "$platform-${version%%-*}" env -C "$home/tree" \
        "$tclsh" tests/all.tcl "$@" || status=1
done
exit "$status"
