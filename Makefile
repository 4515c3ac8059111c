# Builds, shows and tests www::websocket. "make help" lists the goals.

SHELL := bash
TCLSH86 ?= tclsh8.6
TCLSH90 ?= $(shell command -v tclsh9.0 || echo $(CURDIR)/.deps/bin/tclsh9.0)
TCLSH91 ?= $(shell command -v tclsh9.1 || echo $(CURDIR)/.deps/bin/tclsh9.1)
TCL90_INCLUDE ?= $(firstword \
    $(wildcard /usr/include/tcl9.0) $(CURDIR)/.deps/tcl9/usr/include/tcl9.0)
# For tests/all.tcl, such as TESTFLAGS="-file frames.test -match frames-1.*"
TESTFLAGS ?=
# What make dist builds for.
TARGET ?= $(host)
# How long each fuzz target runs, and which of them do, if not all.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?=

oldest_rust = $(shell sed -nE 's/^rust-version = "(.*)"/\1/p' Cargo.toml)
host = $(shell rustc -vV | sed -n 's/^host: //p')
cargo_deny := .deps/cargo-deny/bin/cargo-deny --locked

# Other processors and C libraries, by Debian's names, and Rust's names for them.
platforms := i386 arm64 armhf s390x musl
target_i386 := i686-unknown-linux-gnu
target_arm64 := aarch64-unknown-linux-gnu
target_armhf := armv7-unknown-linux-gnueabihf
target_s390x := s390x-unknown-linux-gnu
target_musl := x86_64-unknown-linux-musl

# Whether Rust can build for it, which takes its own library.
has_rust = [ -d "$$(rustc --print target-libdir --target $(1))" ]
no_rust = echo "make $@: skipped, as Rust's library for $(1) cannot be fetched" >&2

windows := x86_64-pc-windows-gnu
macos := aarch64-apple-darwin
check = tests/setup.sh dist rust:$(1) && if $(call has_rust,$(1)); then \
    PATH="$(CURDIR)/.deps/zig/bin:$$PATH" \
        cargo-zigbuild clippy --locked --lib --target $(1) -- -D warnings; \
else \
    $(call no_rust,$(1)); \
fi

# A Tcl list: in braces, because the path may have blanks.
with_package := TCLLIBPATH='{$(CURDIR)}'

.PHONY: build demo test test-rust test-rust90 test-tcl86 test-tcl90 test-tcl91
.PHONY: test-newest $(platforms:%=test-%) test-windows check-windows check-macos
.PHONY: lint bindings clean distclean help
.PHONY: autobahn autobahn-server fuzz faults soak thousands sanitize sanitize-tcl86 sanitize-tcl90
.PHONY: bench bench-doc bench-core install uninstall manual dist deb test-deb toolchain echo-server

build: toolchain ## build the library (the default goal)
	cargo build --release

demo: build echo-server ## hold a conversation with the bundled echo server
	@tests/setup.sh tcl8.6
	@$(with_package) $(TCLSH86) examples/demo.tcl target/release/echo-server

test: ## run all tests, under Tcl 8.6, 9.0 and 9.1
	@rm -rf target/suites
	@tests/setup.sh tcl8.6 tcl9.0 tcl9.1 python node network browser examples autobahn
	@$(MAKE) --no-print-directory --keep-going test-rust test-rust90; \
	status=$$?; \
	$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync \
	    test-tcl86 test-tcl90 test-tcl91 || status=$$?; \
	tests/summary.sh; exit $$status

# Not --release: that build lacks the checks for overflow, and takes longer to link.
test-rust: toolchain ## run the tests of the Rust code
	@tests/setup.sh tcl8.6
	@tests/suite.sh rust cargo test --workspace --no-fail-fast

test-rust90: toolchain ## run those that need Tcl, which is 8.6 otherwise, with Tcl 9.0
	@tests/setup.sh tcl9.0
	@tests/suite.sh rust9.0 cargo test --lib --no-fail-fast \
	    --config "target.'cfg(all())'.runner='tests/with-tcl9.sh'" \
	    -- --skip protocol:: --skip net::

test-tcl86: build echo-server ## run the Tcl tests under 8.6, those of TESTFLAGS
	@tests/setup.sh tcl8.6 python node network browser examples autobahn
	@$(with_package) tests/suite.sh tcl8.6 $(TCLSH86) tests/all.tcl $(TESTFLAGS)

