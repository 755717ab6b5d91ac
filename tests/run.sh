#!/bin/sh
# Everything a reviewer runs. Called by `make test`; BIN is the folder of the environment's programs.
set -eu
BIN=${BIN:-.venv/bin}
say() { printf '\n== %s\n' "$1"; }

say "what the tests need from the system"
sh tests/system.sh

say "format"
"$BIN/ruff" format --check .
say "lint"
"$BIN/ruff" check .
say "types"
"$BIN/mypy"
say "import contracts"
"$BIN/lint-imports"
say "tests, with branch coverage"
"$BIN/python" -m pytest --cov --cov-report=term:skip-covered "$@"
