#!/bin/sh
# Fetches what building and testing need and the machine lacks. Debian packages are installed by
# apt-get when root runs this; otherwise their command is printed, and the exit status is 1. All
# else goes into .deps/ at the project's top. What is there already is left alone.
#
# Usage: tests/setup.sh PART ...
#   build     cargo and a linker
#   tcl8.6    tclsh8.6 and its packages Thread and vfs
#   tcl9.0    9.0 and Thread: the system's, or .deps/bin/tclsh9.0
#   tcl9.1    the same for 9.1
#   newest    .deps/bin/tclsh8.6-newest and tclsh9.0-newest: Debian's newest releases of these
#   tcl:OTHER Tcl for another processor (i386, arm64, armhf, s390x) or musl, as
#             .deps/bin/tclsh8.6-OTHER and, where it can be had, tclsh9.0-OTHER
#   python    .deps/python, with the packages of tests/servers/requirements.txt
#   node      .deps/node, with the packages of tests/servers/package.json
#   network   openssl, and web servers and proxies, which tests start by themselves
#   browser   Chromium, on Debian
#   examples  Tk for each Tcl that is there, an X server without a screen, an MQTT broker, and
#             tcllib's json
#   manual    pandoc
#   lint      the tools of make lint: shellcheck, pandoc, a C++ compiler and, where they can be
#             fetched, nightly Rust's rustfmt and .deps/lint, with .ci/requirements.txt
#   deny      .deps/cargo-deny
#   msrv      the oldest Rust that Cargo.toml names, where it can be fetched
#   coverage  LLVM's tools of the version that rustc has, where they can be fetched
#   dist      .deps/zig, with the packages of packaging/requirements.txt
#   deb       what makes and checks a Debian package
#   chroots   .deps/debian12 and .deps/debian13, with Tcl, for root
#   rust:TARGET    Rust's own library for another target, where it can be fetched
#   windows   .deps/windows: Tcl 8.6 and 9.0 for Windows, and Wine to run them, on Debian's amd64,
#             as far as they can be had
#   bench     what make bench measures against: tcllib, TclCurl, curl, .deps/bench-python and
#             .deps/bench-node
#   fuzz      a nightly Rust, a C++ compiler, and .deps/cargo-fuzz
#   sanitize  a nightly Rust, which has AddressSanitizer
#   headers   libclang and the headers of both Tcls, to generate the bindings
#   autobahn  .deps/autobahn, with the packages of tests/autobahn/requirements.txt, on a Python 2.7:
#             that of AUTOBAHN_PYTHON, in the PATH, of pyenv, or of an earlier Debian release
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
    tcl_has tclsh8.6 vfs || ! apt_offers tcl-vfs || want tcl-vfs
}
make_tcl86() { :; }

want_tcl90() { want_tcl9 9.0 tcl9.0-thread; }
make_tcl90() {
    has tclsh9.0 || [ -x "$deps/bin/tclsh9.0" ] || unpack_tcl90
}

want_tcl91() { want_tcl9 9.1 tcl-thread; }
make_tcl91() {
    has tclsh9.1 || [ -x "$deps/bin/tclsh9.1" ] ||
        unpack_tcl 9.1 sid "$(own_processor)" tcl9.1 tclsh9.1
}

want_newest() {
    grep -qs '^ID=debian' /etc/os-release || fail 'the newest releases of Tcl are those of Debian'
}
make_newest() {
    for version in 8.6 9.0; do
        [ -x "$deps/bin/tclsh$version-newest" ] ||
            unpack_tcl $version sid "$(own_processor)" tcl$version-newest tclsh$version-newest
    done
}

want_tcl9() { # VERSION THREAD
    [ -x "$deps/bin/tclsh$1" ] && return
    if has "tclsh$1" || apt_offers "tcl$1"; then
        has "tclsh$1" || want "tcl$1"
        tcl_has "tclsh$1" Thread || want "$2"
    else
        grep -qs '^ID=debian' /etc/os-release ||
            fail "Tcl $1 is missing: tclsh$1 must be in the PATH"
    fi
}

unpack_tcl90() {
    unpack_tcl 9.0 trixie "$(own_processor)" tcl9 tclsh9.0 tcl9.0-dev tcl9.0-thread
}

own_processor() { dpkg --print-architecture; }

