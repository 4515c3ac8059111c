#!/bin/sh
# Builds the library for people who do not build, on whatever Linux or Windows they have, and prints
# its path. The linker and C compiler of Zig (tests/setup.sh dist) know every processor.
#
# Usage: packaging/library.sh TARGET    one of Rust's, such as aarch64-unknown-linux-gnu
#
# With glibc, every version from 2.28 (2018) on will do: the linker links against that one, whatever
# this system has. Afterwards it is looked up what the library really needs. For Windows, it is
# linked against the C library that every Windows has from version 10 on, as Rust's own wants it.
set -eu
cd "$(dirname "$0")/.."
target=$1
floor=2.28
library=target/$target/release/libwww_websocket.so
case $target in *-windows-*) library=target/$target/release/www_websocket.dll ;; esac

# Panics name source files, whose folders differ from system to system and should not be published.
separator=$(printf '\037')
flags=--remap-path-prefix=$PWD=.$separator
flags=$flags--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo
wanted=$target
case $target in
# A library that Tcl loads takes the C library of the program.
*-musl) flags=$flags$separator-Ctarget-feature=-crt-static ;;
*-windows-*) ;;
*) wanted=$target.$floor ;;
esac
CARGO_ENCODED_RUSTFLAGS=$flags PATH=$PWD/.deps/zig/bin:$PATH \
    cargo zigbuild --release --locked --lib --target "$wanted" >&2

fail() {
    echo "packaging/library.sh: $library needs $*" >&2
    exit 1
}

case $target in
*-musl)
    others=$(readelf -d "$library" | sed -nE '/NEEDED/s/.*\[(.*)\]/\1/p' | grep -vx libc.so) &&
        fail "$others"
    ;;
*-windows-*)
    # Those of a compiler are called so; Windows's own are not.
    others=$(objdump -p "$library" | sed -nE 's/.*DLL Name: (lib.*)/\1/p')
    [ -z "$others" ] || fail "$others"
    ;;
*)
    needed=$(readelf -W --dyn-syms "$library" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' |
        sort -uV | tail -n 1)
    echo "$library needs glibc $needed" >&2
    [ "$(printf '%s\n' "$needed" "$floor" | sort -V | tail -n 1)" = "$floor" ] ||
        fail "glibc $needed, which is above $floor"
    ;;
esac
echo "$library"
