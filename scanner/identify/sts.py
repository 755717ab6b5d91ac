"""What a sender makes of an announced MTA-STS policy (RFC 8461 sections 3.3 and 4): usable, useless, or not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scanner.identify.certificates import presented
from scanner.identify.dns_book import Book, line_of
from scanner.identify.questions import POLICY_PATH, policy_host
from scanner.identify.trust import TrustState
from scanner.model.evidence import Body, DnsState, Missing, PolicyFetch, Response, Why
from scanner.model.reference import Reference
from scanner.parse.mta_sts import StsError, StsMode, StsPolicy, is_permitted, read_sts_policy

OK, GONE = 200, (404, 410)
TEXT_TYPE = "text/plain"


class StsFault(StrEnum):
    """Why senders do without the policy."""

    RECORD = "record"
    HOST = "host"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    REDIRECT = "redirect"
    ABSENT = "absent"
    TYPE = "type"
    POLICY = "policy"
    MX = "mx"


@dataclass(frozen=True, slots=True)
class Sts:
    """The policy of one mail domain. `fault` says why senders ignore it; `unknown` why nobody can tell."""

    policy: StsPolicy | None = None
    fault: StsFault | None = None
    proof: str = ""
    unknown: Missing | None = None

    @property
    def is_enforced(self) -> bool:
        """True when senders refuse a mail server that cannot prove itself."""
        return self.policy is not None and self.fault is None and self.policy.mode is StsMode.ENFORCE


def sts_of(
    domain: str,
    servers: Sequence[str],
    fetches: Sequence[PolicyFetch],
    book: Book,
    ref: Reference,
    *,
    at: datetime,
) -> Sts:
    """What the fetch of a domain's policy amounts to for the mail servers it names in DNS."""
    seen = next((f for f in fetches if f.domain == domain), None)
    if seen is None:
        return Sts(unknown=Missing(Why.NOT_ASKED, f"https://{policy_host(domain)}{POLICY_PATH}"))
    response = seen.exchange.response
    if isinstance(response, Missing):
        return _unseen(domain, seen, response, book)
    if trouble := _distrust(domain, seen, ref, at):
        return trouble
    return policy_of(seen.exchange.url, response, servers)


def _unseen(domain: str, seen: PolicyFetch, missing: Missing, book: Book) -> Sts:
    """A name proven absent, a closed port and a failed handshake stop every sender; silence proves nothing."""
    answers = [book.get(policy_host(domain), kind) for kind in ("A", "AAAA")]
    if all(answer.state is DnsState.ABSENT for answer in answers):
        return Sts(fault=StsFault.HOST, proof="\n".join(map(line_of, answers)))
    if missing.why in (Why.REFUSED, Why.TLS):
        return Sts(fault=StsFault.CONNECTION, proof=f"GET {seen.exchange.url}: {missing.detail}")
    return Sts(unknown=Missing(missing.why, f"GET {seen.exchange.url}: {missing.detail}"))


def _distrust(domain: str, seen: PolicyFetch, ref: Reference, at: datetime) -> Sts | None:
    """The certificate must hold for the policy host, by the anchors of the Web (section 3.3)."""
    host = policy_host(domain)
    chain = presented(seen.chain, host=host, where=(host,), version="", at=at, ref=ref)
    if chain.leaf is None or chain.trust.state is TrustState.ERROR:
        return Sts(unknown=Missing(Why.TLS, f"{host}: {chain.trust.reason or 'no certificate'}"))
    reasons = [] if chain.trust.state is TrustState.TRUSTED_PUBLIC else [str(chain.trust.state)]
    reasons += [] if chain.is_named is not False else [f"for {', '.join(chain.leaf.dns_names[:3]) or '-'}"]
    reasons += [f"expired {chain.leaf.not_after:%Y-%m-%d}"] if chain.leaf.not_after <= at else []
    if not reasons:
        return None
    said = f"{host} certificate: {'; '.join(reasons)}"
    return Sts(fault=StsFault.CERTIFICATE, proof=said)


def policy_of(url: str, response: Response, servers: Sequence[str]) -> Sts:
    """What an answer holds for the mail servers of a domain; redirects are not followed."""
    head = f"GET {url}: {response.status}"
    if 300 <= response.status < 400:
        return Sts(fault=StsFault.REDIRECT, proof=head)
    if response.status in GONE:
        return Sts(fault=StsFault.ABSENT, proof=head)
    if response.status != OK:
        return Sts(unknown=Missing(Why.BLOCKED, head))
    kind = next((v for n, v in response.headers if n.lower() == "content-type"), "")
    if kind.partition(";")[0].strip().lower() != TEXT_TYPE:
        return Sts(fault=StsFault.TYPE, proof=f"{head}\nContent-Type: {kind[:80] or '-'}")
    if not isinstance(response.body, Body):
        return Sts(unknown=response.body)
    text = response.body.content.decode("utf-8", "replace")
    policy = read_sts_policy(text)
    if isinstance(policy, StsError) or response.body.truncated:
        reason = policy.reason if isinstance(policy, StsError) else "too long"
        return Sts(fault=StsFault.POLICY, proof=f"{head}\n{reason}")
    strangers = [] if policy.mode is StsMode.NONE else [s for s in servers if not is_permitted(s, policy.mx)]
    proof = "\n".join((head, *text.split("\n")[:20])).strip()
    if strangers:
        return Sts(policy, StsFault.MX, f"{proof}\nMX: {', '.join(strangers)}")
    return Sts(policy, proof=proof)
