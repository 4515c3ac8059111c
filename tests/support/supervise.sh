#!/usr/bin/env bash
# Runs a server until standard input ends, as it does when the test process ends, however that
# happens. Then the server and all that it started end, and its folder is removed.
#
# Usage: supervise.sh FOLDER ?COMMAND ...?
# A signal to all processes around ends cat below, but not this.
trap : HUP INT TERM
folder=$1
shift
exec >"$folder/output" 2>&1
if [ $# -gt 0 ]; then
    setsid "$@" </dev/null &
    server=$!
fi
cat >/dev/null
if [ -n "${server-}" ]; then
    kill -- "-$server"
    # In case it hangs.
    { sleep 3 && kill -KILL -- "-$server"; } &
    wait "$server"
fi
rm -rf "$folder"
