# Only Python >= 3.11 and make are needed; everything else comes from the locks.
#   make run     a demo ward in the browser      make test    all that must pass before a change lands
#   make check   the linters, in about a minute  make help    the rest

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := -qq --require-hashes --only-binary :all: --no-deps
MEIBO_DATA ?= var
export MEIBO_DATA

RUNTIME_STAMP := $(VENV)/.runtime
DEV_STAMP := $(VENV)/.dev

.PHONY: help setup setup-dev run check test bench soak lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(RUNTIME_STAMP)  ## build .venv with the product in it (does nothing when up to date)

setup-dev: $(DEV_STAMP)  ## the same and the tools that developing needs

$(RUNTIME_STAMP): requirements.lock pyproject.toml
	@echo "setup 1/3: virtual environment $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setup 2/3: libraries of requirements.lock ($$(grep -cE '^[a-z]' requirements.lock) wheels)"
	@$(PIP) install $(LOCKED) -r requirements.lock
	@echo "setup 3/3: meibo itself"
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(DEV_STAMP): $(RUNTIME_STAMP) requirements-dev.lock
	@echo "setup: tools of requirements-dev.lock ($$(grep -cE '^[a-z]' requirements-dev.lock) wheels)"
	@$(PIP) install $(LOCKED) -r requirements-dev.lock
	@touch $@

lock:  ## solve the locks again from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-build \
	    --no-emit-index-url --custom-compile-command 'make lock' \
	    pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-build \
	    --no-emit-index-url --custom-compile-command 'make lock' \
	    pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
