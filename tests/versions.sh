#!/bin/sh
# Checks that every file that names the version of a package names the same. For www::websocket that
# in Cargo.toml is the one that counts: what packaging/ makes and installs takes it from there. For
# www it is that in pkgIndex.tcl.
cd "$(dirname "$0")/.." || exit
status=0

# Usage: version FILE. The one of $package in it.
version() {
    case $1 in
    Cargo.toml) sed -nE 's/^version = "(.*)"/\1/p' "$1" ;;
    pkgIndex.tcl) sed -nE "s/^ +$package ([0-9.ab]+)$/\1/p" "$1" ;;
    *.md) # the first two numbers, to which the third is added
        sed -nE "s/^ *package require $package ([0-9.]+)$/\1.${expected##*.}/p" "$1" ;;
    *.n) sed -nE "s/^\.TH .*\"$package ([^\"]*)\".*/\1/p" "$1" ;;
    *.html) sed -nE "s/^<title>$package (.*)<.*/\1/p" "$1" ;;
    esac | head -n 1
}

# Usage: compare FILE ... Each with the first one.
compare() {
    expected=$(version "$1")
    for file in "$@"; do
        say "$file" "$(version "$file")"
    done
}

say() {
    echo "$package in $1: ${2:-no version}"
    [ "$2" = "$expected" ] || status=1
}

package=www
compare pkgIndex.tcl doc/www.md doc/www.n doc/www.html
package=www::websocket
compare Cargo.toml pkgIndex.tcl doc/www-websocket.md doc/www-websocket.n doc/www-websocket.html
say CHANGELOG.md "$(sed -nE 's/^## \[?([0-9][^] ]*).*/\1/p' CHANGELOG.md | head -n 1)"

[ $status = 0 ] || echo "tests/versions.sh: the versions differ" >&2
exit $status
