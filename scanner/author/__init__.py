"""What the author of a check needs, in one import. See docs/write-a-check.md."""

from collections.abc import Callable, Mapping
from typing import Any

from scanner.identify.alias import Alias
from scanner.identify.certificates import Certificates
from scanner.identify.change import Change
from scanner.identify.cloaking import FourViews
from scanner.identify.compromise import Compromise
from scanner.identify.crawled import Crawled
from scanner.identify.dane import Dane
from scanner.identify.exposed import Exposed
from scanner.identify.imprint import ImprintedPage
from scanner.identify.issuance import Issuance
from scanner.identify.mail import Mail, MailDomain
from scanner.identify.page import Page
from scanner.identify.platform import Platform
from scanner.identify.security_text import SecurityFile
from scanner.identify.stale import Names
from scanner.identify.zone import Zone
from scanner.model.agency import Depth, Lifecycle
from scanner.model.check import (
    Check,
    Context,
    Example,
    Fail,
    Judgement,
    NotApplicable,
    Pass,
    Unknown,
)
from scanner.model.evidence import (
    Answer,
    CmsEvidence,
    DnsEvidence,
    Evidence,
    HttpEvidence,
    Missing,
    TlsEvidence,
    Why,
)
from scanner.model.finding import Confidence, Severity, Verdict
from scanner.model.text import Text

__all__ = [
    "Alias",
    "Answer",
    "Certificates",
    "Change",
    "Check",
    "CmsEvidence",
    "Compromise",
    "Confidence",
    "Context",
    "Crawled",
    "Dane",
    "Depth",
    "DnsEvidence",
    "Evidence",
    "Example",
    "Exposed",
    "Fail",
    "FourViews",
    "HttpEvidence",
    "ImprintedPage",
    "Issuance",
    "Judgement",
    "Lifecycle",
    "Mail",
    "MailDomain",
    "Missing",
    "Names",
    "NotApplicable",
    "Page",
    "Pass",
    "Platform",
    "SecurityFile",
    "Severity",
    "Text",
    "TlsEvidence",
    "Unknown",
    "Verdict",
    "Why",
    "Zone",
    "check",
]


def check(
    check_id: str,
    *,
    on: type,
    severity: Severity,
    since: str,
    title: Text,
    why: Text,
    fix: Text,
    refs: tuple[str, ...],
    examples: tuple[Example, ...],
    notes: Mapping[str, Text] | None = None,
    howto: str = "",
    reproduce: str = "",
    needs: tuple[str, ...] = (),
    confidence: Confidence = Confidence.HIGH,
    formerly: tuple[str, ...] = (),
) -> Callable[[Callable[[Any, Context], Judgement]], Check]:
    """Make a check of a pure function `(view, context) -> Judgement`.

    The id is the path of the file: `http.hsts-missing` stands in `checks/http/hsts_missing.py`. The examples are
    its tests: at least one `pass` and one `fail`.
    """

    def wrap(judge: Callable[[Any, Context], Judgement]) -> Check:
        return Check(
            id=check_id,
            on=on,
            severity=severity,
            since=since,
            title=title,
            why=why,
            fix=fix,
            refs=refs,
            judge=judge,
            examples=examples,
            notes=dict(notes or {}),
            howto=howto,
            reproduce=reproduce,
            needs=needs,
            confidence=confidence,
            formerly=formerly,
        )

    return wrap
