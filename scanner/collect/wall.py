"""The wall: one evidence file for each visit. Whatever lies behind it sees only what is written here.

A file is gzip over JSON, named by the SHA-256 of its own bytes, readable by its owner alone. Secrets are
taken out before encoding. Old files are read for ever: each schema has a function that lifts a document to
the next.
"""

import base64
import gzip
import hashlib
import os
import secrets
import tempfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from scanner.errors import StoreError
from scanner.model.evidence import (
    SCHEMA,
    Body,
    DnsEvidence,
    Evidence,
    Exchange,
    Fetch,
    Headers,
    Missing,
    Response,
)
from scanner.parse.redact import scrub, scrub_cookie, scrub_text

DOCUMENT_LIMIT = 256 * 1024 * 1024
GZIP = 16 + zlib.MAX_WBITS
LEVEL = 6
KEY_FILE = "redaction.key"
KEY_BYTES = 32
OWNER_ONLY = 0o600
DIGEST = frozenset("0123456789abcdef")

UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From a schema to the function that lifts its documents to the next one."""

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Evidence)


class _Head(msgspec.Struct):
    """As much of a document as tells how to read the rest."""

    schema: int


def encode(evidence: Evidence, *, key: bytes = b"") -> bytes:
    """The file of a piece of evidence, secrets taken out. The same evidence gives the same bytes."""
    document = _ENCODER.encode(scrubbed(evidence, key=key))
    return gzip.compress(document, LEVEL, mtime=0)


def decode(data: bytes) -> Evidence:
    """The evidence of a file; StoreError when it is none or comes from a newer version."""
    document = _inflated(data)
    try:
        schema = msgspec.json.decode(document, type=_Head).schema
        if schema == SCHEMA:
            return _DECODER.decode(document)
        return _upgraded(msgspec.json.decode(document), schema)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise StoreError(f"evidence cannot be read: {error}") from error


def write(folder: Path, evidence: Evidence) -> str:
    """Keep a piece of evidence for good and give the digest it is found by."""
    try:
        data = encode(evidence, key=redaction_key(folder))
        digest = hashlib.sha256(data).hexdigest()
        path = path_of(folder, digest)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, data)
    except OSError as error:
        raise StoreError(f"evidence cannot be written to {folder}: {error}") from error
    return digest


def read(folder: Path, digest: str) -> Evidence:
    """The evidence of a digest; StoreError when it is gone or is not what was written."""
    if len(digest) != 64 or not DIGEST.issuperset(digest):
        raise StoreError(f"{digest[:80]!r} is no digest of evidence")
    try:
        data = path_of(folder, digest).read_bytes()
    except OSError as error:
        raise StoreError(f"evidence {digest} cannot be read: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise StoreError(f"evidence {digest} is not what was written")
    return decode(data)


def path_of(folder: Path, digest: str) -> Path:
    """Where the evidence of a digest lies."""
    return folder / digest[:2] / f"{digest}.json.gz"


def redaction_key(folder: Path) -> bytes:
    """The key of this installation: one secret keeps one mark, and no table of marks fits another's."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another worker was faster
            write_whole(path, base64.b16encode(secrets.token_bytes(KEY_BYTES)), is_new=True)
    return path.read_bytes()


# ---- redaction ---------------------------------------------------------------------------------------------


def scrubbed(evidence: Evidence, *, key: bytes) -> Evidence:
    """The same evidence with secrets taken out of headers, addresses, bodies and details."""
    return replace(
        evidence,
        dns=_clean_policies(evidence.dns, key),
        http=_clean_part(evidence.http, key),
        cms=_clean_part(evidence.cms, key),
    )


def _clean_policies(dns: DnsEvidence | Missing, key: bytes) -> DnsEvidence | Missing:
    if isinstance(dns, Missing):
        return dns
    policies = (replace(seen, exchange=_clean_exchange(seen.exchange, key)) for seen in dns.policies)
    return replace(dns, policies=tuple(policies))


def _clean_part(part: Any, key: bytes) -> Any:
    if isinstance(part, Missing):
        return _clean_missing(part, key)
    return replace(part, fetches=tuple(_clean_fetch(fetch, key) for fetch in part.fetches))


def _clean_fetch(fetch: Fetch, key: bytes) -> Fetch:
    return replace(fetch, exchanges=tuple(_clean_exchange(exchange, key) for exchange in fetch.exchanges))


def _clean_exchange(exchange: Exchange, key: bytes) -> Exchange:
    response = exchange.response
    clean = _clean_missing(response, key) if isinstance(response, Missing) else _clean_response(response, key)
    return replace(exchange, url=scrub_text(exchange.url, key=key), response=clean)


def _clean_response(response: Response, key: bytes) -> Response:
    return replace(
        response,
        headers=_clean_headers(response.headers, key),
        body=_clean_body(response.body, key),
        reason=scrub_text(response.reason, key=key),
    )


def _clean_body(body: Body | Missing, key: bytes) -> Body | Missing:
    if isinstance(body, Missing):
        return _clean_missing(body, key)
    return replace(body, content=scrub(body.content, key=key))


def _clean_headers(headers: Headers, key: bytes) -> Headers:
    return tuple(
        (name, scrub_cookie(value, key=key) if name.lower() == "set-cookie" else scrub_text(value, key=key))
        for name, value in headers
    )


def _clean_missing(missing: Missing, key: bytes) -> Missing:
    return missing._replace(detail=scrub_text(missing.detail, key=key))


# ---- files -------------------------------------------------------------------------------------------------


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj(GZIP)
    try:
        document = inflater.decompress(data, DOCUMENT_LIMIT)
    except zlib.error as error:
        raise StoreError(f"evidence cannot be read: {error}") from error
    if not inflater.eof or inflater.unused_data:
        raise StoreError("evidence cannot be read: the file is cut short, too large or has a tail")
    return document


def _upgraded(document: dict[str, Any], schema: int) -> Evidence:
    while schema != SCHEMA:
        upgrade = UPGRADES.get(schema)
        if upgrade is None:
            raise StoreError(f"evidence of schema {schema} is not known to this version (schema {SCHEMA})")
        document = upgrade(document)
        schema += 1
    return msgspec.convert(document, Evidence)


def write_whole(path: Path, data: bytes, *, is_new: bool = False) -> None:
    """Put a file in its place at once or not at all; with `is_new` FileExistsError when one is there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _place(Path(name), path, is_new=is_new)
    finally:
        Path(name).unlink(missing_ok=True)


def _place(name: Path, path: Path, *, is_new: bool) -> None:
    if is_new:
        try:
            path.hardlink_to(name)  # unlike a rename, never takes another's place
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            pass
        else:
            return
    name.replace(path)