test-tcl90: build echo-server ## the same under 9.0
	@tests/setup.sh tcl9.0 python node network browser examples autobahn
	@$(with_package) tests/suite.sh tcl9.0 $(TCLSH90) tests/all.tcl $(TESTFLAGS)

test-tcl91: build echo-server ## the same under 9.1
	@tests/setup.sh tcl9.1 python node network browser examples autobahn
	@$(with_package) tests/suite.sh tcl9.1 $(TCLSH91) tests/all.tcl $(TESTFLAGS)

# Files that between them use all of Tcl that the library does.
test-newest: TESTFLAGS = -file "package.test callbacks.test close.test connect.test \
    receive.test extensions.test tls.test waiting.test requests.test pool.test streams.test"
test-newest: build echo-server ## run some Tcl tests under Debian's newest 8.6 and 9.0
	@tests/setup.sh newest python network
	@$(with_package) tests/suite.sh newest8.6 .deps/bin/tclsh8.6-newest tests/all.tcl $(TESTFLAGS)
	@$(with_package) tests/suite.sh newest9.0 .deps/bin/tclsh9.0-newest tests/all.tcl $(TESTFLAGS)

# All tests where this processor runs them. Emulated, those of minutes that between them use all of
# the library that depends on the processor, Tcl and the C library.
quick_files := package.test archive.test header.test tools.test frames.test messages.test \
    receive.test callbacks.test tls.test requests.test listen.test cookies.test
test-arm64 test-armhf test-s390x: TESTFLAGS = -file "$(quick_files)"
test-i386: ## run the Tcl tests with 32 bits
test-musl: ## run them with musl
test-arm64: ## run some with ARM, 64 bits
test-armhf: ## run some with ARM, 32 bits
test-s390x: ## run some on a big-endian processor
$(platforms:%=test-%): test-%: echo-server
	@tests/setup.sh dist rust:$(target_$*) tcl:$* python node network browser autobahn
	@if $(call has_rust,$(target_$*)); then \
	    archive=$$(packaging/dist.sh $(target_$*)) && \
	    tests/platform.sh $* "$$archive" $(TESTFLAGS); \
	else \
	    $(call no_rust,$(target_$*)); \
	fi

# Of which files, WINDOWS_FILES says.
test-windows: toolchain echo-server ## run the Tcl tests for Windows under Wine
	@tests/setup.sh dist rust:$(windows) windows python node network browser examples
	@if $(call has_rust,$(windows)); then \
	    archive=$$(packaging/dist.sh $(windows)) || exit; \
	    tests/windows/run.sh 8.6 "$$archive" $(WINDOWS_FILES); status=$$?; \
	    tests/windows/run.sh 9.0 "$$archive" $(WINDOWS_FILES) && exit $$status; \
	else \
	    $(call no_rust,$(windows)); \
	fi

check-windows: toolchain ## compile the library for Windows, without warnings
	@$(call check,$(windows))

check-macos: toolchain ## the same for macOS
	@$(call check,$(macos))

# Under Tcl 8.6, or another one, as with TCLSH=.deps/bin/tclsh9.0.
autobahn: TCLSH ?= $(TCLSH86)
autobahn: build ## run all cases of Autobahn|Testsuite with a client, which takes minutes
	@tests/setup.sh tcl8.6 autobahn
	@$(with_package) $(TCLSH) tests/autobahn/run.tcl client

autobahn-server: TCLSH ?= $(TCLSH86)
autobahn-server: build ## the same with a server
	@tests/setup.sh tcl8.6 autobahn
	@$(with_package) $(TCLSH) tests/autobahn/run.tcl server

fuzz: toolchain ## run the fuzz targets, FUZZ_SECONDS each
	@tests/setup.sh fuzz
	@fuzz/run.sh $(FUZZ_SECONDS) $(FUZZ_TARGETS)

faults: build ## break a conversation off behind every byte, under both Tcls
	@tests/setup.sh tcl8.6 tcl9.0 python network
	@$(with_package) FAULTS_STEP=1 $(TCLSH86) tests/all.tcl -file "faults.test listen-faults.test"
	@$(with_package) FAULTS_STEP=1 $(TCLSH90) tests/all.tcl -file "faults.test listen-faults.test"

soak: build echo-server ## a million messages on 500 connections, on either side, under both Tcls
	@tests/setup.sh tcl8.6 tcl9.0 python network
	@$(with_package) $(TCLSH86) tests/soak.tcl
	@$(with_package) $(TCLSH90) tests/soak.tcl
	@$(with_package) $(TCLSH86) tests/soak.tcl listen
	@$(with_package) $(TCLSH90) tests/soak.tcl listen

