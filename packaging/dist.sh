#!/bin/sh
# Makes the archive for people who do not build: the library, what Tcl needs to find it, the
# documentation and the licences. Prints its path,
# target/dist/www-websocket-VERSION-linux-PROCESSOR.tar.gz; musl's ends in -musl, and Windows's is
# www-websocket-VERSION-windows-PROCESSOR.zip. `make dist` runs this. The same source and tools give
# the same archive, byte for byte.
#
# Usage: packaging/dist.sh TARGET    one of Rust's, such as aarch64-unknown-linux-gnu
set -eu
cd "$(dirname "$0")/.."
target=$1
library=$(packaging/library.sh "$target")
version=$(sed -nE 's/^version = "(.*)"/\1/p' Cargo.toml | head -n 1)
processor=${target%%-*}
case $target in
*-windows-*) name=www-websocket-$version-windows-$processor ;;
*-musl) name=www-websocket-$version-linux-$processor-musl ;;
*) name=www-websocket-$version-linux-$processor ;;
esac
folder=target/dist/$name

rm -rf "$folder"
mkdir -p "$folder/www" "$folder/doc" "$folder/examples" "$folder/licences"
cp "$library" pkgIndex.tcl README.md CHANGELOG.md LICENSE "$folder"
packaging/modules.sh | while IFS= read -r module; do
    cp packaging/module.tm "$folder/$module"
done
cp doc/www.* doc/www-websocket.* doc/install.md doc/guide.md doc/reverse-proxies.md "$folder/doc"
cp examples/*.tcl "$folder/examples"
python3 packaging/notices.py "$target" >"$folder/licences/crates.txt"
cp "$(rustc --print sysroot)/share/doc/rust/COPYRIGHT-library.html" "$folder/licences/rust.html"

moment=$(git log -1 --format=%ct 2>/dev/null || date -r Cargo.toml +%s)
moment=@${SOURCE_DATE_EPOCH:-$moment}
case $target in
*-windows-*)
    # What begins and ends a library there is of mingw-w64.
    cp .deps/zig/lib/python3*/site-packages/ziglang/lib/libc/mingw/COPYING \
        "$folder/licences/mingw-w64.txt"
    archive=$folder.zip
    rm -f "$archive"
    chmod -R u+rw,go=rX "$folder"
    find "$folder" -exec touch --date="$moment" {} +
    (cd target/dist && TZ=UTC python3 -m zipfile -c "$name.zip" "$name")
    ;;
*)
    archive=$folder.tar.gz
    tar --create --directory target/dist --sort=name --mtime="$moment" --owner=0 --group=0 \
        --numeric-owner --mode=u+rw,go=rX,a-s "$name" | gzip -9n >"$archive"
    ;;
esac
rm -rf "$folder"
echo "$archive"
