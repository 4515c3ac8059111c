#!/bin/sh
# Fetches what building and testing need and the machine lacks. Debian packages are installed by
# apt-get when root runs this; otherwise their command is printed, and the exit status is 1. All
# else goes into .deps/ at the project's top. What is there already is left alone.
#
# Usage: tests/setup.sh PART ...
#   build     cargo and a linker
#   tcl8.6    tclsh8.6 and its Thread package
#   tcl9.0    the same for 9.0: the system's, or .deps/bin/tclsh9.0
#   python    .deps/python, with the packages of tests/servers/requirements.txt
#   node      .deps/node, with the packages of tests/servers/package.json
#   network   openssl, and web servers and proxies, which tests start by themselves
#   sanitize  a nightly Rust, which has AddressSanitizer
#   headers   libclang and the headers of both Tcls, to generate the bindings
set -eu
cd "$(dirname "$0")/.."
top=$PWD
deps=$top/.deps
packages=
services=
# Where Debian has servers.
PATH=$PATH:/usr/sbin

say() { printf 'tests/setup.sh: %s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

has() { command -v "$1" >/dev/null; }

# Notes Debian packages as missing.
want() { packages="$packages $*"; }

# Does this tclsh have the package?
tcl_has() {
    printf 'exit [catch {package require %s}]\n' "$2" | "$1" >/dev/null 2>&1
}

# Can apt install this package here?
apt_offers() {
    has apt-cache && apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'
}

root_do() {
    DEBIAN_FRONTEND=noninteractive "$@" >&2 || fail "failed: $*"
}

install_wanted() {
    [ -n "$packages" ] || return 0
    command="apt-get install -y --no-install-recommends$packages"
    if ! has apt-get || [ "$(id -u)" != 0 ]; then
        say 'packages are missing; as root, run'
        echo "$command" >&2
        exit 1
    fi
    say "installing$packages"
    root_do apt-get update -qq
    forbid_services
    # shellcheck disable=SC2086 # a command line, split at its blanks
    root_do $command -qq -o Dpkg::Use-Pty=0
    # shellcheck disable=SC2086 # several names
    [ -z "$services" ] || ! has systemctl || root_do systemctl disable --quiet $services
}

# Notes the Debian package of a server as missing. Neither now nor later will the system start it.
want_server() {
    want "$1"
    services="$services $2"
}

# Packages start their servers unless this script, which they ask, says no.
forbid_services() {
    policy=/usr/sbin/policy-rc.d
    [ -e "$policy" ] && return
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
}

# Every part has two steps: want_PART notes Debian packages, make_PART fills .deps.

want_build() {
    has cargo || fail 'Rust is missing: install it with rustup (https://rustup.rs)'
    has cc || want gcc libc6-dev
}
make_build() { :; }

want_tcl86() {
    has tclsh8.6 || want tcl8.6
    tcl_has tclsh8.6 Thread || want tcl-thread
}
make_tcl86() { :; }

want_tcl90() {
    [ -x "$deps/bin/tclsh9.0" ] && return
    if has tclsh9.0 || apt_offers tcl9.0; then
        has tclsh9.0 || want tcl9.0
        tcl_has tclsh9.0 Thread || want tcl9.0-thread
    else
        grep -qs '^ID=debian' /etc/os-release ||
            fail 'Tcl 9.0 is missing: tclsh9.0 must be in the PATH'
    fi
}
make_tcl90() {
    has tclsh9.0 || [ -x "$deps/bin/tclsh9.0" ] || unpack_tcl90
}

# Tcl 9.0 for Debian releases that lack it: unpacked from the packages of a later release, beside
# the C library that they were built for, without touching the system.
unpack_tcl90() {
    say 'fetching Tcl 9.0 into .deps'
    apt=$deps/apt
    tree=$deps/tcl9
    rm -rf "$apt" "$tree"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/state" "$tree" "$deps/bin"
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || fail 'no Debian mirror found in /etc/apt'
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$keyring] $mirror trixie main" >"$apt/sources.list"
    later_apt update -qq
    (
        cd "$apt"
        later_apt download -qq tcl9.0 libtcl9.0 tcl9.0-dev tcl9.0-thread libc6 zlib1g libtommath1
        for package in *.deb; do dpkg -x "$package" "$tree"; done
    )
    rm -rf "$apt"

    # Tcl looks for packages and modules in these places beside the folder of its program.
    (cd "$tree/usr/lib" && ln -s tcltk/*/thread* . && mkdir tcl9 && ln -s ../tcl9.0/tcl9 tcl9/9.0)
    # --argv0 makes [info nameofexecutable] the wrapper, so that scripts can start it again.
    mv "$tree/usr/bin/tclsh9.0" "$tree/usr/bin/tclsh9.0.program"
    cat >"$tree/usr/bin/tclsh9.0" <<'WRAPPER'
#!/bin/sh
# Runs Tcl 9.0 with the C library that it was built for. Made by tests/setup.sh.
self=$(readlink -f "$0")
libraries=$(echo "${self%/bin/*}"/lib/*-linux-gnu*)
exec "$libraries"/ld-linux-*.so.* --argv0 "$self" \
    --library-path "$libraries:/lib/${libraries##*/}" "$self.program" "$@"
WRAPPER
    chmod +x "$tree/usr/bin/tclsh9.0"
    tcl_has "$tree/usr/bin/tclsh9.0" tcltest || fail "$tree/usr/bin/tclsh9.0 does not work"
    ln -sf ../tcl9/usr/bin/tclsh9.0 "$deps/bin/tclsh9.0"
}