want_tcl() {
    grep -qs '^ID=debian' /etc/os-release || fail "the Tcl for $1 is made of Debian's packages"
    case $1 in
    musl) has musl-gcc || want musl-tools ;;
    *) [ -z "$(emulator "$1")" ] || has "$(emulator "$1")" || want qemu-user-static ;;
    esac
}
make_tcl() {
    if [ "$1" = musl ]; then
        [ -x "$deps/bin/tclsh8.6-musl" ] || compile_tcl_musl
        return
    fi
    [ -x "$deps/bin/tclsh8.6-$1" ] || unpack_tcl 8.6 bookworm "$1" "tcl8.6-$1" "tclsh8.6-$1"
    # Not every mirror has Debian 13 for every processor.
    [ -x "$deps/bin/tclsh9.0-$1" ] ||
        (unpack_tcl 9.0 trixie "$1" "tcl9.0-$1" "tclsh9.0-$1" tcl9.0-thread) ||
        say "going on without Tcl 9.0 for $1"
}

# What runs the programs of another processor, unless this one does.
emulator() {
    case $1 in
    i386) [ "$(own_processor)" = amd64 ] || echo qemu-i386-static ;;
    arm64) echo qemu-aarch64-static ;;
    armhf) echo qemu-arm-static ;;
    s390x) echo qemu-s390x-static ;;
    *) fail "not known: $1" ;;
    esac
}

