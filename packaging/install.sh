#!/bin/sh
# Installs or removes the built packages, the manuals and, if asked to, the Tcl modules. `make
# install` and `make uninstall` run this.
#
# Usage: packaging/install.sh install|uninstall
# In the environment, or as arguments of make:
#   PREFIX     the folder above all others; default: /usr/local
#   LIBRARY    what is installed; default: what `make` built
#   DESTDIR    goes before all folders, for those who make packages; default: nothing
#   TCLLIBDIR  gets the folder of the packages; default: below PREFIX, where tclsh looks for some
#   TMDIR      a folder of Tcl modules, which gets ours, one for each package; default: none
#   MANDIR     default: PREFIX/share/man
#   DOCDIR     default: PREFIX/share/doc/www-websocket
#   TCLSH86, TCLSH90    the programs that are asked; default: tclsh8.6 and tclsh9.0
set -eu
cd "$(dirname "$0")/.."
version=$(sed -nE 's/^version = "(.*)"/\1/p' Cargo.toml | head -n 1)
prefix=${PREFIX:-/usr/local}
manuals=${MANDIR:-$prefix/share/man}/mann
documents=${DOCDIR:-$prefix/share/doc/www-websocket}

say() { printf 'packaging/install.sh: %s\n' "$*" >&2; }

# The library, by the name that it has on this system.
built() {
    for name in libwww_websocket.so libwww_websocket.dylib www_websocket.dll; do
        if [ -f "target/release/$name" ]; then
            printf '%s\n' "target/release/$name"
            return
        fi
    done
}

# The tclsh of either version, as far as they are there.
interpreters() {
    for tclsh in "${TCLSH86:-tclsh8.6}" "${TCLSH90:-tclsh9.0}"; do
        if command -v "$tclsh" >/dev/null; then
            printf '%s\n' "$tclsh"
        fi
    done
}

# The folders that get the package: below the prefix the first where each Tcl looks for packages, or
# lib where none does.
package_folders() {
    if [ -n "${TCLLIBDIR-}" ]; then
        printf '%s\n' "$TCLLIBDIR"
        return
    fi
    found=$(interpreters | while IFS= read -r tclsh; do
        "$tclsh" packaging/folder.tcl "$prefix"
    done | sort -u)
    printf '%s\n' "${found:-$prefix/lib}"
}

# Runs a command with each folder of the package.
each_package() {
    package_folders | while IFS= read -r folder; do
        "$@" "${DESTDIR-}$folder/www-websocket$version"
    done
}

install_package() {
    install -d "$1"
    install -m 644 "$library" pkgIndex.tcl LICENSE "$1"
    say "installed $1"
}

remove_package() {
    rm -rf "$1"
    say "removed $1"
}

# Runs a command with the path of each Tcl module.
each_module() {
    packaging/modules.sh | while IFS= read -r module; do
        "$@" "${DESTDIR-}$TMDIR/$module"
    done
}

install_module() {
    install -d "$(dirname "$1")"
    install -m 644 packaging/module.tm "$1"
    say "installed $1"
}

remove_module() {
    rm -f "$1"
    say "removed $1"
}

# Says which versions each Tcl finds, and what to do where one is another.
report_found() {
    interpreters | while IFS= read -r tclsh; do
        sed -nE 's/^ +(www|www::websocket) ([0-9.]+)$/\1 \2/p' pkgIndex.tcl |
            while IFS=' ' read -r package expected; do
                report_package "$tclsh" "$package" "$expected"
            done
    done
}

report_package() {
    found=$(echo "puts [package require $2]" | "$1" 2>&1 | head -n 1)
    say "$1: package require $2: $found"
    case $found in
    "$3") ;;
    [0-9]*) say 'a Tcl module comes first: install again with TMDIR=the folder of modules' ;;
    *) say "name the folder in TCLLIBPATH or auto_path" ;;
    esac
}

case ${1-} in
install)
    library=${LIBRARY:-$(built)}
    if [ -z "$library" ]; then
        say 'there is no library in target/release: run "make" first'
        exit 1
    fi
    each_package install_package
    [ -z "${TMDIR-}" ] || each_module install_module
    install -d "${DESTDIR-}$manuals" "${DESTDIR-}$documents"
    install -m 644 doc/www.n doc/www-websocket.n "${DESTDIR-}$manuals"
    install -m 644 doc/www.html doc/www-websocket.html README.md CHANGELOG.md \
        "${DESTDIR-}$documents"
    [ -n "${DESTDIR-}" ] || report_found
    ;;
uninstall)
    each_package remove_package
    [ -z "${TMDIR-}" ] || each_module remove_module
    rm -f "${DESTDIR-}$manuals/www.n" "${DESTDIR-}$manuals/www-websocket.n"
    rm -rf "${DESTDIR-}$documents"
    ;;
*)
    say 'install or uninstall?'
    exit 2
    ;;
esac
