# `make demo` and `make test` are all a newcomer needs; each sets up .venv on first use.

.DEFAULT_GOAL := help
SHELL := /bin/bash

# The first Python that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header --quiet pyproject.toml

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "streamproc needs Python 3.11 or later; set PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: setup
setup: $(READY) ## Make .venv from the lock

.PHONY: demo
demo: $(READY) ## Run everything once on sample articles
	@$(BIN)/streamproc demo

.PHONY: test
test: $(READY) ## Run all tests, against an embedded Kafka
	$(BIN)/python -m pytest

.PHONY: test-faults
test-faults: $(READY) ## Run two fault runs, and the controls that must fail
	$(BIN)/python -m pytest -m faults tests/faults

.PHONY: test-compose
test-compose: $(READY) ## Run the tests of the compose stack; needs a Docker engine
	$(BIN)/python -m pytest -m compose tests/compose

.PHONY: check
check: $(READY) ## Lint, types, layers, schemas
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m streamproc.contracts.schema --check schemas

.PHONY: format
format: $(READY) ## Format, and mend what ruff can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

.PHONY: schemas
schemas: $(READY) ## Write the JSON Schemas and the AsyncAPI document anew
	$(BIN)/python -m streamproc.contracts.schema --write schemas

.PHONY: evaluate
evaluate: $(READY) ## Score the analysis; fails where it got worse by more than a point
	$(BIN)/python evaluation/evaluate.py

.PHONY: evaluate-write
evaluate-write: $(READY) ## Score the analysis, and keep the figures in docs/quality.md
	$(BIN)/python evaluation/evaluate.py --write

.PHONY: faults
faults: $(READY) ## Kill workers and brokers, and count what comes out: SEEDS=20
	$(BIN)/python tests/faults/run.py --seeds 1-$(or $(SEEDS),20)

.PHONY: fuzz
fuzz: $(READY) ## Fuzz the date tagger: SECONDS=120
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	$(BIN)/python tests/fuzz/fuzz_dates.py -max_total_time=$(or $(SECONDS),120) -rss_limit_mb=4096

.PHONY: bench
bench: $(READY) ## Measure the stream against a plain consume-produce loop
	$(BIN)/python benchmarks/passthrough.py

.PHONY: lock
lock: $(READY) ## Resolve the dependencies anew
	$(COMPILE) --upgrade --output-file requirements.lock
	$(COMPILE) --upgrade --group dev --output-file requirements-dev.lock
	$(COMPILE) --upgrade --group train --output-file requirements-train.lock
	$(COMPILE) --upgrade --group fuzz --output-file requirements-fuzz.lock

.PHONY: clean
clean: ## Remove .venv and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