# A Tcl that this Debian release lacks: that of a later one, or of another processor, beside the C
# library that it was built for. Without further packages, the Thread is that of tcl-thread.
unpack_tcl() { # VERSION RELEASE PROCESSOR FOLDER NAME ?PACKAGE ...?
    version=$1
    release=$2
    processor=$3
    tree=$deps/$4
    name=$5
    shift 5
    [ $# -gt 0 ] || set -- tcl-thread
    case $version in 9*) set -- "$@" libtommath1 ;; esac
    say "fetching Tcl $version ($processor) into .deps"
    rm -rf "$tree"
    mkdir -p "$deps/bin"
    unpack_debian "$release" "$processor" "$tree" "tcl$version" "libtcl$version" libc6 libgcc-s1 \
        zlib1g "$@"

    # Tcl looks for packages and modules in these places beside the folder of its program.
    (
        cd "$tree/usr/lib"
        ln -s tcltk/*/thread* .
        [ ! -d "tcl$version/tcl9" ] ||
            { mkdir tcl9 && ln -s "../tcl$version/tcl9" "tcl9/$version"; }
    )
    loader=$(cd "$tree" && find . -path '*lib/*-linux-gnu*/ld*.so.[0-9]' | head -n 1)
    loader=${loader#./}
    libraries=${loader#usr/}
    libraries=${libraries%/*}
    run=
    [ "$processor" = "$(own_processor)" ] || run=$(emulator "$processor")
    # Tcl 8.6 would find the scripts of the system's.
    scripts=
    # shellcheck disable=SC2016 # the wrapper's
    [ "$version" != 8.6 ] || scripts='TCL_LIBRARY="$tree/usr/share/tcltk/tcl8.6" '
    # --argv0 makes [info nameofexecutable] the wrapper, so that scripts can start it again.
    program=$tree/usr/bin/tclsh$version
    mv "$program" "$program.program"
    cat >"$program" <<WRAPPER
#!/bin/sh
# Runs Tcl $version with the C library that it was built for. Made by tests/setup.sh.
self=\$(readlink -f "\$0")
tree=\${self%/usr/bin/*}
${scripts}exec $run "\$tree/$loader" --argv0 "\$self" \\
    --library-path "\$tree/usr/$libraries:\$tree/$libraries:/$libraries" "\$self.program" "\$@"
WRAPPER
    chmod +x "$program"
    tcl_has "$program" tcltest || fail "$program does not work"
    ln -sf "../${tree##*/}/usr/bin/tclsh$version" "$deps/bin/$name"
}

# Debian has no Tcl that is linked with musl, but the source, and a compiler for musl.
compile_tcl_musl() {
    say 'building Tcl 8.6 with musl into .deps'
    tree=$(mkdir -p "$deps/bin" && cd "$deps" && pwd -P)/tcl8.6-musl
    rm -rf "$tree"
    mkdir -p "$tree/source"
    use_debian bookworm "$(own_processor)" deb-src
    (cd "$apt" && other_apt source -qq --download-only tcl8.6)
    tar -xf "$apt"/tcl8.6_*.orig.tar.* -C "$tree/source" --strip-components=1
    rm -rf "$apt"
    (
        cd "$tree/source/unix"
        CC=musl-gcc ./configure --quiet --enable-64bit --prefix="$tree" tcl_cv_no_zlib=yes
        make --silent --jobs=2 binaries libraries
        make --silent install-binaries install-libraries
    ) >"$tree/log" 2>&1 || fail "Tcl could not be built: $tree/log"
    rm -rf "$tree/source"
    tcl_has "$tree/bin/tclsh8.6" tcltest || fail "$tree/bin/tclsh8.6 does not work"
    ln -sf ../tcl8.6-musl/bin/tclsh8.6 "$deps/bin/tclsh8.6-musl"
}

# Its Tk, which takes the system's X libraries.
unpack_tk90() {
    say 'fetching Tk 9.0 into .deps'
    tree=$deps/tcl9
    unpack_debian trixie "$(own_processor)" "$tree" libtk9.0
    # Debian's index names a place in the system.
    # shellcheck disable=SC2016 # $dir is Tcl's
    sed 's|/usr/lib/|$dir/../|' "$tree"/usr/lib/tcltk/*/tk9.0/pkgIndex.tcl \
        >"$tree/usr/lib/tk9.0/pkgIndex.tcl"
}

# Unpacks packages of another Debian release or processor into a folder, without touching the
# system.
unpack_debian() { # RELEASE PROCESSOR FOLDER PACKAGE ...
    use_debian "$1" "$2" deb
    folder=$3
    shift 3
    mkdir -p "$folder"
    (
        cd "$apt"
        other_apt download -qq "$@"
        for package in *.deb; do dpkg -x "$package" "$folder"; done
    )
    rm -rf "$apt"
}

apt=$deps/apt.$$

# Reads what a Debian release has for a processor, packages (deb) or sources (deb-src), for
# other_apt.
use_debian() { # RELEASE PROCESSOR KIND
    rm -rf "$apt"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/state"
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || fail 'no Debian mirror found in /etc/apt'
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "$3 [arch=$2 signed-by=$keyring] $mirror $1 main" >"$apt/sources.list"
    wanted_processor=$2
    other_apt update -qq
}

# apt-get with lists and a cache of its own, away from the system's.
other_apt() {
    apt-get -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" -o Dir::State="$apt/state" \
        -o Dir::State::status=/dev/null -o APT::Architecture="$wanted_processor" \
        -o APT::Architectures="$wanted_processor" -o APT::Sandbox::User="$(id -un)" "$@" >&2 || {
        rm -rf "$apt"
        fail "apt-get $* failed"
    }
}

# The first archive in this machine's own apt sources, in either format.
debian_mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
        2>/dev/null |
        sed -nE 's/^(URIs:|deb( +\[[^]]*\])?) +([^ ]+).*/\3/p' | grep -v security | head -n 1
}

want_python() {
    [ -x "$deps/python/bin/python" ] || want_venv
}
make_python() { python_packages tests/servers/requirements.txt "$deps/python"; }

want_venv() {
    has python3 || want python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || want python3-venv
}

# Installs the packages of a list into a folder.
python_packages() {
    cmp -s "$1" "$2/installed" && return
    say "fetching the packages of $1 into .deps"
    rm -rf "$2"
    python3 -m venv "$2" &&
        "$2/bin/pip" install --quiet --disable-pip-version-check -r "$1" >&2 &&
        cp "$1" "$2/installed"
}

want_node() {
    has node || want nodejs
    has npm || want npm
}
make_node() {
    fetch_node node tests/servers/package.json
}

# Puts the Node packages of a package.json into .deps/NAME.
fetch_node() {
    folder=$deps/$1
    cmp -s "$2" "$folder/installed" && return
    say "fetching Node's packages into .deps/$1"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$2" "$folder/package.json"
    npm install --prefix "$folder" --silent --no-package-lock --no-audit --no-fund >&2
    cp "$2" "$folder/installed"
}

want_network() {
    has openssl || want openssl
    has nginx || want_server nginx nginx
    has apache2 || want apache2-bin
    has lighttpd || want_server lighttpd lighttpd
    has tinyproxy || want tinyproxy-bin
    has squid || want_server squid squid
    has microsocks || want microsocks
    has haproxy || want_server haproxy haproxy
}
make_network() { :; }

# Elsewhere, what needs it is skipped.
want_browser() { has chromium || ! grep -qs '^ID=debian' /etc/os-release || want chromium; }
make_browser() { :; }

want_examples() {
    has wish8.6 || want tk8.6
    has wish9.0 || ! apt_offers tk9.0 || want tk9.0
    has Xvfb || want xvfb
    has mosquitto || want_server mosquitto mosquitto
    tcl_has tclsh8.6 json || want tcllib
}
make_examples() {
    [ ! -d "$deps/tcl9" ] || [ -f "$deps/tcl9/usr/lib/tk9.0/pkgIndex.tcl" ] || unpack_tk90
}

want_manual() { has pandoc || want pandoc; }
make_manual() { :; }

want_lint() {
    want_manual
    has shellcheck || want shellcheck
    has c++ || want g++
    cmp -s .ci/requirements.txt "$deps/lint/installed" || want_venv
}
# Without one of these, tests/lint.sh skips what needs it.
make_lint() {
    rustup run nightly rustfmt --version >/dev/null 2>&1 ||
        rustup component add --toolchain nightly rustfmt >&2 ||
        rustup toolchain install nightly --profile minimal --component rustfmt >&2 ||
        say "nightly Rust's rustfmt could not be fetched"
    python_packages .ci/requirements.txt "$deps/lint" || say 'typos could not be fetched'
}

want_deny() { want_build; }
make_deny() { fetch_cargo_tool cargo-deny; }

# Builds a program of crates.io into a folder of its name.
fetch_cargo_tool() {
    [ -x "$deps/$1/bin/$1" ] && return
    say "fetching $1 into .deps"
    cargo install --quiet --locked --root "$deps/$1" "$1" >&2
}

want_msrv() { want_build; }
make_msrv() {
    oldest=$(sed -nE 's/^rust-version = "(.*)"/\1/p' Cargo.toml)
    rustup run "$oldest" cargo --version >/dev/null 2>&1 ||
        rustup toolchain install "$oldest" --profile minimal >&2 ||
        say "Rust $oldest could not be fetched"
}

want_coverage() {
    want_build
    has python3 || want python3
    tests/coverage.py tools || rustup component add llvm-tools >&2 || {
        llvm=llvm-$(rustc --version --verbose | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
        if apt_offers "$llvm"; then want "$llvm"; else say 'llvm-tools could not be fetched'; fi
    }
}
make_coverage() { :; }

want_dist() {
    want_build
    has objdump || want binutils
    [ -x "$deps/zig/bin/python" ] || want_venv
}
make_dist() { python_packages packaging/requirements.txt "$deps/zig"; }

want_deb() {
    want_dist
    has dh || want debhelper
    has fakeroot || want fakeroot
    has lintian || want lintian
}
make_deb() { make_dist; }

want_chroots() { [ "$(id -u)" != 0 ] || has debootstrap || want debootstrap; }
make_chroots() {
    if [ "$(id -u)" != 0 ]; then
        say 'only root can make the chroots of Debian'
        return
    fi
    make_chroot debian12 bookworm tcl8.6
    make_chroot debian13 trixie tcl8.6,tcl9.0
}

# A minimal Debian of a release, with further packages.
make_chroot() { # NAME RELEASE PACKAGES
    [ ! -e "$deps/$1" ] || return 0
    say "fetching Debian $2 into .deps"
    rm -rf "$deps/$1.part"
    if debootstrap --variant=minbase --include="$3" "$2" "$deps/$1.part" "$(debian_mirror)" >&2
    then
        mv "$deps/$1.part" "$deps/$1"
    else
        say "Debian $2 could not be fetched"
    fi
}

want_rust() { want_build; }
make_rust() {
    [ -d "$(rustc --print target-libdir --target "$1")" ] || rustup target add "$1" >&2 ||
        say "Rust's library for $1 could not be fetched"
}

# What is missing, tests/windows/run.sh tells.
want_windows() {
    [ "$(own_processor)" = amd64 ] || return 0
    has x86_64-w64-mingw32-gcc-win32 || ! apt_offers gcc-mingw-w64-x86-64-win32 ||
        want gcc-mingw-w64-x86-64-win32
    has wine || ! apt_offers wine64 || want wine wine64
}
make_windows() {
    if ! has x86_64-w64-mingw32-gcc-win32 || ! has wine; then
        say 'mingw or Wine cannot be had here'
        return
    fi
    tests/windows/build.sh wine || say 'Wine does not work here'
    compile_tcl_windows 8.6 bookworm trixie sid
    compile_tcl_windows 9.0 forky trixie sid
}

# Not every release has the source at every mirror.
compile_tcl_windows() { # VERSION RELEASE ...
    [ ! -d "$deps/windows/tcl$1" ] || return 0
    version=$1
    shift
    say "building Tcl $version for Windows into .deps"
    for release; do
        (
            use_debian "$release" amd64 deb-src
            cd "$apt" && other_apt source -qq --tar-only --download-only "tcl$version"
        ) && tests/windows/build.sh tcl "$version" "$apt"/tcl*.orig.tar.* && break
    done
    rm -rf "$apt"
    [ -d "$deps/windows/tcl$version" ] || say "Tcl $version for Windows could not be built"
}

want_bench() {
    want_tcl86
    want_python
    want_node
    tcl_has tclsh8.6 websocket || want tcllib
    tcl_has tclsh8.6 tls || want tcl-tls
    tcl_has tclsh8.6 TclCurl || want tclcurl
    has curl || want curl
}
make_bench() {
    python_packages benches/peers/requirements.txt "$deps/bench-python"
    fetch_node bench-node benches/peers/package.json
}

want_sanitize() {
    cargo +nightly version >/dev/null 2>&1 || has rustup ||
        fail 'rustup is missing, which installs a nightly Rust (https://rustup.rs)'
}
make_sanitize() {
    cargo +nightly version >/dev/null 2>&1 ||
        rustup toolchain install nightly --profile minimal >&2 || fail 'no nightly Rust'
}

want_fuzz() {
    want_sanitize
    has c++ || want g++
}
make_fuzz() {
    make_sanitize
    fetch_cargo_tool cargo-fuzz
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

want_autobahn() {
    autobahn_is_made && return
    want_build
    want_venv
    python27 >/dev/null || grep -qs '^ID=debian' /etc/os-release ||
        fail 'Python 2.7 is missing: python2.7 must be in the PATH, or set AUTOBAHN_PYTHON'
}
# Even the newest release of Autobahn|Testsuite is written in Python 2.
make_autobahn() {
    autobahn_is_made && return
    say 'fetching Autobahn|Testsuite into .deps'
    home=$deps/autobahn
    rm -rf "$home"
    mkdir -p "$home"
    python=$(python27) || {
        unpack_python27 "$home/debian"
        python=$home/debian/usr/bin/python2.7
    }
    # This is the last virtualenv that knows Python 2.7.
    python3 -m venv "$home/virtualenv"
    "$home/virtualenv/bin/pip" install --quiet --disable-pip-version-check virtualenv==20.21.1 >&2
    "$home/virtualenv/bin/virtualenv" --quiet --no-periodic-update --python "$python" "$home" >&2
    rm -rf "$home/virtualenv"
    # One package is compiled. Debian's Python looks for its headers where they would be installed.
    CPATH=$home/debian/usr/include/python2.7:$home/debian/usr/include \
        PIP_NO_PYTHON_VERSION_WARNING=1 \
        "$home/bin/pip" install --quiet --disable-pip-version-check -r "$autobahn_list" >&2
    cp "$autobahn_list" "$home/installed"
}

autobahn_list=tests/autobahn/requirements.txt

autobahn_is_made() { cmp -s "$autobahn_list" "$deps/autobahn/installed"; }

# Prints the path of a Python 2.7 on this machine that can fetch and compile packages.
python27() {
    for candidate in "${AUTOBAHN_PYTHON-}" python2.7 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/2.7.*/bin/python2.7; do
        [ -n "$candidate" ] || continue
        "$candidate" -c '
import os, ssl, sys, sysconfig, zlib
header = os.path.join(sysconfig.get_path("include"), "Python.h")
if sys.version_info[:2] != (2, 7) or not os.path.exists(header):
    sys.exit(1)
print(sys.executable)
' 2>/dev/null && return
    done
    return 1
}

# Python 2.7 of the last Debian release that had it, with the libraries that are no longer there.
unpack_python27() {
    unpack_debian bullseye "$(own_processor)" "$1" python2.7-minimal libpython2.7-minimal \
        libpython2.7-stdlib libpython2.7-dev libssl1.1 libffi7
    program=$1/usr/bin/python2.7
    mv "$program" "$program.program"
    # The name by which a Python 2.7 was started tells it where its packages are: virtualenv makes a
    # copy of this, with another name.
    cat >"$program" <<WRAPPER
#!/bin/bash
# Runs Python 2.7 with the libraries that it was built for. Made by tests/setup.sh.
libraries=\$(echo '$1'/usr/lib/*-linux-gnu*)
LD_LIBRARY_PATH=\$libraries exec -a "\$0" '$program.program' "\$@"
WRAPPER
    chmod +x "$program"
}

# Calls the function of a part: tcl8.6 is want_tcl86, and rust:TARGET is want_rust TARGET.
call() { # STEP PART
    function=$1_$(echo "${2%%:*}" | tr -d .)
    has "$function" || fail "no such part: $2"
    case $2 in
    *:*) "$function" "${2#*:}" ;;
    *) "$function" ;;
    esac
}

[ $# -gt 0 ] || fail 'which part? They are listed at the head of this script.'
for part; do call want "$part"; done
install_wanted
for part; do call make "$part"; done
