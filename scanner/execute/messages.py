"""What parent and worker say to each other: JSON with ASCII escapes, never pickle.

A worker reads hostile bytes all day. Were it taken over, its messages could at most be a wrong visit.
"""

import json
from dataclasses import dataclass
from typing import Any

import msgspec

from scanner.model.visit import Job, Visit

SIZE_LIMIT = 16 * 1024 * 1024  # bytes of one message; a visit is a few ten thousand
GO_HOME = b"{}"


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker is built and waits for jobs."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The event loop of the worker still turns."""


@dataclass(frozen=True, slots=True)
class Done:
    """A visit was made."""

    site_id: str
    visit: Visit


@dataclass(frozen=True, slots=True)
class Failed:
    """A visit raised; the worker itself is well."""

    site_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker ends itself: it could not be built, or memory ran out."""

    reason: str


Report = Ready | Beat | Done | Failed | Broken


def pack_job(job: Job) -> bytes:
    """A job as bytes."""
    return json.dumps(msgspec.to_builtins(job)).encode()


def unpack_job(message: bytes) -> Job | None:
    """The job, or None when the worker is sent home."""
    content = json.loads(message)
    return msgspec.convert(content, Job) if content else None


def pack(report: Report) -> bytes:
    """A report as bytes. Lone surrogates, which UTF-8 cannot carry, travel as escapes."""
    match report:
        case Done(site_id, visit):
            content: dict[str, Any] = {"is": "done", "site": site_id, "visit": visit}
        case Failed(site_id, reason):
            content = {"is": "failed", "site": site_id, "reason": reason}
        case Broken(reason):
            content = {"is": "broken", "reason": reason}
        case Ready():
            content = {"is": "ready"}
        case Beat():
            content = {"is": "beat"}
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(content)).encode()


def unpack(message: bytes) -> Report:
    """The report. ValueError for anything a worker in its right mind does not say."""
    try:
        content = msgspec.json.decode(message)
    except msgspec.DecodeError:  # escaped surrogates, or nonsense
        content = json.loads(message)
    match content:
        case {"is": "done", "site": str(site_id), "visit": dict(visit)}:
            return Done(site_id, msgspec.convert(visit, Visit))  # ValidationError is a ValueError
        case {"is": "failed", "site": str(site_id), "reason": str(reason)}:
            return Failed(site_id, reason)
        case {"is": "broken", "reason": str(reason)}:
            return Broken(reason)
        case {"is": "ready"}:
            return Ready()
        case {"is": "beat"}:
            return Beat()
    raise ValueError("a worker said something unknown")
