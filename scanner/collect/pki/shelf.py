"""Answers of authorities, kept for a scan and for a day: many sites of a province have the same authority.

Content lies in files that the workers of a scan share; what failed is remembered by the worker, so that a dead address
costs its five seconds once.
"""

import asyncio
import hashlib
from collections import defaultdict
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from scanner.collect.wall import write_whole
from scanner.identify.revoked import Ask
from scanner.model.evidence import Fetched, Missing
from scanner.parse.crl import CrlError, read_crl
from scanner.parse.issuers import issuers_in
from scanner.parse.ocsp import OcspError, read_response

KEPT_FOR = timedelta(hours=24)
MEMORY_BYTES = 32 * 1024 * 1024  # of content held where there is no folder

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Fetched)


class Shelf:
    """What addresses gave. Belongs to one event loop; the folder may be shared with other processes."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._held: dict[Ask, Fetched] = {}
        self._bytes = 0
        self._turns: defaultdict[Ask, asyncio.Lock] = defaultdict(asyncio.Lock)

    def turn(self, ask: Ask) -> asyncio.Lock:
        """The lock of one address: nobody fetches what somebody else is fetching."""
        return self._turns[ask]

    def find(self, ask: Ask, *, at: datetime) -> Fetched | None:
        """What is kept of an address and still good at that moment."""
        kept = self._held.get(ask) or self._read(ask)
        return kept if kept is not None and _is_fresh(kept, at) else None

    def keep(self, fetched: Fetched) -> None:
        """Keep an answer. A folder that cannot be written costs a second fetch, no more."""
        ask = Ask(fetched.purpose, fetched.url)
        if self._folder is None or not _is_whole(fetched):
            self._hold(ask, fetched)
            return
        path = self._path(self._folder, ask)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, _ENCODER.encode(fetched))
        except OSError:
            self._hold(ask, fetched)

    def _hold(self, ask: Ask, fetched: Fetched) -> None:
        size = len(fetched.content) if isinstance(fetched.content, bytes) else 0
        if self._bytes + size <= MEMORY_BYTES:
            self._bytes += size
            self._held[ask] = fetched

    def _read(self, ask: Ask) -> Fetched | None:
        if self._folder is None:
            return None
        with suppress(OSError, msgspec.MsgspecError, ValueError):
            found = _DECODER.decode(self._path(self._folder, ask).read_bytes())
            return found if (found.purpose, found.url) == ask else None
        return None

    @staticmethod
    def _path(folder: Path, ask: Ask) -> Path:
        return folder / f"{hashlib.sha256(f'{ask.purpose} {ask.url}'.encode()).hexdigest()}.json"


def _is_whole(fetched: Fetched) -> bool:
    """True for content of its kind: an error page of today must not be the answer of tomorrow."""
    if isinstance(fetched.content, Missing):
        return False
    if fetched.purpose == "issuer":
        return bool(issuers_in(fetched.content))
    try:
        _due(fetched.purpose, fetched.content)
    except (CrlError, OcspError):
        return False
    return True


def _is_fresh(kept: Fetched, at: datetime) -> bool:
    """True within a day, and before its successor is due. A clock that went back makes nothing fresh."""
    if not timedelta(0) <= at - kept.fetched_at <= KEPT_FOR:
        return False
    if kept.purpose == "issuer" or isinstance(kept.content, Missing):
        return True
    try:
        due = _due(kept.purpose, kept.content)
    except (CrlError, OcspError):
        return True  # kept by this worker for this scan: the address gives nothing better
    return due is None or at < due or due < kept.fetched_at


def _due(purpose: str, content: bytes) -> datetime | None:
    """When a list or a response has a successor. Raises CrlError or OcspError."""
    return read_crl(content).next_update if purpose == "crl" else read_response(content).next_update
