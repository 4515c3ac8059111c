# Builds, shows and tests www::websocket. "make help" lists the goals.

SHELL := bash
TCLSH86 ?= tclsh8.6
TCLSH90 ?= $(shell command -v tclsh9.0 || echo $(CURDIR)/.deps/bin/tclsh9.0)
TCL90_INCLUDE ?= $(firstword \
    $(wildcard /usr/include/tcl9.0) $(CURDIR)/.deps/tcl9/usr/include/tcl9.0)
# For tests/all.tcl, such as TESTFLAGS="-file frames.test -match frames-1.*"
TESTFLAGS ?=

# A Tcl list: in braces, because the path may have blanks.
with_package := TCLLIBPATH='{$(CURDIR)}'

.PHONY: build demo test test-rust test-tcl86 test-tcl90 lint bindings clean distclean help
.PHONY: toolchain echo-server sanitize sanitize-tcl86 sanitize-tcl90

build: toolchain ## build the library (the default goal)
	cargo build --release

demo: build echo-server ## hold a conversation with the bundled echo server
	@tests/setup.sh tcl8.6
	@$(with_package) $(TCLSH86) examples/demo.tcl target/release/echo-server

test: ## run all tests, under Tcl 8.6 and 9.0
	@rm -rf target/suites
	@$(MAKE) --no-print-directory --keep-going test-rust test-tcl86 test-tcl90; \
	status=$$?; tests/summary.sh; exit $$status

# Not --release: that build lacks the checks for overflow, and takes longer to link.
test-rust: toolchain ## run the tests of the Rust code
	@tests/suite.sh rust cargo test --workspace --no-fail-fast

test-tcl86: build echo-server ## run the Tcl tests under 8.6, those of TESTFLAGS
	@tests/setup.sh tcl8.6 python node network
	@$(with_package) tests/suite.sh tcl8.6 $(TCLSH86) tests/all.tcl $(TESTFLAGS)

test-tcl90: build echo-server ## the same under 9.0
	@tests/setup.sh tcl9.0 python node network
	@$(with_package) tests/suite.sh tcl9.0 $(TCLSH90) tests/all.tcl $(TESTFLAGS)

sanitize: ## run the Tcl tests under AddressSanitizer
	@$(MAKE) --no-print-directory --keep-going sanitize-tcl86 sanitize-tcl90

sanitize-tcl86: echo-server
	@tests/setup.sh tcl8.6 python node network sanitize
	@tests/suite.sh sanitize8.6 tests/sanitize.sh $(TCLSH86) $(TESTFLAGS)

sanitize-tcl90: echo-server
	@tests/setup.sh tcl9.0 python node network sanitize
	@tests/suite.sh sanitize9.0 tests/sanitize.sh $(TCLSH90) $(TESTFLAGS)

lint: toolchain ## check formatting, warnings and version numbers
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	tests/versions.sh
	! command -v shellcheck >/dev/null || shellcheck .ci/run tests/*.sh tests/support/*.sh

bindings: toolchain ## generate src/tcl/sys from the headers of both Tcls
	@tests/setup.sh headers
	@touch -c build.rs
	TCL90_INCLUDE='$(TCL90_INCLUDE)' cargo check --features bindgen

clean: ## remove what was built
	cargo clean

distclean: clean ## remove what tests/setup.sh fetched, too
	rm -rf .deps

help: ## list the goals
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/p' Makefile | expand -t 14

toolchain:
	@tests/setup.sh build

echo-server: toolchain
	cargo build --release --package echo-server
