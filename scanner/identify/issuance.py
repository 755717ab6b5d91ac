"""Who issued the certificates of a site, beside whom its CAA records name (RFC 8659).

A CAA record binds authorities on the day of issue and nobody else, so a difference is no proof of a wrong issue: the
record may be younger than the certificate. It is worth a look all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.identify.certificates import Certificates, PresentedChain, certificates_of
from scanner.identify.trust import TrustState
from scanner.identify.zone import Caa, caa_of, subject_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Evidence, Missing
from scanner.model.reference import Reference
from scanner.parse.certificate import CertificateError, read_certificate


@dataclass(frozen=True, slots=True)
class Issue:
    """One certificate of a public authority: its issuer, and the identifiers that issuer is known by in CAA."""

    where: tuple[str, ...]
    issuer: str
    identifiers: tuple[str, ...]  # empty: an authority the table does not know
    is_wildcard: bool  # the host is named by a wildcard alone


@dataclass(frozen=True, slots=True)
class Issuance:
    """The CAA set of a host and the certificates it is compared with."""

    host: str
    caa: Caa
    issues: tuple[Issue, ...]
    unseen: tuple[tuple[str, Missing], ...] = ()


def issuance_of(evidence: Evidence, ref: Reference) -> Issuance | Missing | NotApplicable:
    """The view; certificates for other hosts and of private authorities are left out."""
    found, read = subject_of(evidence, ref), certificates_of(evidence, ref)
    if isinstance(found, Missing | NotApplicable):
        return found
    if not isinstance(read, Certificates):
        return read
    issues = tuple(
        _issue(chain, found[0].host, ref.authorities)
        for chain in read.chains
        if chain.is_named and chain.trust.state is TrustState.TRUSTED_PUBLIC
    )
    host, book = found[0].host, found[1]
    return Issuance(host, caa_of(host, book), issues, read.unseen)


def _issue(chain: PresentedChain, host: str, authorities: Mapping[str, tuple[str, ...]]) -> Issue:
    assert chain.leaf is not None
    own = authorities.get(chain.leaf.issuer_organisation, ())
    root = authorities.get(_root_of(chain), ())
    names = {name.lower().removesuffix(".") for name in chain.leaf.dns_names}
    return Issue(
        where=chain.where,
        issuer=chain.leaf.issuer,
        identifiers=tuple(dict.fromkeys((*own, *root))) if own else (),
        is_wildcard=host not in names,
    )


def _root_of(chain: PresentedChain) -> str:
    """The organisation of the root: an authority may let another one issue below its own."""
    try:
        return read_certificate(chain.trust.path[-1]).issuer_organisation
    except (IndexError, CertificateError):
        return ""
