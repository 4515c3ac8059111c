#!/bin/sh
# Runs a program that loads Tcl with Tcl 9.0: the system's, or that of .deps, which needs the C
# library that it was built for. For cargo, as the runner of its tests.
#
# Usage: tests/with-tcl9.sh PROGRAM ?ARGUMENT ...?
set -eu
export LIBTCL=libtcl9.0.so
loader=$(echo "$(dirname "$0")"/../.deps/tcl9/usr/lib/*-linux-gnu*/ld-linux-*.so.*)
[ -e "$loader" ] || exec "$@"
libraries=${loader%/*}
exec "$loader" --library-path "$libraries:/lib/${libraries##*/}" "$@"
