#!/usr/bin/env bash
# What "make lint" runs: every check of the source that takes no built library. It goes on after a
# failure, and fails in the end. A check whose tool is missing is skipped with a message;
# "tests/setup.sh lint" fetches the tools.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
PATH=$PATH:$PWD/.deps/lint/bin
failed=()

check() {
    printf '%s\n' "$*"
    "$@" || failed+=("$*")
}

skip() { printf 'tests/lint.sh: skipped, as %s is missing: %s\n' "$1" "$2" >&2; }

has() { command -v "$1" >/dev/null; }

if rustup run nightly rustfmt --version >/dev/null 2>&1; then
    check cargo +nightly fmt --all --check
    check rustup run nightly rustfmt --check fuzz/fuzz_targets/*.rs tests/compile-fail/*.rs
else
    # It ignores what is unstable in rustfmt.toml, with a warning for each.
    check cargo fmt --all --check
    skip "nightly Rust's rustfmt" 'the order of imports, the length of lines'
fi

check cargo clippy --workspace --all-targets --locked -- -D warnings
if has c++; then
    # In a workspace of its own, with the versions that the library is built with.
    [ fuzz/Cargo.lock -nt Cargo.lock ] || cp Cargo.lock fuzz/Cargo.lock
    check cargo clippy --manifest-path fuzz/Cargo.toml --target-dir target/fuzz/lint --all-targets \
        -- -D warnings
else
    skip 'a C++ compiler' 'the warnings of fuzz/'
fi
RUSTDOCFLAGS='-D warnings' \
    check cargo doc --workspace --no-deps --document-private-items --locked
check cargo test --quiet --locked --test layers
if has python3; then check tests/compile-fail/run.py; else skip python3 'tests/compile-fail/'; fi

check tests/versions.sh
check tests/widths.sh
if has pandoc; then check packaging/manual.sh check; else skip pandoc "the manual's forms"; fi
if has typos; then check typos; else skip typos 'spelling'; fi
if has shellcheck; then
    check shellcheck .ci/long .ci/run fuzz/*.sh packaging/*.sh tests/*.sh tests/support/*.sh
else
    skip shellcheck 'the shell scripts'
fi

[ ${#failed[@]} = 0 ] && exit
printf 'tests/lint.sh: FAILED: %s\n' "${failed[@]}" >&2
exit 1
