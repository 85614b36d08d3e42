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
# A half second of each command goes into compiling where nothing compiled may be kept.
unexport PYTHONDONTWRITEBYTECODE

RUNTIME_STAMP := $(VENV)/.runtime
DEV_STAMP := $(VENV)/.dev

PYTEST := $(BIN)/python -m pytest
WORKERS ?= 3
SHARED_OUT := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Ledger, search, jobs and what several do at the same moment; the rest runs there in `make soak`.
DATABASE_TESTS := $(wildcard tests/ledger \
    $(addprefix tests/platform/,jobs audit grants policy retention once) \
    $(addprefix tests/apps/safety/test_,$(addsuffix .py,answers_process face checks sending recovering \
        bulletins_by_routes beside counting recurring held_drills)) \
    tests/apps/personnel/deciding)

.PHONY: help setup setup-dev run check test bench soak scanner advisories browser servers lock clean

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

run: setup  ## a demo ward at http://127.0.0.1:8000 (made on the first run)
	@$(BIN)/meibo demo --if-empty
	@exec $(BIN)/meibo serve

check: setup-dev  ## linters, types, contracts of the house
	@echo "check 1/8: ruff check";   $(BIN)/ruff check --quiet .
	@echo "check 2/8: ruff format";  $(BIN)/ruff format --quiet --check .
	@echo "check 3/8: mypy";         $(BIN)/mypy --no-error-summary
	@echo "check 4/8: import-linter"; $(BIN)/lint-imports --no-logo
	@echo "check 5/8: djlint";       test -z "$$(find src -name '*.html' -print -quit)" || $(BIN)/djlint --quiet --lint src
	@# It warns of each line of a table of which one line is excepted.
	@echo "check 6/8: bandit";       $(BIN)/bandit --quiet -c pyproject.toml -r src 2> >(grep -v "nosec encountered" >&2)
	@echo "check 7/8: django check"; $(BIN)/python -m django check --fail-level WARNING --settings tests.settings
	@echo "check 8/8: sizes, style and locks of the house"
	@$(PYTEST) -q tests/house/test_style.py tests/house/test_locks.py

test: setup-dev browser servers check advisories  ## all that must pass before a change lands
	@echo "test 1/2: everything, on SQLite"
	@$(PYTEST) $(SHARED_OUT)
	@echo "test 2/2: what speaks to the database, on PostgreSQL"
	@$(PYTEST) $(SHARED_OUT) --postgres $(DATABASE_TESTS)

bench: setup-dev  ## every benchmark, each a table
	@shopt -s nullglob; files=(benchmarks/bench_*.py); \
	[[ $${#files[@]} -gt 0 ]] || { echo "no benchmarks/bench_*.py" >&2; exit 1; }; \
	for file in "$${files[@]}"; do echo "── $$file"; $(BIN)/python "$$file"; done

soak: setup-dev browser servers scanner  ## what does not fit the time of `make test`: long runs, browser on PostgreSQL
	@$(PYTEST) -m soak
	@$(PYTEST) -m "not soak" --postgres tests/ledger tests/platform tests/apps
	@$(PYTEST) -m "soak or browser" --postgres

scanner:  ## a web scanner in a place of its own, for `make soak`
	@test -x .scan/bin/wapiti || { echo "setup: wapiti"; $(PYTHON) -m venv .scan; \
	    .scan/bin/python -m pip --disable-pip-version-check install -qq --only-binary :all: \
	    --no-binary yaswfp,pyperclip,urwid-mitmproxy wapiti3==3.2.3; }  # which no wheel is made of

# Known weaknesses of the libraries, where the service that knows them can be reached.
advisories: setup-dev  ## ask for known weaknesses of what is locked
	@told=$$($(BIN)/pip-audit --disable-pip --require-hashes --timeout 10 -r requirements.lock 2>&1) \
	    && { grep -q "could not be audited" <<<"$$told" \
	        && echo "*** LIBRARIES NOT CHECKED: the advisory service cannot be reached ***" >&2 \
	        || echo "advisories: none known"; } \
	    || { grep -qiE "connection|timed out|resolve|urlopen|HTTPError" <<<"$$told" \
	        && echo "*** LIBRARIES NOT CHECKED: the advisory service cannot be reached ***" >&2 \
	        || { echo "$$told" >&2; exit 1; }; }

# The browser suite needs Debian's Chromium and a Japanese font. Where they can be installed they
# must be; where they cannot, nobody should think that the suite ran.
browser:
	@if [[ -x "$$(command -v chromium)" ]] && fc-list :lang=ja 2>/dev/null | grep -q .; then :; \
	elif [[ $$(id -u) -eq 0 && -x "$$(command -v apt-get)" ]]; then \
	    echo "setup: Chromium and a Japanese font, for the browser suite"; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    apt-get update -qq; \
	    apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null; \
	else \
	    echo "*** THE BROWSER SUITE WILL NOT RUN: install chromium and fonts-noto-cjk ***" >&2; \
	fi

# A real mail server that bounces, for the tests of what comes back. It is installed without being
# started; the tests start their own on a port of the loopback. Where another mail server lives, or
# nothing can be installed, nobody should think that these tests ran.
servers:
	@if [[ -x "$$(command -v postfix)" ]]; then :; \
	elif [[ $$(id -u) -eq 0 && -x "$$(command -v apt-get)" && ! -e /usr/sbin/sendmail ]]; then \
	    echo "setup: Postfix, for the tests of mail that comes back"; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    policy=/usr/sbin/policy-rc.d; \
	    [[ -e $$policy ]] || { printf '#!/bin/sh\nexit 101\n' >$$policy; chmod +x $$policy; \
	        trap "rm -f $$policy" EXIT; }; \
	    { apt-get update -qq && echo "postfix postfix/main_mailer_type select No configuration" \
	        | debconf-set-selections \
	        && apt-get install -y -qq --no-install-recommends postfix >/dev/null; } 2>&1 | tail -5 || \
	    echo "*** THE TESTS OF MAIL THAT COMES BACK WILL NOT RUN: postfix cannot be installed ***" >&2; \
	else \
	    echo "*** THE TESTS OF MAIL THAT COMES BACK WILL NOT RUN: install postfix (as root) ***" >&2; \
	fi

lock:  ## solve the locks again from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-build \
	    --no-emit-index-url --custom-compile-command 'make lock' \
	    pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-build \
	    --no-emit-index-url --custom-compile-command 'make lock' \
	    pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

clean:  ## remove what was built, never the data
	rm -rf $(VENV) .scan build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
