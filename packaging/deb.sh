#!/bin/sh
# Makes the package for Debian and Ubuntu, with the library that packaging/library.sh builds, and
# prints its path, target/dist/tcl-www-websocket_VERSION_PROCESSOR.deb. `make deb` runs this. The
# same source and tools give the same package, byte for byte.
#
# Usage: packaging/deb.sh TARGET    one of Rust's, such as aarch64-unknown-linux-gnu
# In the environment:
#   DEBFULLNAME, DEBEMAIL    who maintains the package; default: the author of the last commit
set -eu
cd "$(dirname "$0")/.."
target=$1
case $target in
x86_64-*-gnu) processor=amd64 ;;
i686-*-gnu) processor=i386 ;;
aarch64-*-gnu) processor=arm64 ;;
armv7-*-gnueabihf) processor=armhf ;;
*)
    echo "packaging/deb.sh: not known to Debian: $target" >&2
    exit 1
    ;;
esac
TOP=$PWD
LIBRARY=$PWD/$(packaging/library.sh "$target")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export TOP LIBRARY SOURCE_DATE_EPOCH
version=$(sed -nE 's/^version = "(.*)"/\1/p' Cargo.toml | head -n 1)
glibc=$(sed -n 's/^floor=//p' packaging/library.sh)
maintainer="${DEBFULLNAME:-$(git log -1 --format=%an)} <${DEBEMAIL:-$(git log -1 --format=%ae)}>"

folder=target/debian/$processor/source
rm -rf "target/debian/$processor"
mkdir -p "$folder"
cp -r packaging/debian "$folder"
sed -i "s/@MAINTAINER@/$maintainer/; s/@GLIBC@/$glibc/" "$folder/debian/control"
python3 packaging/notices.py "$target" >"$folder/NOTICES"
{
    cat packaging/debian/copyright
    sed -n '/^Permission/,$ { s/^$/./; s/^/ /; p }' LICENSE
} >"$folder/debian/copyright"
cat >"$folder/debian/changelog" <<CHANGELOG
tcl-www-websocket ($version) unstable; urgency=medium

  * www::websocket $version: CHANGELOG.md of its source tells what is new.

 -- $maintainer  $(date -Ru -d "@$SOURCE_DATE_EPOCH")
CHANGELOG
(cd "$folder" && dpkg-buildpackage --build=binary --no-sign --no-check-builddeps \
    --host-arch="$processor" >../log 2>&1) || {
    cat "target/debian/$processor/log" >&2
    exit 1
}
mkdir -p target/dist
package=tcl-www-websocket_${version}_$processor.deb
cp "target/debian/$processor/$package" target/dist
echo "target/dist/$package"
