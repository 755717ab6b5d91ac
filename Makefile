# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install demo test peers bench fuzz format docs clean
help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# pip talks into a file; the file is shown when something went wrong
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
SAID = >$(VENV)/install.log 2>&1 || { cat $(VENV)/install.log; exit 1; }

$(VENV)/.installed: setup.cfg pyproject.toml
	@echo "setting up $(VENV)"
	@sh .ci/python.sh $(PYTHON) $(VENV)
	@{ $(PIP) --upgrade pip && $(PIP) -e .; } $(SAID)
	@touch $@

$(VENV)/.demo: $(VENV)/.installed
	@$(PIP) -e '.[demo]' $(SAID)
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@$(PIP) -e '.[test,postgresql]' $(SAID)
	@touch $@

install: $(VENV)/.installed  ## only the environment: then .venv/bin/rasoat is ready to use

test: $(VENV)/.tested  ## everything a reviewer runs: format, lint, types, contracts, tests, coverage
	@BIN=$(BIN) sh tests/run.sh

peers: $(VENV)/.tested  ## the tests beside other projects' tools: installs sslyze, axe, html-validate, an Observatory (needs npm)
	@npm install --silent --no-audit --no-fund --no-package-lock --prefix tests/web
	@RASOAT_PEERS=1 RASOAT_OBSERVATORY=install $(BIN)/python -m pytest -m peer -n 2

demo: $(VENV)/.demo  ## an invented province on this machine: scanned, reported, mailed
	@$(BIN)/python -m tests.lab.demo

fuzz: $(VENV)/.tested  ## every parser against hostile bytes, 20 seconds each; SECONDS=60 makes it a minute
	@$(PIP) -e '.[fuzz]' $(SAID)
	@$(BIN)/python -m tests.fuzz $(SECONDS)

bench: $(VENV)/.tested  ## speed and memory beside plain httpx, as ratios
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.web
	@$(BIN)/python -m tests.bench.lens
	@$(BIN)/python -m tests.bench.cms
	@$(BIN)/python -m tests.bench.data

docs: $(VENV)/.installed  ## write the page of each check
	@$(BIN)/python -m tests.docs.generate

format: $(VENV)/.tested  ## put the code into the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what was made here
	rm -rf $(VENV) demo .lab build dist
