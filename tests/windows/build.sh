#!/usr/bin/env bash
# Makes in .deps/windows what runs the Tcl tests for Windows under Wine. tests/setup.sh windows
# calls this, with mingw and Wine installed. What is there already is left alone.
#
# Usage: tests/windows/build.sh tcl VERSION SOURCE   Tcl, of an archive with its source
#        tests/windows/build.sh wine                 all else
#
#   tclVERSION/  Tcl for Windows, as it is installed
#   prefix/      the folder that Wine takes for a computer
#   relay.exe    see relay.c
set -euo pipefail
cd "$(dirname "$0")"
home=$(cd ../.. && pwd)/.deps/windows
compiler=x86_64-w64-mingw32-gcc-win32

build_tcl() { # VERSION SOURCE
    local work=$home/build-$1 options=(--host=x86_64-w64-mingw32 --enable-64bit)
    [ "$1" != 8.6 ] || options+=(--enable-threads)
    rm -rf "$work" "$home/tcl$1.new"
    mkdir -p "$work"
    tar -xf "$2" -C "$work" --strip-components=1
    (
        cd "$work/win"
        sh ./configure "${options[@]}" --prefix="$home/tcl$1.new" CC=$compiler
        make --jobs=2 binaries libraries
        make install-binaries install-libraries
    ) >"$home/build.log" 2>&1 || {
        tail -n 20 "$home/build.log" >&2
        return 1
    }
    # Wine 8 lacks a library that is in every Windows, and that Rust wants for its random numbers.
    $compiler -shared -s -o "$home/tcl$1.new/bin/bcryptprimitives.dll" bcryptprimitives.c -ladvapi32
    mv "$home/tcl$1.new" "$home/tcl$1"
    rm -rf "$work" "$home/build.log"
}

build_wine() {
    [ "$home/relay.exe" -nt relay.c ] ||
        $compiler -municode -O -s -Wall -o "$home/relay.exe" relay.c -lws2_32
    [ -d "$home/prefix" ] && return
    ./wine.sh wineboot --init
    # Tcl's sockets need a window, which this driver has without a display.
    ./wine.sh wine reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f
    ./wine.sh wineserver --kill
    ./wine.sh wineserver --wait
} >&2

mkdir -p "$home"
"build_$1" "${@:2}"
