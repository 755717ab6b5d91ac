# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install demo test bench format docs clean
help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,postgresql]'
	@touch $@

install: $(VENV)/.installed  ## only the environment: then .venv/bin/rasoat is ready to use

$(VENV)/.demo: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[demo]'
	@touch $@

test: $(VENV)/.tested  ## everything a reviewer runs: format, lint, types, contracts, tests, coverage
	@BIN=$(BIN) sh tests/run.sh

demo: $(VENV)/.demo  ## an invented province on this machine: scanned, reported, mailed
	@$(BIN)/python -m tests.lab.demo

bench: $(VENV)/.tested  ## speed and memory beside plain httpx, as ratios
	@$(BIN)/python -m tests.bench

docs: $(VENV)/.installed  ## write the page of each check
	@$(BIN)/python -m tests.docs.generate

format: $(VENV)/.tested  ## put the code into the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what was made here
	rm -rf $(VENV) demo .lab build dist
