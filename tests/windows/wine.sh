#!/bin/sh
# Runs a command with what Wine is told by its environment: its folder is in .deps/windows; no
# window, no report of a crash, neither Mono nor Gecko.
#
# Usage: tests/windows/wine.sh COMMAND ...
home=$(cd "$(dirname "$0")/../.." && pwd)/.deps/windows
export WINEPREFIX="$home/prefix" WINEDEBUG=-all DISPLAY=
export WINEDLLOVERRIDES='winedbg.exe=d;mscoree=d;mshtml=d;winemenubuilder.exe=d'
exec "$@"