# apt-get with lists and a cache of its own, away from the system's.
later_apt() {
    apt-get -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" -o Dir::State="$apt/state" \
        -o APT::Sandbox::User="$(id -un)" "$@" >&2 || fail "apt-get $* failed"
}

# The first archive in this machine's own apt sources, in either format.
debian_mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
        2>/dev/null |
        sed -nE 's/^(URIs:|deb( +\[[^]]*\])?) +([^ ]+).*/\3/p' | grep -v security | head -n 1
}

want_python() {
    [ -x "$deps/python/bin/python" ] && return
    has python3 || want python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || want python3-venv
}
make_python() {
    list=tests/servers/requirements.txt
    cmp -s "$list" "$deps/python/installed" && return
    say "fetching Python's packages into .deps"
    rm -rf "$deps/python"
    python3 -m venv "$deps/python"
    "$deps/python/bin/pip" install --quiet --disable-pip-version-check -r "$list" >&2
    cp "$list" "$deps/python/installed"
}

want_node() {
    has node || want nodejs
    has npm || want npm
}
make_node() {
    list=tests/servers/package.json
    cmp -s "$list" "$deps/node/installed" && return
    say "fetching Node's ws into .deps"
    rm -rf "$deps/node"
    mkdir -p "$deps/node"
    cp "$list" "$deps/node/package.json"
    npm install --prefix "$deps/node" --silent --no-package-lock --no-audit --no-fund >&2
    cp "$list" "$deps/node/installed"
}

want_network() {
    has openssl || want openssl
    has nginx || want_server nginx nginx
    has apache2 || want apache2-bin
    has lighttpd || want_server lighttpd lighttpd
    has tinyproxy || want tinyproxy-bin
    has microsocks || want microsocks
}
make_network() { :; }

want_sanitize() {
    cargo +nightly version >/dev/null 2>&1 || has rustup ||
        fail 'rustup is missing, which installs a nightly Rust (https://rustup.rs)'
}
make_sanitize() {
    cargo +nightly version >/dev/null 2>&1 ||
        rustup toolchain install nightly --profile minimal >&2 || fail 'no nightly Rust'
}

want_headers() {
    [ -f /usr/include/tcl8.6/tcl.h ] || want tcl8.6-dev
    [ -f /usr/include/tcl9.0/tcl.h ] || ! apt_offers tcl9.0-dev || want tcl9.0-dev
    # The compiler's own headers come in a package beside the library's.
    if ! ls /usr/lib/llvm-*/lib/libclang*.so* /usr/lib/llvm-*/lib/clang/*/include/stddef.h \
        >/dev/null 2>&1; then
        clang=$(apt-cache depends libclang-dev 2>/dev/null |
            sed -n 's/.*Depends: libclang-\([0-9]*\)-dev.*/\1/p')
        want "libclang1-${clang:-14}" "libclang-common-${clang:-14}-dev"
    fi
}
make_headers() {
    [ -f /usr/include/tcl9.0/tcl.h ] || [ -f "$deps/tcl9/usr/include/tcl9.0/tcl.h" ] ||
        unpack_tcl90
}

[ $# -gt 0 ] || fail 'which part? build tcl8.6 tcl9.0 python node network sanitize headers'
parts=
for part; do
    case $part in
    build | python | node | network | sanitize | headers) parts="$parts $part" ;;
    tcl8.6) parts="$parts tcl86" ;;
    tcl9.0) parts="$parts tcl90" ;;
    *) fail "no such part: $part" ;;
    esac
done
for part in $parts; do "want_$part"; done
install_wanted
for part in $parts; do "make_$part"; done
