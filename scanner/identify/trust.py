"""Whether a path leads from what a server sent to an anchor. The only module that knows the verifier.

Three things are kept apart, because different checks tell them: the path (here), the name and the dates.
So the path is sought without a name, at a moment when the leaf is valid. Where the strict profile of the
Web finds none, our own walk by names and signatures tells a chain that lacks a link from one that ends
nowhere.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from scanner.model.reference import Anchors
from scanner.parse.certificate import READ_ERRORS, CertificateError, load_certificate, read_certificate
from scanner.parse.signature import RSA_BITS_LIMIT, is_issued_by

DEPTH_LIMIT = 8
BROKEN_HASHES = frozenset({"md2", "md4", "md5"})
SERVER_USAGES = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)

Path = tuple[x509.Certificate, ...]


class TrustState(StrEnum):
    """What vouches for a certificate."""

    TRUSTED_PUBLIC = "trusted-public"
    TRUSTED_PRIVATE = "trusted-private"
    INCOMPLETE = "incomplete"  # the issuer was not sent, and the certificate says where it can be had
    SELF_SIGNED = "self-signed"
    UNTRUSTED = "untrusted"
    ERROR = "error"  # not readable, so nothing is known


@dataclass(frozen=True, slots=True)
class Trust:
    """What vouches for a certificate, and why. `remark` names a fault of form the path has nevertheless."""

    state: TrustState
    reason: str = ""
    anchor: str = ""  # subject of the public root, or label of the private anchor
    remark: str = ""
    path: tuple[bytes, ...] = field(default=(), compare=False)  # leaf to anchor in DER; empty without one
    wanted: tuple[str, ...] = field(default=(), compare=False)  # where the missing issuer can be had
    supplied: tuple[str, ...] = ()  # addresses that gave what the server left out: the gap is proven

    @property
    def is_trusted(self) -> bool:
        """True when a path to an anchor was found, public or private."""
        return self.state in (TrustState.TRUSTED_PUBLIC, TrustState.TRUSTED_PRIVATE)


@dataclass(frozen=True)
class _Pool:
    """Anchors of one kind, ready to be searched."""

    store: Store
    by_subject: dict[bytes, tuple[x509.Certificate, ...]]


def trust_of(chain: Sequence[bytes], anchors: Anchors, *, at: datetime) -> Trust:
    """What vouches for the first of these certificates, given the others; their order does not matter.

    An expired leaf is judged at its last moment, a future one at its first: dates are for other checks.
    """
    return _remembered(tuple(chain), anchors, at)


def trust_with(
    chain: Sequence[bytes], fetched: Mapping[str, Sequence[bytes]], anchors: Anchors, *, at: datetime
) -> Trust:
    """The same, when certificates of issuers were fetched besides: by address, what it gave.

    What the server sent decides. Where it lacks a link, the fetched ones tell a gap (a path exists with them)
    from a certificate that nobody vouches for (there is none even so).
    """
    alone = trust_of(chain, anchors, at=at)
    if alone.state is not TrustState.INCOMPLETE or not fetched:
        return alone
    extra = tuple(dict.fromkeys(der for ders in fetched.values() for der in ders))
    whole = trust_of((*chain, *extra), anchors, at=at)
    if not whole.is_trusted:
        return whole
    lacking = [der for der in whole.path[1:-1] if der not in chain]
    supplied = tuple(url for url, ders in fetched.items() if any(der in lacking for der in ders))
    return replace(whole, state=TrustState.INCOMPLETE, reason=alone.reason, supplied=supplied)


@lru_cache(maxsize=64)  # several views of one visit ask about the same chain
def _remembered(chain: tuple[bytes, ...], anchors: Anchors, at: datetime) -> Trust:
    try:
        leaf = load_certificate(chain[0])
        moment = min(max(at, leaf.not_valid_before_utc), leaf.not_valid_after_utc)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _trust(leaf, _usable(chain[1:]), anchors, moment)
    except (IndexError, CertificateError, *READ_ERRORS) as error:
        return Trust(TrustState.ERROR, f"{type(error).__name__}: {error}"[:300])


def _trust(leaf: x509.Certificate, sent: Path, anchors: Anchors, moment: datetime) -> Trust:
    labels = {der: label for label, der in anchors.private}
    refusal = ""
    for state, ders in (
        (TrustState.TRUSTED_PUBLIC, anchors.public),
        (TrustState.TRUSTED_PRIVATE, tuple(labels)),
    ):
        pool = _pool(ders)
        if pool is None:
            continue
        path, reason = _strict_path(leaf, sent, pool, moment)
        if path is None:
            walked = tuple(_walks(leaf, sent, pool))
            refusal = refusal or (reason if walked else "")
            path = next((p for p in walked if _is_sound(p, moment)), None)
        if path is not None:
            anchor = labels.get(_der(path[-1]), _name(path[-1].subject))
            return Trust(state, anchor=anchor, remark=reason, path=tuple(map(_der, path)))
    return Trust(TrustState.UNTRUSTED, refusal) if refusal else _unvouched(leaf, sent)


def _strict_path(
    leaf: x509.Certificate, sent: Path, pool: _Pool, moment: datetime
) -> tuple[Path | None, str]:
    """A path by the profile of the Web, or why there is none. A leaf that is an anchor is its own path."""
    if _der(leaf) in map(_der, pool.by_subject.get(leaf.subject.public_bytes(), ())):
        return (leaf,), ""
    verifier = (
        PolicyBuilder()
        .store(pool.store)
        .time(moment)
        .max_chain_depth(DEPTH_LIMIT)
        .extension_policies(ca_policy=_authority_policy(), ee_policy=ExtensionPolicy.permit_all())
        .build_client_verifier()  # the one that asks for no name
    )
    try:
        return tuple(verifier.verify(leaf, list(sent)).chain), ""
    except VerificationError as error:
        return None, str(error)[:300]


def _authority_policy() -> ExtensionPolicy:
    """The Web's rules for authorities, with the usage of servers in place of that of clients."""
    return ExtensionPolicy.webpki_defaults_ca().may_be_present(
        x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _may_serve
    )


