"""Hand-made answers of known paths for the examples of checks."""

from scanner.identify.exposed import Exposed, Known
from scanner.identify.ground import is_worth
from scanner.model.evidence import Missing, Why
from scanner.model.question import KNOWN_PATHS

HOST = "https://so.example"
NO_TOKEN = ""  # no known path holds one


def known(purpose: str, proof: str = "", status: int = 200, missing: Why | None = None) -> Known:
    """One answer; without proof it is whatever else the site says there."""
    url = KNOWN_PATHS[purpose].url(f"{HOST}/", NO_TOKEN)
    if missing is not None:
        return Known(purpose, url, missing=Missing(missing))
    return Known(purpose, url, status, proof)


def asked(*answers: Known, ground: str = "other") -> Exposed:
    """A visit that asked these known paths; the others worth asking answered 404."""
    given = {answer.purpose for answer in answers}
    rest = tuple(
        known(name, status=404)
        for name, q in KNOWN_PATHS.items()
        if name not in given and is_worth(q, ground)
    )
    unfit = frozenset(name for name, q in KNOWN_PATHS.items() if not is_worth(q, ground))
    return Exposed((*answers, *rest), unfit, ground)


def unasked(ground: str = "other") -> Exposed:
    """A visit that asked none of them."""
    return Exposed((), asked(ground=ground).irrelevant, ground)
