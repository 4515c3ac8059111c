#!/bin/sh
# Prints the Tcl module of each package in pkgIndex.tcl, as a path below a folder of modules.
set -eu
cd "$(dirname "$0")/.."
sed -nE 's/^ +(www[a-z0-9:]*) ([0-9.]+)$/\1-\2.tm/p' pkgIndex.tcl | sed 's,::,/,'
