# Two commands matter: `make run` starts the product, `make test` checks all of it. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

DATA ?= candor-demo
LISTEN ?= 127.0.0.1:8080

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: build ## Build and start the demonstration on http://127.0.0.1:8080 (DATA=…, LISTEN=…)
	exec target/release/candor demo --listen $(LISTEN) --data $(DATA) $(DEMO)

.PHONY: sample
sample: ## The same, filled with made-up cases
	$(MAKE) run DEMO=--sample

.PHONY: console
console: console/dist/index.html ## Build the recipients' console, which the program embeds

# Without Node the program is built all the same: the console's page then says how to add it.
console/node_modules/.installed: console/package-lock.json
	@if console/check-node; then cd console && npm ci --no-audit --no-fund && touch node_modules/.installed; fi

console/dist/index.html: console/node_modules/.installed console/index.html console/vite.config.ts console/vite.reporter.config.ts $(shell find console/src -type f)
	@if console/check-node; then cd console && npm run --silent build; fi

.PHONY: build
build: console ## Build the program for use: target/release/candor
	cargo build --release --locked --package candor

.PHONY: test
test: tools lint deny unit fuzz browser ## Install what the tests need, then check and test everything
	@echo "All checks and tests passed."

.PHONY: tools
tools: ## Install what the tests need (Debian packages, Python and Node packages)
	tests/install-tools

.PHONY: lint
lint: tools console/node_modules/.installed ## Formatting, types and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features --locked -- -D warnings
	cd console && npm run --silent check

.PHONY: deny
deny: tools ## Licences, sources and known faults of dependencies
	tests/check-dependencies

.PHONY: unit
unit: tools console ## Unit, property, documentation and integration tests
	cd console && npm test
	cargo build --locked --package candor
	CANDOR_BIN=$(CURDIR)/target/debug/candor cargo test --workspace --all-features --locked

.PHONY: fuzz
fuzz: tools ## A fixed number of made-up inputs for everything that reads what strangers send (RUNS=…)
	clean/fuzz/run $(RUNS)

.PHONY: browser
browser: tools console ## The stories of reporter and recipients in Chromium; accessibility; layout
	cargo build --locked --package candor
	cd tests/browser && CANDOR_BIN=$(CURDIR)/target/debug/candor npm test

.PHONY: bench
bench: build ## Measure against the figures that have to be held
	cargo run --release --locked --quiet --package candor-tests --bin bench

.PHONY: bench-browser
bench-browser: build tools ## Measure in Chromium: the console with 10,000 cases, a file of 250 MiB both ways
	cd tests/browser && CANDOR_BIN=$(CURDIR)/target/release/candor npm run --silent many-cases
	cd tests/browser && CANDOR_BIN=$(CURDIR)/target/release/candor npm run --silent large-file

.PHONY: format
format: console/node_modules/.installed ## Format the code
	cargo fmt --all
	cd console && npm run --silent format