def _may_serve(_policy: Policy, _certificate: x509.Certificate, usage: x509.ExtendedKeyUsage | None) -> None:
    if usage is not None and not any(u in usage for u in SERVER_USAGES):
        raise ValueError("the authority may not issue for servers")


def _walks(leaf: x509.Certificate, sent: Path, pool: _Pool) -> Iterator[Path]:
    """Paths from a leaf to an anchor by names and signatures alone, dates and extensions not looked at.

    Shortest first, and no certificate is climbed twice: a set that signs itself in circles costs nothing.
    """
    reached = {leaf}
    paths: list[Path] = [(leaf,)]
    for path in paths:  # grows while it is read
        last = path[-1]
        for anchor in pool.by_subject.get(last.issuer.public_bytes(), ()):
            if is_issued_by(last, anchor):
                yield (*path, anchor)
        for issuer in sent if len(path) < DEPTH_LIMIT else ():
            if issuer not in reached and is_issued_by(last, issuer):
                reached.add(issuer)
                paths.append((*path, issuer))


def _is_sound(path: Path, moment: datetime) -> bool:
    """True when a path the strict profile refuses breaks form only: old hash, missing key identifiers ...

    What protects somebody is asked for all the same: dates, the right to issue, path length, usage, no
    broken hash. A name constraint is never waved through.
    """
    if any(
        c.signature_hash_algorithm and c.signature_hash_algorithm.name in BROKEN_HASHES for c in path[:-1]
    ):
        return False
    return all(
        c.not_valid_before_utc <= moment <= c.not_valid_after_utc and _may_issue(c, below=below)
        for below, c in enumerate(path[1:])
    )


def _may_issue(authority: x509.Certificate, *, below: int) -> bool:
    """True when an authority may stand above that many others (RFC 5280 section 4.2.1.9)."""
    try:
        found = {type(e.value): e.value for e in authority.extensions}
    except READ_ERRORS:
        return False
    constraints = found.get(x509.BasicConstraints)
    usage = found.get(x509.KeyUsage)
    purposes = found.get(x509.ExtendedKeyUsage)
    if not isinstance(constraints, x509.BasicConstraints) or not constraints.ca:
        return False
    if constraints.path_length is not None and constraints.path_length < below:
        return False
    if isinstance(usage, x509.KeyUsage) and not usage.key_cert_sign:
        return False
    if isinstance(purposes, x509.ExtendedKeyUsage) and not any(u in purposes for u in SERVER_USAGES):
        return False
    return x509.NameConstraints not in found


def _unvouched(leaf: x509.Certificate, sent: Path) -> Trust:
    """Why nothing vouches for a leaf: self-signed, a link missing, or an end that nobody knows."""
    if is_issued_by(leaf, leaf):
        return Trust(TrustState.SELF_SIGNED, _name(leaf.subject))
    top = _top(leaf, sent)
    if top.subject == top.issuer:
        return Trust(TrustState.UNTRUSTED, f"ends at an unknown root: {_name(top.subject)}")
    if urls := read_certificate(_der(top)).issuer_urls:
        return Trust(TrustState.INCOMPLETE, f"not sent: {_name(top.issuer)} ({urls[0]})", wanted=urls)
    return Trust(TrustState.UNTRUSTED, f"unknown issuer: {_name(top.issuer)}")


def _top(leaf: x509.Certificate, sent: Path) -> x509.Certificate:
    """The last certificate that can be reached upwards among those sent."""
    path = [leaf]
    while len(path) < DEPTH_LIMIT:
        above = next((c for c in sent if c not in path and is_issued_by(path[-1], c)), None)
        if above is None:
            break
        path.append(above)
    return path[-1]


def _usable(ders: Sequence[bytes]) -> Path:
    """The certificates that can be read and whose keys are no burden."""
    loaded = []
    for der in ders:
        try:
            facts, certificate = read_certificate(der), load_certificate(der)
        except CertificateError:
            continue
        is_refused = not facts.key_type or any(f.startswith("key:") for f in facts.faults)
        if not is_refused and not (facts.key_type == "RSA" and facts.key_bits > RSA_BITS_LIMIT):
            loaded.append(certificate)
    return tuple(loaded)


@lru_cache(maxsize=8)
def _pool(ders: tuple[bytes, ...]) -> _Pool | None:
    """Anchors read once per bundle; those that cannot be read vouch for nobody."""
    roots = _usable(ders)
    by_subject: dict[bytes, tuple[x509.Certificate, ...]] = {}
    for root in roots:
        subject = root.subject.public_bytes()
        by_subject[subject] = (*by_subject.get(subject, ()), root)
    return _Pool(Store(list(roots)), by_subject) if roots else None


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _name(name: x509.Name) -> str:
    return name.rfc4514_string()[:200]
