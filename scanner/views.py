"""What a check can be `on`: the parts of the evidence, and the readings computed from them once per visit.

A view is computed at most once per visit and shared by all its checks. It is a value, or `Missing` (every check on
it is then `unknown`), or `NotApplicable` (the question makes no sense for this site).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.identify.alias import Alias, alias_of
from scanner.identify.certificates import Certificates, certificates_of, tls_of
from scanner.identify.change import Change, change_of
from scanner.identify.cloaking import FourViews, four_views_of
from scanner.identify.compromise import Compromise, compromise_of
from scanner.identify.crawled import Crawled, crawled_of
from scanner.identify.dane import Dane, dane_of
from scanner.identify.exposed import Exposed, exposed_of
from scanner.identify.imprint import ImprintedPage, imprinted_page_of
from scanner.identify.issuance import Issuance, issuance_of
from scanner.identify.mail import Mail, mail_of
from scanner.identify.page import Page, page_of
from scanner.identify.platform import Platform, platform_of
from scanner.identify.security_text import SecurityFile, security_file_of
from scanner.identify.stale import Names, names_of
from scanner.identify.zone import Zone, zone_of
from scanner.model.check import NotApplicable
from scanner.model.evidence import (
    CmsEvidence,
    DnsEvidence,
    Evidence,
    HttpEvidence,
    Missing,
    TlsEvidence,
)
from scanner.model.reference import Reference

Reading = Callable[[Evidence, Reference], Any | Missing | NotApplicable]


@dataclass(frozen=True, slots=True)
class View:
    """How a view is read, and which probes must have run for it."""

    read: Reading
    probes: tuple[str, ...]


VIEWS: Mapping[type, View] = {
    Evidence: View(lambda e, _r: e, ("dns", "tls", "http")),
    DnsEvidence: View(lambda e, _r: e.dns, ("dns",)),
    TlsEvidence: View(tls_of, ("dns", "tls")),
    HttpEvidence: View(lambda e, _r: e.http, ("dns", "http")),
    CmsEvidence: View(lambda e, _r: e.cms, ("dns", "http", "cms")),
    Page: View(page_of, ("dns", "http", "tls")),
    Compromise: View(compromise_of, ("dns", "http")),
    Change: View(change_of, ("dns", "http")),
    Crawled: View(crawled_of, ("dns", "http")),
    Exposed: View(exposed_of, ("dns", "http")),
    FourViews: View(four_views_of, ("dns", "http")),
    Certificates: View(certificates_of, ("dns", "tls")),
    Dane: View(dane_of, ("dns", "zone", "tls")),
    Issuance: View(issuance_of, ("dns", "zone", "tls")),
    ImprintedPage: View(imprinted_page_of, ("dns", "http", "tls")),
    Names: View(names_of, ("dns", "http", "tls")),
    Platform: View(platform_of, ("dns", "http", "cms")),
    Zone: View(zone_of, ("dns", "zone")),
    Mail: View(mail_of, ("dns", "zone")),
    Alias: View(alias_of, ("dns", "http", "zone")),
    SecurityFile: View(security_file_of, ("dns", "http")),
}
