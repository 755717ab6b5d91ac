"""The door of the administration: what the usual address of the recognised product's login answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.identify.page_kind import PageKind, kind_of
from scanner.identify.products import Certainty, Product
from scanner.model.evidence import Body, CmsEvidence, Evidence, Fetch, Missing, Response, Why
from scanner.model.reference import Login, Reference

LOGIN = "cms-login"
REFUSED = frozenset({401, 403, 404, 410})  # an answer for us: the form is not shown to everybody
UNSURE = frozenset({PageKind.MAINTENANCE, PageKind.PARKED, PageKind.EMPTY})


@dataclass(frozen=True, slots=True)
class Door:
    """One login address. `is_open` is None when the answer says neither; `missing` says why."""

    product: str
    name: str
    url: str = ""
    status: int = 0
    is_open: bool | None = None
    saw: str = ""
    missing: Missing = Missing(Why.NOT_ASKED)


def login_of(product: Product, logins: Iterable[Login]) -> Login | None:
    """The usual login of a product that is surely there."""
    if product.certainty is Certainty.POSSIBLE:
        return None
    return next((login for login in logins if login.product == product.key), None)


def door_of(products: Sequence[Product], evidence: Evidence, ref: Reference) -> Door | None:
    """The login of the surest product that has one; None when no product of the page has one."""
    pairs = ((p, login) for p in products if (login := login_of(p, ref.logins)))
    product, login = next(pairs, (None, None))
    if product is None or login is None:
        return None
    cms = evidence.cms
    if not isinstance(cms, CmsEvidence):
        return Door(product.key, product.name, missing=cms)
    fetch = next((f for f in cms.fetches if f.purpose == LOGIN), None)
    if fetch is None:
        return Door(product.key, product.name, missing=_why_unasked(cms.fetches))
    return _door(product, login, fetch, cms.fetches)


def _why_unasked(fetches: Sequence[Fetch]) -> Missing:
    last = fetches[-1].last.response if fetches else None
    if isinstance(last, Missing):
        return last
    if isinstance(last, Response) and (last.status in (429, 503) or last.status == 403):
        return Missing(Why.BLOCKED, f"status {last.status}")
    return Missing(Why.BUDGET, "the requests went into the version")


def _door(product: Product, login: Login, fetch: Fetch, fetches: Sequence[Fetch]) -> Door:
    url, answer = fetch.last.url, fetch.last.response
    if isinstance(answer, Missing):
        return Door(product.key, product.name, url, missing=answer)
    status = answer.status
    text = answer.body.content.decode("utf-8", "replace") if isinstance(answer.body, Body) else ""
    proof = login.pattern.search(text) if status == 200 else None
    if proof:
        return Door(product.key, product.name, url, status, is_open=True, saw=_around(text, proof.start()))
    is_closed = (
        kind_of(answer) not in UNSURE | {PageKind.BLOCKED}
        if status == 200
        else status in REFUSED and not (status in (401, 403) and _refuses_all(fetches))
    )
    if is_closed:
        return Door(product.key, product.name, url, status, is_open=False)
    return Door(product.key, product.name, url, status, missing=Missing(Why.BLOCKED, f"status {status}"))


def _refuses_all(fetches: Iterable[Fetch]) -> bool:
    """True when every targeted request was refused: a wall against us, not a rule for the administration."""
    answers = [f.last.response for f in fetches]
    return all(isinstance(a, Response) and a.status in (401, 403) for a in answers)


def _around(text: str, place: int) -> str:
    return " ".join(text[max(place - 40, 0) : place + 80].split())
