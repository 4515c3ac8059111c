#!/usr/bin/env bash
# Installs a Debian package in the Debian releases of `tests/setup.sh chroots`, tries it with each
# Tcl there, and removes it, which must leave nothing. For root.
#
# Usage: tests/deb.sh PACKAGE
set -euo pipefail
cd "$(dirname "$0")/.."
name=tcl-www-websocket
failed=0

# Prints every file of the system in a folder but those that dpkg and apt write in.
files() {
    find "$1" -xdev \( -path "$1/proc" -o -path "$1/var/*/apt" -o -path "$1/var/lib/dpkg" \
        -o -path "$1/var/log" -o -path "$1/var/cache" -o -path "$1/tmp" \) -prune -o -print | sort
}

apt() { # ROOT COMMAND PACKAGE
    chroot "$1" apt-get -qq --yes --no-install-recommends -o Dpkg::Use-Pty=0 "$2" "$3" >&2
}

try() { # ROOT
    apt "$1" install "/tmp/${package##*/}" || return
    for tclsh in "$1"/usr/bin/tclsh?.?; do
        printf '%s, %s: ' "${1##*/}" "${tclsh##*/}"
        chroot "$1" "${tclsh##*/}" /tmp/deb.tcl || return
    done
    for page in www www-websocket; do
        [ -e "$1/usr/share/man/man3/$page.3tcl.gz" ] || return
    done
    apt "$1" remove $name || return
    diff <(echo "$before") <(files "$1")
}

package=$1
if [ "$(id -u)" != 0 ] || ! ls -d .deps/debian* >/dev/null 2>&1; then
    echo 'tests/deb.sh: skipped, as the chroots of Debian are missing, which only root can make' >&2
    exit
fi
export DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH=$PATH:/usr/sbin:/sbin
for root in "$PWD"/.deps/debian*; do
    chroot "$root" dpkg --purge $name 2>/dev/null
    before=$(files "$root")
    cp "$package" tests/deb.tcl "$root/tmp"
    if try "$root"; then
        echo "${root##*/}: ${package##*/} was installed, tried and removed"
    else
        echo "tests/deb.sh: FAILED: ${root##*/}" >&2
        failed=1
    fi
done
exit "$failed"
