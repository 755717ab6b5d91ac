"""Whether an authority has taken a certificate back: the staple, then the revocation list, then the responder.

A source decides when it is signed by the issuer, covers the certificate and is in its time; the first one that decides
is the answer. A source that nobody could reach leaves the question open: that is `unknown`, never good.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from cryptography import x509

from scanner.identify.revocation import CLOCK_SLACK, Staple, StapleState, is_lasting, staple_of
from scanner.model.evidence import Missing, PkiEvidence, Why
from scanner.parse.certificate import (
    READ_ERRORS,
    CertificateError,
    CertificateFacts,
    load_certificate,
    read_certificate,
)
from scanner.parse.certificate_url import fetchable, question_url
from scanner.parse.crl import CrlError, CrlFacts, find, load_crl, read_crl
from scanner.parse.signature import is_signed

CRLS_MOST = 2  # addresses of one certificate; the second is the same list elsewhere
RESPONDERS_MOST = 1


class RevocationState(StrEnum):
    """What is known about one certificate."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # somebody was asked, and nobody could say
    UNASKED = "not-asked"
    NOWHERE = "nowhere"  # the certificate names neither a list nor a responder


class Ask(NamedTuple):
    """An address to fetch, and what for: issuer, crl or ocsp."""

    purpose: str
    url: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """The state of one certificate of a path, with its proof: which source said so, of what time."""

    state: RevocationState
    subject: str
    serial: str  # hex
    source: str = ""  # "staple", or the address of the list or responder
    detail: str = ""
    revoked_at: datetime | None = None
    reason: str = ""
    missing: Missing | None = None  # of UNKNOWN: what the last source came to


@dataclass(frozen=True, slots=True)
class _Said:
    """What one source came to: a state, or why it does not decide."""

    state: RevocationState = RevocationState.UNKNOWN
    detail: str = ""
    revoked_at: datetime | None = None
    reason: str = ""
    missing: Missing | None = None


def revocations_of(
    path: Sequence[bytes], staple: Staple, pki: PkiEvidence | Missing, *, at: datetime
) -> tuple[Revocation, ...]:
    """The state of every certificate of a path but its anchor, leaf first. Without a path there is nobody to ask."""
    return tuple(
        _revocation(path[n : n + 2], staple if n == 0 else Staple(), pki, at) for n in range(len(path) - 1)
    )


def told_by(staple: Staple, leaf: CertificateFacts | None) -> tuple[Revocation, ...]:
    """What a staple alone says of a leaf without a path to an anchor, when it decides."""
    if leaf is None or staple.state not in (StapleState.GOOD, StapleState.REVOKED):
        return ()
    said = _of_response(staple)
    return (
        Revocation(
            said.state, leaf.subject, leaf.serial, "staple", said.detail, said.revoked_at, said.reason
        ),
    )


def next_ask(path: Sequence[bytes], staple: Staple, pki: PkiEvidence, *, at: datetime) -> Ask | None:
    """The next address to fetch to learn more about a path, or None when nothing is left to ask."""
    for n in range(len(path) - 1):
        pair = path[n : n + 2]
        if n == 0 and staple.state in (StapleState.GOOD, StapleState.REVOKED):
            continue
        for ask in sources(pair):
            if pki.get(*ask) is None:
                return ask
            if _said(ask, pair, pki, at).state is not RevocationState.UNKNOWN:
                break
    return None


def sources(pair: Sequence[bytes]) -> Iterator[Ask]:
    """Where a certificate says its state can be had, in the order we ask; `pair` is it and its issuer."""
    facts = _facts(pair[0])
    for url in [u for u in facts.crl_urls if fetchable(u)][:CRLS_MOST]:
        yield Ask("crl", url)
    for url in [u for u in facts.ocsp_urls if fetchable(u)][:RESPONDERS_MOST]:
        yield Ask("ocsp", question_url(url, pair[0], pair[1]))


def _revocation(
    pair: Sequence[bytes], staple: Staple, pki: PkiEvidence | Missing, at: datetime
) -> Revocation:
    facts = _facts(pair[0])

    def known(state: RevocationState, source: str, said: _Said) -> Revocation:
        return Revocation(
            state,
            facts.subject,
            facts.serial,
            source,
            said.detail,
            said.revoked_at,
            said.reason,
            said.missing,
        )

    if staple.state in (StapleState.GOOD, StapleState.REVOKED):
        said = _of_response(staple)
        return known(said.state, "staple", said)
    asked = list(sources(pair))
    if not asked and not (facts.crl_urls or facts.ocsp_urls):
        return known(RevocationState.NOWHERE, "", _Said())
    if isinstance(pki, Missing):
        return known(RevocationState.UNASKED, "", _Said(missing=pki))
    open_ends: list[tuple[str, _Said]] = []
    for ask in asked:
        said = _said(ask, pair, pki, at)
        if said.state is not RevocationState.UNKNOWN:
            return known(said.state, ask.url, said)
        open_ends.append((ask.url, said))
    source, last = open_ends[0] if open_ends else ("", _Said(missing=_of_other_kinds(facts)))
    return known(RevocationState.UNKNOWN, source, last)


