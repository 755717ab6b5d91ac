"""Who holds the run lock, and whether that process still lives. Needs no POSIX call where there is none."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
STILL_ACTIVE = 259
QUERY_LIMITED = 0x1000


@dataclass(frozen=True, slots=True)
class Holder:
    """One process. `started` tells it from a later one of the same number; empty where unknown."""

    host: str
    boot_id: str
    pid: int
    started: str = ""


def this_process() -> Holder:
    """The process that asks."""
    pid = os.getpid()
    return Holder(platform.node(), boot_id(), pid, process_start(pid))


def boot_id() -> str:
    """Names the present run of the machine; empty where the system has no such thing."""
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def process_start(pid: int) -> str:
    """When the process started, in ticks since boot; empty where it cannot be read."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]  # field 22; the name in brackets may hold blanks


def is_gone(holder: Holder) -> bool:
    """True only when the holder has surely ended. A holder on another machine may live: nobody can tell."""
    here = this_process()
    if holder.host != here.host:
        return False
    if holder.boot_id != here.boot_id:
        return True
    if not is_alive(holder.pid):
        return True
    return bool(holder.started) and holder.started != process_start(holder.pid)


def is_alive(pid: int) -> bool:
    """True when a process of that number exists."""
    if os.name == "nt":  # signal 0 would end the process there
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_alive_on_windows(pid: int) -> bool:  # pragma: no cover - runs on Windows only
    import ctypes  # noqa: PLC0415 - `windll` exists on Windows only

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # as above
    handle = kernel.OpenProcess(QUERY_LIMITED, 0, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == STILL_ACTIVE
