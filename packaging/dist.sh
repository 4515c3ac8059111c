#!/bin/sh
# Makes the archive for people who do not build:
# target/dist/www-websocket-VERSION-linux-PROCESSOR.tar.gz with the library, what Tcl needs to find
# it, the documentation and the licences. `make dist` runs this.
#
# The library must run with every C library from glibc 2.28 (2018) on. The linker of Zig links
# against that version, whatever this system has; afterwards the version that the library really
# needs is looked up. The same source and tools give the same archive, byte for byte.
set -eu
cd "$(dirname "$0")/.."
floor=2.28
processor=$(uname -m)
target=$processor-unknown-linux-gnu
version=$(sed -nE 's/^version = "(.*)"/\1/p' Cargo.toml | head -n 1)
name=www-websocket-$version-linux-$processor
folder=target/dist/$name
library=target/$target/release/libwww_websocket.so

# Panics name source files, whose folders differ from system to system and should not be published.
separator=$(printf '\037')
cargo_home=${CARGO_HOME:-$HOME/.cargo}
here=--remap-path-prefix=$PWD=.
crates=--remap-path-prefix=$cargo_home=cargo
export CARGO_ENCODED_RUSTFLAGS="$here$separator$crates"
PATH=$PWD/.deps/zig/bin:$PATH
cargo zigbuild --release --locked --target "$target.$floor"

needed=$(objdump -T "$library" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -uV | tail -n 1)
echo "$library needs glibc $needed"
if [ "$(printf '%s\n' "$needed" "$floor" | sort -V | tail -n 1)" != "$floor" ]; then
    echo "packaging/dist.sh: that is above $floor" >&2
    exit 1
fi

rm -rf "$folder"
mkdir -p "$folder/www" "$folder/doc" "$folder/examples" "$folder/licences"
cp "$library" pkgIndex.tcl README.md CHANGELOG.md LICENSE "$folder"
packaging/modules.sh | while IFS= read -r module; do
    cp packaging/module.tm "$folder/$module"
done
cp doc/www.* doc/www-websocket.* doc/guide.md doc/reverse-proxies.md "$folder/doc"
cp examples/*.tcl "$folder/examples"
python3 packaging/notices.py "$target" >"$folder/licences/crates.txt"
cp "$(rustc --print sysroot)/share/doc/rust/COPYRIGHT-library.html" "$folder/licences/rust.html"

moment=$(git log -1 --format=%ct 2>/dev/null || date -r Cargo.toml +%s)
tar --create --directory target/dist --sort=name --mtime="@${SOURCE_DATE_EPOCH:-$moment}" \
    --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX,a-s "$name" | gzip -9n >"$folder.tar.gz"
rm -rf "$folder"
echo "$folder.tar.gz"