thousands: build echo-server ## ten thousand connections in one process, under both Tcls
	@tests/setup.sh tcl8.6 tcl9.0
	@ulimit -Sn "$$(ulimit -Hn)" && $(with_package) $(TCLSH86) tests/thousands.tcl
	@ulimit -Sn "$$(ulimit -Hn)" && $(with_package) $(TCLSH90) tests/thousands.tcl

sanitize: ## run the Tcl tests under AddressSanitizer
	@$(MAKE) --no-print-directory --keep-going sanitize-tcl86 sanitize-tcl90

sanitize-tcl86: echo-server
	@tests/setup.sh tcl8.6 python node network browser examples autobahn sanitize
	@tests/suite.sh sanitize8.6 tests/sanitize.sh $(TCLSH86) $(TESTFLAGS)

sanitize-tcl90: echo-server
	@tests/setup.sh tcl9.0 python node network browser examples autobahn sanitize
	@tests/suite.sh sanitize9.0 tests/sanitize.sh $(TCLSH90) $(TESTFLAGS)

lint: toolchain ## check formatting, warnings, layers, spelling, the manual's forms and more
	@tests/lint.sh

msrv: toolchain ## check the library with the oldest Rust that Cargo.toml names
	@tests/setup.sh msrv
	@if rustup run $(oldest_rust) cargo --version 2>/dev/null; then \
	    cargo +$(oldest_rust) check --locked --target-dir target/msrv; \
	else \
	    echo 'make msrv: skipped, as Rust $(oldest_rust) cannot be fetched' >&2; \
	fi

coverage: toolchain ## measure what the Rust tests reach, and fail below tests/coverage.py's floors
	@tests/setup.sh coverage tcl8.6
	@tests/coverage.py

deny: toolchain ## check licences, versions and advisories of what the library is built of
	@tests/setup.sh deny
	$(cargo_deny) check licenses bans sources
	@if $(cargo_deny) fetch db; then \
	    $(cargo_deny) check advisories; \
	else \
	    echo 'make deny: skipped, as their database cannot be fetched: advisories' >&2; \
	fi

bench: build ## measure against others (benches/peers/bench.py tells how to narrow it)
	@tests/setup.sh tcl8.6 tcl9.0 bench
	cargo build --release --package bench-peers
	@benches/peers/bench.py run

bench-core: toolchain ## measure the parts below Tcl (benches/core.rs)
	cargo bench --bench core
	@benches/peers/bench.py core

bench-doc: ## put what both measured last into doc/performance.md
	@benches/peers/bench.py doc

bindings: toolchain ## generate src/tcl/sys from the headers of both Tcls
	@tests/setup.sh headers
	@touch -c build.rs
	TCL90_INCLUDE='$(TCL90_INCLUDE)' cargo check --features bindgen

install: ## install what "make" built, below PREFIX (/usr/local)
	@TCLSH86='$(TCLSH86)' TCLSH90='$(TCLSH90)' packaging/install.sh install

uninstall: ## remove it from there
	@TCLSH86='$(TCLSH86)' TCLSH90='$(TCLSH90)' packaging/install.sh uninstall

manual: ## make the two forms of each manual in doc/
	@tests/setup.sh manual
	packaging/manual.sh

dist: toolchain ## make an archive of the library for TARGET, which is this system's if not named
	@tests/setup.sh dist rust:$(TARGET) tcl8.6 tcl9.0
	@if $(call has_rust,$(TARGET)); then \
	    packaging/dist.sh $(TARGET); \
	else \
	    $(call no_rust,$(TARGET)); \
	fi
	@[ $(TARGET) != $(host) ] || for tclsh in '$(TCLSH86)' '$(TCLSH90)'; do \
	    $(with_package) "$$tclsh" tests/all.tcl -file archive.test || exit; \
	done

deb: toolchain ## make a package for Debian and Ubuntu of the library for TARGET
	@tests/setup.sh deb rust:$(TARGET)
	@if $(call has_rust,$(TARGET)); then \
	    package=$$(packaging/deb.sh $(TARGET)) && \
	    lintian --allow-root --fail-on error,warning "$$package" && echo "$$package"; \
	else \
	    $(call no_rust,$(TARGET)); \
	fi

test-deb: toolchain ## install, try and remove it in Debian 12 and 13, for root
	@tests/setup.sh deb chroots
	@tests/deb.sh "$$(packaging/deb.sh $(host))"

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
