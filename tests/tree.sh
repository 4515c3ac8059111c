#!/usr/bin/env bash
# Makes a copy of the checkout in which the package index finds another library than that of
# target/release, so that the tests try that one.
#
# Usage: tests/tree.sh FOLDER LIBRARY
set -euo pipefail
cd "$(dirname "$0")/.."
tree=$1
rm -rf "$tree"
mkdir -p "$tree/target/release"
shopt -s extglob
cp -r ./!(target) "$tree"
ln -s "$PWD/.deps" "$tree/.deps"
ln -s "$PWD/target/release/"echo-{client,server} "$tree/target/release"
cp "$2" "$tree/target/release"