def _of_other_kinds(facts: CertificateFacts) -> Missing:
    urls = (*facts.crl_urls, *facts.ocsp_urls)
    return Missing(Why.OUT_OF_SCOPE, f"not fetched from such an address: {urls[0][:200]}")


def _said(ask: Ask, pair: Sequence[bytes], pki: PkiEvidence, at: datetime) -> _Said:
    fetched = pki.get(*ask)
    if fetched is None:
        return _Said(missing=Missing(Why.BUDGET, ask.url[:200]))
    if isinstance(fetched.content, Missing):
        return _Said(missing=fetched.content)
    if ask.purpose == "ocsp":
        response = staple_of(fetched.content, _facts(pair[0]), pair, at=at)
        return _of_response(response)
    return _of_list(fetched.content, ask.url, pair, at)


def _of_response(response: Staple) -> _Said:
    states = {StapleState.GOOD: RevocationState.GOOD, StapleState.REVOKED: RevocationState.REVOKED}
    state = states.get(response.state, RevocationState.UNKNOWN)
    if state is RevocationState.UNKNOWN:
        words = f"response {response.state.value}: {response.detail}"
        return _Said(missing=Missing(Why.MALFORMED, words[:300]))
    return _Said(state, response.detail, response.revoked_at, response.reason)


# ---- lists -------------------------------------------------------------------------------------------------


def _of_list(data: bytes, url: str, pair: Sequence[bytes], at: datetime) -> _Said:
    """What a list says of a certificate (RFC 5280 section 6.3.3)."""
    facts = _facts(pair[0])
    try:
        said = read_crl(data)
        if trouble := _unfit(data, said, facts, load_certificate(pair[1]), url):
            return _Said(missing=Missing(Why.MALFORMED, trouble))
        entry = find(data, int(facts.serial, 16))
    except (CrlError, CertificateError, *READ_ERRORS) as error:  # the library reads late: names, extensions
        return _Said(missing=Missing(Why.MALFORMED, f"{error}"[:300]))
    window = f"{said.this_update:%Y-%m-%dT%H:%M:%SZ} - " + (
        f"{said.next_update:%Y-%m-%dT%H:%M:%SZ}" if said.next_update else ""
    )
    if said.number is not None:
        window = f"number {said.number:x}, {window}"
    if entry and not entry.is_foreign and is_lasting(entry.reason):  # for ever: an old list tells it as well
        return _Said(RevocationState.REVOKED, window, entry.revoked_at, entry.reason)
    if said.next_update is None or said.next_update + CLOCK_SLACK < at or said.this_update - CLOCK_SLACK > at:
        return _Said(missing=Missing(Why.MALFORMED, f"list out of its time: {window}"))
    if entry and not entry.is_foreign:
        return _Said(RevocationState.REVOKED, window, entry.revoked_at, entry.reason)
    if entry or said.has_some_reasons:
        return _Said(missing=Missing(Why.MALFORMED, "the list covers some reasons or issuers only"))
    return _Said(RevocationState.GOOD, window)


def _unfit(data: bytes, said: CrlFacts, facts: CertificateFacts, issuer: x509.Certificate, url: str) -> str:
    """Why a list proves nothing about this certificate, or nothing."""
    if said.is_delta:
        return "a list of changes only"
    if said.is_indirect:
        return "an indirect list"
    if said.strange:
        return f"critical extensions {', '.join(said.strange)[:100]}"
    if said.only_attributes or (said.only_users if facts.is_ca else said.only_authorities):
        return "the list is about other kinds of certificates"
    if said.points and not set(said.points) & {url, *facts.crl_urls}:
        return f"the list is that of another address: {said.points[0][:200]}"
    return "" if _is_signed_by(data, issuer) else "the list is not signed by the issuer"


def _is_signed_by(data: bytes, issuer: x509.Certificate) -> bool:
    crl = load_crl(data)
    if crl.issuer != issuer.subject or not _may_sign_lists(issuer):
        return False
    digest, how = crl.signature_hash_algorithm, crl.signature_algorithm_parameters
    return is_signed(crl.tbs_certlist_bytes, crl.signature, by=issuer, digest=digest, how=how)


def _may_sign_lists(issuer: x509.Certificate) -> bool:
    """True unless the issuer's key usage leaves lists out (RFC 5280 section 6.3.3 step f)."""
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True


def _facts(der: bytes) -> CertificateFacts:
    return read_certificate(der)
