# Every target sets up what it needs; `make` alone lists them.
# A file in .venv/stamps says when a step was done; it is done again when pyproject.toml changes.

VENV    := .venv
STAMPS  := $(VENV)/stamps
PY      := $(VENV)/bin/python
NODE    := $(VENV)/bin/node
PIP     := $(PY) -m pip install --quiet --disable-pip-version-check
TSC     := $(NODE) node_modules/typescript/bin/tsc
PRETTIER := $(NODE) node_modules/prettier/bin/prettier.cjs
PAGE    := "static/**/*.{js,css}" "tests/frontend/**/*.js" "scripts/*.js" "*.config.js"
WITHOUT_BROWSERS := --ignore=tests/browser --ignore=tests/other_browsers
# what tells soonest that something is broken
QUICK   := tests/test_rooms.py tests/engine/core tests/engine/spec tests/engine/training/test_batches.py \
           tests/engine/training/test_edits.py tests/engine/network/test_batch_norm.py tests/app/tables
# a library to compare with, if it is to be had; without it some tests are skipped, and say so
peers    = test $(STAMPS)/$(1) -nt pyproject.toml || { $(PY) scripts/install_peers.py $(1) && touch $(STAMPS)/$(1); } || true

# Every test and every server of a test is a process that reads the code: compiled code is kept for the next one.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run quick test test-python test-page test-browser test-long check check-format check-format-page \
        check-lint check-types check-spelling check-words check-page words format bench load soak rehearse clean

help:
	@echo "make run        serve the playground on http://127.0.0.1:8000 (HOST and PORT change it)"
	@echo "make quick      what one runs between two edits: types, lint, the page's modules, the core of the engine"
	@echo "make test       run every test: Python, the page's modules, the page in a browser"
	@echo "make test-long  look for new examples, in Chinese, in other browsers, with another Python"
	@echo "make check      check formatting, lint, types and spelling"
	@echo "make words      collect every sentence for the translations under locales/"
	@echo "make format     put Python, JavaScript and CSS into the common format"
	@echo "make bench      print the benchmark table"
	@echo "make load       play 1, 20, 100 and 300 people at once on this machine, about 3 minutes"
	@echo "make soak       people come and go for MINUTES (30): what the server holds afterwards must not grow"
	@echo "make rehearse   play PEOPLE (30) people at the server at URL (http://127.0.0.1:8000)"
	@echo "make clean      remove what the other targets made"

run: $(STAMPS)/runtime
	@$(PY) -m app

test: test-python test-page test-browser

quick: $(STAMPS)/page
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(TSC) --project .
	$(NODE) --test --test-concurrency=4 "tests/frontend/**/*.test.js"
	$(PY) -m pytest $(QUICK) --quiet --hypothesis-profile quick

test-python: $(STAMPS)/page
	@$(call peers,torch)
	$(PY) -m pytest tests $(WITHOUT_BROWSERS) --numprocesses auto --maxprocesses 8 --durations 25

test-page: $(STAMPS)/dev
	$(NODE) --test --test-concurrency=4 "tests/frontend/**/*.test.js"

test-browser: $(STAMPS)/page
	@scripts/need-chromium
	$(PY) -m pytest tests/browser -m "not thorough" --numprocesses auto --maxprocesses 4 --dist worksteal --durations 25

# Hypothesis looks for new examples, so that a failure here may be an old one: its report says how to repeat it.
test-long: $(STAMPS)/page
	@scripts/need-chromium
	@scripts/need-other-browsers
	$(PY) -m pytest tests $(WITHOUT_BROWSERS) --numprocesses auto --maxprocesses 8 --durations 25 \
	  --hypothesis-profile explore --timeout 1800
	$(PY) -m pytest tests/browser -m thorough --numprocesses auto --maxprocesses 4
	xvfb-run --auto-servernum $(PY) -m pytest tests/other_browsers
	@scripts/test-other-python

check: check-format check-format-page check-lint check-types check-spelling check-words check-page

check-format: $(STAMPS)/dev
	$(PY) -m ruff format --check

check-lint: $(STAMPS)/dev
	$(PY) -m ruff check

check-types: $(STAMPS)/dev
	$(PY) -m mypy

check-spelling: $(STAMPS)/dev
	$(PY) -m codespell_lib

check-words: $(STAMPS)/page
	$(PY) scripts/collect_words.py --check

check-page: $(STAMPS)/page
	$(TSC) --project .
	$(TSC) --project tests/frontend
	$(NODE) node_modules/eslint/bin/eslint.js static tests/frontend scripts "*.config.js"
	$(NODE) node_modules/stylelint/bin/stylelint.mjs "static/**/*.css"

check-format-page: $(STAMPS)/page
	$(PRETTIER) --check $(PAGE)

words: $(STAMPS)/page
	@$(PY) scripts/collect_words.py

format: $(STAMPS)/page
	$(PY) -m ruff format
	$(PRETTIER) --write --list-different $(PAGE)

bench: $(STAMPS)/runtime
	@$(call peers,scikit-learn)
	@$(call peers,torch)
	@$(call peers,optuna)
	@$(PY) -m tests.bench

load: $(STAMPS)/dev
	@$(PY) -m tests.load

soak: $(STAMPS)/dev
	@$(PY) -m tests.load.soak $(MINUTES)

rehearse: $(STAMPS)/runtime
	@$(PY) -m app rehearse --people $(or $(PEOPLE),30) $(URL)

clean:
	rm -rf $(VENV) node_modules test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/venv:
	@scripts/make-venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: pyproject.toml | $(STAMPS)/venv
	@echo "Installing what the playground needs ..."
	@PYTHONWARNINGS=ignore $(PIP) --editable .
	@touch $@

$(STAMPS)/dev: pyproject.toml | $(STAMPS)/runtime
	@echo "Installing what the tests and checks need ..."
	@$(PIP) --group dev
	@touch $@

$(STAMPS)/page: package-lock.json .npmrc | $(STAMPS)/dev
	@echo "Installing what the type check and the browser tests of the page need ..."
	@NODE_USE_SYSTEM_CA=1 $(VENV)/bin/npm ci --loglevel=error
	@touch $@
