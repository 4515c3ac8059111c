#!/usr/bin/env bash
# Runs Tcl tests for Windows under Wine, with the library in an archive of packaging/dist.sh, and
# compares what fails with expected.txt. Exits with 1 where other tests fail, or a file does not
# come to its end. Where tests/setup.sh windows could not make something, it is skipped with a
# message.
#
# Usage: tests/windows/run.sh VERSION ARCHIVE ?FILE ...?    8.6 or 9.0; without files, all
#
# Tests start servers and tools of this side by bridge.py. For that, the checkout is seen by way of
# a folder in target/windows, which has relays beside and instead of the programs.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
top=$PWD
version=$1
archive=$2
shift 2
home=$top/.deps/windows
tree=$top/target/windows/tcl$version
results=$top/target/suites/windows$version
tclsh=$home/tcl$version/bin/tclsh${version/./}.exe
wine=$top/tests/windows/wine.sh
# In seconds. A file takes some minutes at most.
patience=900

for needed in "$tclsh" "$home/relay.exe" "$home/prefix"; do
    [ -e "$needed" ] || {
        echo "make test-windows: skipped for Tcl $version, as ${needed#"$top/"} is missing" >&2
        exit 0
    }
done

if [ $# = 0 ]; then
    for file in tests/*.test; do
        case ${file##*/} in
        # They try what builds, installs and tests on this side.
        archive.test | autobahn.test | harness.test | install.test) ;;
        *) set -- "$@" "${file##*/}" ;;
        esac
    done
fi

make_tree() {
    local program folder
    rm -rf "$tree"
    mkdir -p "$tree/tests/support" "$tree/target/release" "$tree/.deps/python/bin" "$tree/bin"
    for folder in . tests tests/support; do
        for program in "$top/$folder"/*; do
            [ -e "$tree/$folder/${program##*/}" ] || ln -s "$program" "$tree/$folder"
        done
    done
    ln -s "$top"/target/release/echo-{client,server} "$tree/target/release"
    ln -s "$top/.deps/node" "$tree/.deps"
    ln -s "$top"/.deps/python/[!b]* "$tree/.deps/python"
    ln -s "$top"/.deps/python/bin/* "$tree/.deps/python/bin"
    python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    [name] = (name for name in archive.namelist() if name.endswith(".dll"))
    open(sys.argv[2], "wb").write(archive.read(name))
' "$archive" "$tree/target/release/www_websocket.dll"
    for program in target/release/echo-{client,server} .deps/python/bin/python \
        tests/support/supervise.sh; do
        cp "$home/relay.exe" "$tree/$program.exe"
    done
    for program in apache2 chmod dd haproxy head id kill lighttpd microsocks mktemp mosquitto \
        mosquitto_passwd nginx node openssl printf python3 sh squid tar tinyproxy; do
        cp "$home/relay.exe" "$tree/bin/$program.exe"
    done
}

make_tree
mkdir -p "$results/files"
rm -f "$results"/*.log
# Much is slower there.
export WINEPATH="Z:${tree//\//\\}\\bin" TEST_SLOWNESS=4
cd "$tree/tests" || exit
for file; do
    "$wine" python3 "$top/tests/windows/bridge.py" \
        timeout --kill-after=10 "$patience" wine "$tclsh" windows/start.tcl "$file" \
        -verbose "body error pass" -tmpdir "Z:$results/files" \
        >"$results/$file.log" 2>&1 </dev/null
    status=$?
    grep -a "Total" "$results/$file.log" | tail -n 1 | tr -d '\r' ||
        echo "$file: no end, exit status $status"
done
python3 "$top/tests/windows/verdict.py" "$version" "$results" "$@"
