#!/bin/sh
# Makes the two forms of the manual, doc/www-websocket.n and .html, from doc/www-websocket.md, with
# pandoc. `make manual` runs this.
#
# Usage: packaging/manual.sh ?check?
# "check" only looks whether the forms are up to date. Where they were made by another version of
# pandoc than the one here, which would format some things in another way, nothing is checked.
set -eu
cd "$(dirname "$0")/.."
version=$(sed -nE 's/^version = "(.*)"/\1/p' Cargo.toml | head -n 1)

# Usage: form FOLDER NAME OPTION ...
form() {
    output=$1/www-websocket.$2
    shift 2
    # The title of the source is that of the page, and its sections are the top level.
    pandoc --from markdown-smart --standalone --shift-heading-level-by=-1 \
        --lua-filter packaging/manual.lua --output "$output" "$@" doc/www-websocket.md
}

make_forms() {
    form "$1" n --to man -M section=n -M header='Tcl Package Commands' \
        -M footer="www::websocket $version" -M hyphenate=false
    form "$1" html --to html5 --template packaging/manual.html --toc --no-highlight \
        -M version="$version"
}

if [ "${1-}" != check ]; then
    make_forms doc
    exit
fi
made_by=$(sed -nE '1s/.*Pandoc (.*)/\1/p' doc/www-websocket.n)
found=$(pandoc --version | sed -nE '1s/pandoc (.*)/\1/p')
if [ "$made_by" != "$found" ]; then
    echo "packaging/manual.sh: not checked: made by pandoc $made_by, here is $found" >&2
    exit
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
make_forms "$folder"
for name in n html; do
    if ! cmp "$folder/www-websocket.$name" "doc/www-websocket.$name"; then
        echo 'packaging/manual.sh: run "make manual"' >&2
        exit 1
    fi
done
