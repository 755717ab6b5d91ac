"""Hand-made answers to `/.well-known/security.txt` for the examples of checks."""

from dataclasses import replace

from scanner.identify.security_text import PURPOSE, SecurityFile, security_file_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import Missing, Response, Why
from scanner.samples.domain import TABLES
from scanner.samples.web import HOST, chain, response, seen

PLACE = f"https://{HOST}/.well-known/security.txt"
PLAIN = "text/plain; charset=utf-8"
IN_ORDER = "Contact: mailto:annm@so.example\r\nExpires: 2027-06-01T00:00:00Z\r\n"

View = SecurityFile | Missing | NotApplicable


def security_file(text: str = IN_ORDER, *, status: int = 200, media_type: str = PLAIN) -> View:
    """What a site gave for its security.txt."""
    answer = replace(response(status, html=text), headers=(("Content-Type", media_type),))
    return _seen(answer)


def no_answer(why: Why = Why.TIMEOUT) -> View:
    """The question stayed without an answer."""
    return _seen(Missing(why))


def not_asked() -> View:
    """A visit that asks for no known paths."""
    return security_file_of(seen(chain("https", (f"https://{HOST}/", response()))), TABLES)


def _seen(answer: Response | Missing) -> View:
    return security_file_of(seen(chain(PURPOSE, (PLACE, answer))), TABLES)
