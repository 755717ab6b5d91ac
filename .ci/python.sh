#!/bin/sh
# Makes the virtual environment; on a Debian without the venv module it is installed first, where that is allowed.
set -eu
python=$1 venv=$2
if ! command -v "$python" >/dev/null 2>&1; then
    echo "$python is not here: install Python 3.11 or newer, or name yours: make PYTHON=python3 ..." >&2
    exit 1
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "$python is too old; rasoat needs Python 3.11 or newer" >&2
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "$python has no venv module; ask for it: apt-get install python3-venv" >&2
        exit 1
    fi
fi
"$python" -m venv "$venv"
