#!/bin/sh
# Makes the two forms of each manual, such as doc/www.n and .html from doc/www.md, with pandoc.
# `make manual` runs this.
#
# Usage: packaging/manual.sh ?check?
# "check" only looks whether the forms are up to date. Where they were made by another version of
# pandoc than the one here, which would format some things in another way, nothing is checked.
set -eu
cd "$(dirname "$0")/.."

# The manuals, and the package that each is of.
manuals='www:www www-websocket:www::websocket'

# Usage: form FOLDER NAME FORM OPTION ...
form() {
    output=$1/$2.$3
    source=doc/$2.md
    shift 3
    # The title of the source is that of the page, and its sections are the top level.
    pandoc --from markdown-smart --standalone --shift-heading-level-by=-1 \
        --lua-filter packaging/manual.lua --output "$output" "$@" "$source"
}

make_forms() {
    for manual in $manuals; do
        name=${manual%%:*}
        package=${manual#*:}
        version=$(sed -nE "s/^ +$package ([0-9.]+)$/\1/p" pkgIndex.tcl)
        form "$1" "$name" n --to man -M section=n -M header='Tcl Package Commands' \
            -M footer="$package $version" -M hyphenate=false
        form "$1" "$name" html --to html5 --template packaging/manual.html --toc --no-highlight \
            -M version="$version"
    done
}

if [ "${1-}" != check ]; then
    make_forms doc
    exit
fi
made_by=$(sed -nE '1s/.*Pandoc (.*)/\1/p' doc/www.n)
found=$(pandoc --version | sed -nE '1s/pandoc (.*)/\1/p')
if [ "$made_by" != "$found" ]; then
    echo "packaging/manual.sh: not checked: made by pandoc $made_by, here is $found" >&2
    exit
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
make_forms "$folder"
for file in "$folder"/*; do
    if ! cmp "$file" "doc/${file##*/}"; then
        echo 'packaging/manual.sh: run "make manual"' >&2
        exit 1
    fi
done
