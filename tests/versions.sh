#!/bin/sh
# Checks that every file that names the version of this package names the same. That in Cargo.toml
# is the one that counts: what packaging/ makes and installs takes it from there.
cd "$(dirname "$0")/.." || exit

version() {
    case $1 in
    Cargo.toml) sed -nE 's/^version = "(.*)"/\1/p' "$1" ;;
    pkgIndex.tcl) grep -oE 'www::websocket [0-9][0-9.ab]*' "$1" | cut -d ' ' -f 2 ;;
    doc/www-websocket.md) # the first two numbers, to which the third is added
        sed -nE "s/^ *package require www::websocket ([0-9.]+)$/\1.${expected##*.}/p" "$1" ;;
    doc/www-websocket.n) sed -nE 's/^\.TH .*"www::websocket ([^"]*)".*/\1/p' "$1" ;;
    doc/www-websocket.html) sed -nE 's/^<title>www::websocket (.*)<.*/\1/p' "$1" ;;
    CHANGELOG.md) sed -nE 's/^## \[?([0-9][^] ]*).*/\1/p' "$1" ;;
    esac | head -n 1
}

expected=$(version Cargo.toml)
status=0
for file in Cargo.toml pkgIndex.tcl CHANGELOG.md doc/www-websocket.md doc/www-websocket.n \
    doc/www-websocket.html; do
    found=$(version "$file")
    echo "$file: ${found:-no version}"
    [ "$found" = "$expected" ] || status=1
done
[ $status = 0 ] || echo "tests/versions.sh: the versions differ" >&2
exit $status
