"""A PostgreSQL server as Debian packages it, in a folder of its own, run by somebody without rights."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.lab import system

NOBODY = ("postgres", "nobody")


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of a server that lives as long as the block, and its data no longer.

    The folder lies directly under the temporary one: pytest closes its own to everybody else.
    """
    programs = system.postgresql()
    user = _somebody()
    folder = Path(tempfile.mkdtemp(prefix="rasoat-postgresql-"))
    data = folder / "data"
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    port = _free_port()
    form = ("-U", "rasoat", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    settings = f"-p {port} -h 127.0.0.1 -k '' -F -c synchronous_commit=off -c shared_buffers=16MB"
    try:
        _run(user, [programs / "initdb", "-D", data, *form])
        _run(user, [programs / "pg_ctl", "-D", data, "-o", settings, "-l", folder / "log", "-w", "start"])
        yield f"postgresql://rasoat@127.0.0.1:{port}"
    finally:
        if (data / "postmaster.pid").exists():
            _run(user, [programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _somebody() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(names[name] for name in NOBODY if name in names)


def _run(user: pwd.struct_passwd | None, words: list[Path | str]) -> None:
    subprocess.run(  # pg_ctl leaves the server with its streams, so none of ours may be a pipe
        [str(word) for word in words],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=None if user is None else user.pw_uid,
        group=None if user is None else user.pw_gid,
        extra_groups=None if user is None else [],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        timeout=60,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
