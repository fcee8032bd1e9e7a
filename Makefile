# The house's doors. Needs Rust only; rust-toolchain.toml names the version.

CARGO  ?= cargo
TARGET ?= $(or $(CARGO_TARGET_DIR),target)
TUMEN   = $(TARGET)/release/tumen

.PHONY: run test lint bench bench-peers bench-scaling verify release

## run: build the release binary, compile the corridor feed, print the next Moscow–Pyongyang journeys
run: release
	$(TUMEN) import feeds/corridor -o $(TARGET)/corridor.tumen
	$(TUMEN) next Moscow Pyongyang --timetable $(TARGET)/corridor.tumen
	$(TUMEN) plan Moscow Pyongyang --modes rail --timetable $(TARGET)/corridor.tumen

## test: every test, optimised
test:
	$(CARGO) test --workspace --locked

## lint: format, clippy, the repository's own rules, licences; warnings are errors
lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) xtask tidy
	$(CARGO) xtask licences

## bench: measure on the feeds of ../shared and write bench/RESULTS.md
bench: release
	$(CARGO) run --release --locked --package tumen-bench -- speed

## bench-peers: the same queries through the routers that PyPI and crates.io carry; write bench/RESULTS.md (needs Python)
bench-peers: release
	$(CARGO) run --release --locked --package tumen-bench -- peers

## bench-scaling: measure how cost grows with a network; write bench/RESULTS.md and bench/scaling.svg
bench-scaling: release
	$(CARGO) run --release --locked --package tumen-bench -- scaling --record

## verify: put 10,000 queries of New York and of Amtrak to plain RAPTOR and to every fast path; write bench/RESULTS.md
verify: release
	$(CARGO) run --release --locked --package tumen-bench -- verify --record

release:
	$(CARGO) build --release --locked --package tumen
