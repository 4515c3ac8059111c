#!/bin/sh
# Prints FILE:LINE of each line that has more columns than .editorconfig allows; then the exit
# status is 1. Exempt are generated files, data, tables in Markdown, and lines that are nothing but
# a URL.
cd "$(dirname "$0")/.." || exit
export LC_ALL=C.UTF-8

width=$(sed -n 's/^max_line_length = //p' .editorconfig)
wide=$(git ls-files -z -- . ':!*Cargo.lock' ':!*.svg' ':!doc/*.n' ':!doc/*.html' \
    ':!fuzz/corpus' ':!src/tcl/sys/tcl[0-9]*.rs' \
    ':!tests/autobahn/expected.txt' |
    xargs -0 grep -HInE ".{$((width + 1))}" |
    grep -vE '^[^:]+\.md:[0-9]+:[[:space:]]*\|' |
    grep -vE '^[^:]+:[0-9]+:[[:punct:][:space:]]*https?://[^ ]+$' |
    cut -d : -f 1,2)
[ -z "$wide" ] && exit
echo "$wide"
echo "tests/widths.sh: these lines have more than $width columns" >&2
exit 1
