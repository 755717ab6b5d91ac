"""What checks on certificates and TLS versions share: how the chains and addresses of a site add up to one verdict.

Worst wins: one failing address fails the site, and `where` names the failing ones. A pass needs every address that
may serve citizens to have been seen; one that stayed silent makes the verdict unknown.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from scanner.identify.certificates import NOBODY_HOME, Certificates, PresentedChain, place
from scanner.model.check import Fail, Judgement, NotApplicable, Pass, Unknown
from scanner.model.evidence import Answer, Offer, TlsEndpoint, TlsEvidence, Why
from scanner.model.text import Text
from scanner.parse.tls_names import ERRATIC, NO_ANSWER, OUT_OF_TIME, THROTTLED, TOO_MANY, UNCONFIRMED

OTHER_NAME = "other-name"
OTHER_NAME_TEXT = Text(
    vi="Chứng thư được gửi ra không cấp cho tên miền này; xem mục sai tên máy chủ trên chứng thư.",
    en="The certificate sent is not for this host name; see the check on the name.",
)

NOT_ASKED = "not-asked"
NOT_ASKED_TEXT = Text(
    vi="Lần rà soát này không hỏi điều đó; muốn biết thì chạy bản liệt kê TLS đầy đủ.",
    en="This visit did not ask for it; a full TLS listing does.",
)
ONLY_13 = "only-13"
ONLY_13_TEXT = Text(
    vi="Máy chủ chỉ dùng TLS 1.3, phiên bản không có cơ chế này.",
    en="The server speaks TLS 1.3 alone, which has no such mechanism.",
)
OPEN_BECAUSE = {
    THROTTLED: Why.BLOCKED,
    OUT_OF_TIME: Why.BUDGET,
    NO_ANSWER: Why.TIMEOUT,
    TOO_MANY: Why.BUDGET,
    UNCONFIRMED: Why.BUDGET,
    ERRATIC: Why.BLOCKED,
}

Rule = Callable[[PresentedChain], Judgement]


def judge_chains(view: Certificates, rule: Rule) -> Judgement:
    """The verdict of a site from the verdicts of its chains."""
    said = [(chain, rule(chain)) for chain in view.chains]
    if failed := [(chain, j) for chain, j in said if isinstance(j, Fail)]:
        worst = failed[0][1]
        places = tuple(p for chain, _ in failed for p in chain.where)
        return Fail(
            worst.saw, where=places, note=worst.note, values=worst.values, confidence=worst.confidence
        )
    if unknown := next((j for _, j in said if isinstance(j, Unknown)), None):
        return unknown
    passed = [(chain, j) for chain, j in said if isinstance(j, Pass)]
    if not passed:
        return next((j for _, j in said), NotApplicable())
    if view.unseen:
        where, missing = view.unseen[0]
        return Unknown(missing.why, f"{where}: {missing.detail or missing.why}")
    saw = "; ".join(dict.fromkeys(j.saw for _, j in passed))
    return Pass(saw, where=tuple(p for chain, _ in passed for p in chain.where), values=passed[0][1].values)


def for_this_host(rule: Callable[[PresentedChain], Judgement]) -> Rule:
    """The rule, asked only of chains meant for this host: a foreign certificate is told by the name check alone."""

    def guarded(chain: PresentedChain) -> Judgement:
        if chain.leaf is None:
            return Unknown(Why.MALFORMED, chain.trust.reason)
        if chain.is_named is False:
            return NotApplicable(OTHER_NAME, saw=f"{chain.leaf.subject}")
        return rule(chain)

    return guarded


def names_of(chain: PresentedChain, *, limit: int = 10) -> str:
    """The names of a leaf as proof, the first ones."""
    assert chain.leaf is not None
    names = (*chain.leaf.dns_names, *chain.leaf.ip_names)
    more = f" (+{len(names) - limit})" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more if names else "subjectAltName: -"


def days_between(earlier: datetime, later: datetime) -> int:
    """Whole days from one moment to a later one, rounded down."""
    return (later - earlier).days


# ---- versions ----------------------------------------------------------------------------------------------


def judge_offered(tls: TlsEvidence, bad: Sequence[str]) -> Judgement:
    """Fail where an address takes one of these versions; pass where every address refuses each of them."""
    taken = [(e, [o for o in _asked(e, bad) if o.answer is Answer.ACCEPTED]) for e in tls.endpoints]
    if failed := [(e, offers) for e, offers in taken if offers]:
        names = ", ".join(sorted({o.name for _, offers in failed for o in offers}))
        proof = "; ".join(_proof(o) for o in failed[0][1])
        where = tuple(place(e.address, tls.port) for e, _ in failed)
        return Fail(proof, where=where, values=(("versions", names),))
    if hole := _hole(tls, bad):
        return hole
    return _passed(tls, bad)


def judge_wanted(tls: TlsEvidence, good: Sequence[str]) -> Judgement:
    """Fail where an address refuses all of these versions; pass where every address takes one of them."""
    seen = [e for e in tls.endpoints if e.versions is not None]
    lacking = [
        e for e in seen if all(o.answer is Answer.REJECTED for o in _asked(e, good)) and _asked(e, good)
    ]
    if lacking:
        proof = "; ".join(_proof(o) for o in _asked(lacking[0], good))
        return Fail(proof, where=tuple(place(e.address, tls.port) for e in lacking))
    unsure = (e for e in seen if not any(o.answer is Answer.ACCEPTED for o in _asked(e, good)))
    if hole := _hole(tls, good, endpoints=tuple(unsure)):
        return hole
    return _passed(tls, good, only=Answer.ACCEPTED)


def _asked(endpoint: TlsEndpoint, names: Sequence[str]) -> tuple[Offer, ...]:
    return tuple(o for o in endpoint.versions or () if o.name in names)


def _hole(
    tls: TlsEvidence, names: Sequence[str], *, endpoints: Sequence[TlsEndpoint] | None = None
) -> Unknown | None:
    """What keeps a pass from being sure: a question left open, or an address that stayed silent."""
    for endpoint in tls.endpoints if endpoints is None else endpoints:
        for offer in _asked(endpoint, names):
            if offer.answer is Answer.UNKNOWN:
                return Unknown(_why(offer), f"{place(endpoint.address, tls.port)}: {_proof(offer)}")
    if silent := silence_of(tls):
        return silent
    if not any(_asked(e, names) for e in tls.endpoints):
        return Unknown(Why.NOT_ASKED, ", ".join(names))
    return None


def _why(offer: Offer) -> Why:
    return OPEN_BECAUSE.get(offer.detail, Why.TLS)


def _passed(tls: TlsEvidence, names: Sequence[str], *, only: Answer | None = None) -> Pass:
    seen = [e for e in tls.endpoints if e.versions is not None]
    proofs = (_proof(o) for e in seen for o in _asked(e, names) if only in (None, o.answer))
    return Pass("; ".join(dict.fromkeys(proofs)), where=tuple(place(e.address, tls.port) for e in seen))


def _proof(offer: Offer) -> str:
    detail = f" ({offer.detail})" if offer.detail else ""
    return f"{offer.name}: {offer.answer.value}{detail}"


# ---- features ----------------------------------------------------------------------------------------------


class In13(StrEnum):
    """What an address that speaks TLS 1.3 alone says about a question of older versions."""

    SAFE = "safe"  # TLS 1.3 cannot have the fault
    NO_QUESTION = "no-question"
    ASKED = "asked"  # the question is one of TLS 1.3 as well


def judge_feature(tls: TlsEvidence, feature: str, *, bad: Answer, in_13: In13 = In13.SAFE) -> Judgement:
    """Fail where an address answers the bad way; pass where each answers the other; not asked is no verdict."""
    seen = [e for e in tls.endpoints if e.missing is None]
    said = [(e, offer) for e in seen for offer in e.features if offer.name == feature]
    if failed := [(e, o) for e, o in said if o.answer is bad]:
        where = tuple(place(e.address, tls.port) for e, _ in failed)
        return Fail(_proof(failed[0][1]), where=where)
    if hole := next(((e, o) for e, o in said if o.answer is Answer.UNKNOWN), None):
        return Unknown(_why(hole[1]), f"{place(hole[0].address, tls.port)}: {_proof(hole[1])}")
    if silent := silence_of(tls):
        return silent
    quiet = [e for e in seen if all(o.name != feature for o in e.features)]
    if in_13 is not In13.ASKED and (doubt := _doubt(tls, quiet)):
        return doubt
    modern = [e for e in quiet if in_13 is not In13.ASKED and speaks_13_alone(e)]
    if modern and len(modern) == len(seen):
        saw = "TLSv1.3: accepted, older versions: rejected"
        return Pass(saw, where=_places(tls, seen)) if in_13 is In13.SAFE else NotApplicable(ONLY_13, saw)
    if not said or len(quiet) > len(modern):
        return NotApplicable(NOT_ASKED)
    return Pass("; ".join(dict.fromkeys(_proof(o) for _, o in said)), where=_places(tls, seen))


def _doubt(tls: TlsEvidence, endpoints: Sequence[TlsEndpoint]) -> Unknown | None:
    """An older version left open: nobody knows whether it has the fault."""
    for endpoint in endpoints:
        for offer in endpoint.versions or ():
            if offer.answer is Answer.UNKNOWN and offer.name != "TLSv1.3":
                return Unknown(_why(offer), f"{place(endpoint.address, tls.port)}: {_proof(offer)}")
    return None


def speaks_13_alone(endpoint: TlsEndpoint) -> bool:
    """True when TLS 1.3 is taken and every older version was refused, none left open."""
    offers = {o.name: o.answer for o in endpoint.versions or ()}
    older = [answer for version, answer in offers.items() if version != "TLSv1.3"]
    return offers.get("TLSv1.3") is Answer.ACCEPTED and all(a is Answer.REJECTED for a in older)


def silence_of(tls: TlsEvidence) -> Unknown | None:
    """The address that may serve citizens and said nothing, if there is one."""
    for endpoint in tls.endpoints:
        if endpoint.missing and endpoint.missing.why not in NOBODY_HOME:
            told = endpoint.missing.detail or endpoint.missing.why
            return Unknown(endpoint.missing.why, f"{place(endpoint.address, tls.port)}: {told}")
    return None


def _places(tls: TlsEvidence, endpoints: Sequence[TlsEndpoint]) -> tuple[str, ...]:
    return tuple(place(e.address, tls.port) for e in endpoints)
