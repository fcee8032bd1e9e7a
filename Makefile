# The house's doors. Needs Rust and Node; rust-toolchain.toml and ui/package.json name the versions.

CARGO  ?= cargo
NPM    ?= npm
# A test drives the server with the client of MOTIS.
MOTIS_CLIENT := crates/server/tests/motis-client
TARGET ?= $(or $(CARGO_TARGET_DIR),target)
TUMEN   = $(TARGET)/release/tumen

.PHONY: run test lint ui page bench bench-peers bench-server bench-scaling verify release

## run: build the binary with the web page, compile the corridor feed, print the next Moscow–Pyongyang journeys, serve
run: page
	$(TUMEN) import feeds/corridor -o $(TARGET)/corridor.tumen
	$(TUMEN) next Moscow Pyongyang --timetable $(TARGET)/corridor.tumen
	$(TUMEN) plan Moscow Pyongyang --modes rail --timetable $(TARGET)/corridor.tumen
	@echo 'Open the address below in a browser; Ctrl+C ends the server.'
	exec $(TUMEN) serve $(TARGET)/corridor.tumen

## test: every test, optimised, and the API fuzzed where Python has schemathesis; those of the page drive a browser where there is one
test: page $(MOTIS_CLIENT)/node_modules/.package-lock.json
	$(CARGO) test --workspace --locked --features tumen/parquet
	.ci/fuzz $(TUMEN)
	cd ui && $(NPM) test
	@if [ -x "$${CHROMIUM:-/usr/bin/chromium}" ]; then cd ui && TUMEN_BIN="$(abspath $(TUMEN))" $(NPM) run e2e; \
	else echo 'SKIPPED: the page is not driven in a browser, for there is no /usr/bin/chromium (CHROMIUM names another)'; fi

## lint: format, clippy, the repository's own rules, licences, the page; warnings are errors
lint: ui/node_modules/.package-lock.json
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked --features tumen/parquet -- -D warnings
	$(CARGO) xtask tidy
	$(CARGO) xtask licences
	cd ui && $(NPM) run lint
	cd ui && $(NPM) run check

## ui: install what the web page is built with, and build it
ui: ui/dist/index.html

ui/node_modules/.package-lock.json: ui/package-lock.json
	cd ui && $(NPM) ci --no-audit --no-fund

$(MOTIS_CLIENT)/node_modules/.package-lock.json: $(MOTIS_CLIENT)/package-lock.json
	cd $(MOTIS_CLIENT) && $(NPM) ci --no-audit --no-fund

ui/dist/index.html: ui/node_modules/.package-lock.json ui/index.html ui/vite.config.ts $(shell find ui/src ui/public -type f)
	cd ui && $(NPM) run build

## page: build the binary with the web page in it, and all that it can write
page: ui
	$(CARGO) build --release --locked --package tumen --features page,parquet,png

## bench: measure on the feeds of ../shared and write bench/RESULTS.md
bench: release
	$(CARGO) run --release --locked --package tumen-bench -- speed

## bench-peers: the same queries through the routers that PyPI and crates.io carry; write bench/RESULTS.md (needs Python)
bench-peers: release
	$(CARGO) run --release --locked --package tumen-bench -- peers

## bench-server: `tumen serve` under load from many connections; write bench/RESULTS.md
bench-server: release
	$(CARGO) run --release --locked --package tumen-bench -- server

## bench-scaling: measure how cost grows with a network; write bench/RESULTS.md and bench/scaling.svg
bench-scaling: release
	$(CARGO) run --release --locked --package tumen-bench -- scaling --record

## verify: put 10,000 queries of New York and of Amtrak to plain RAPTOR and to every fast path; write bench/RESULTS.md
verify: release
	$(CARGO) run --release --locked --package tumen-bench -- verify --record

release:
	$(CARGO) build --release --locked --package tumen
