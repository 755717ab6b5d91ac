"""Who is written to: roles, stand-ins, superiors."""

from dataclasses import replace

import pytest

from reports.addressees import recipients, superiors, together
from reports.mail import compose, drags_on
from scanner.model.agency import Agency, Contact, Inventory, Province, Role
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity
from scanner.model.settings import MailSettings
from tests.mail.conftest import NOW
from tests.reports_machine.dossiers import small

HEAD = Contact(Role.HEAD, "head@a.example")
WEB = Contact(Role.WEBMASTER, "web@a.example")
VENDOR = Contact(Role.VENDOR, "vendor@a.example")
BOSS = Contact(Role.HEAD, "boss@p.example")
OFFICER = Contact(Role.OFFICER, "annm@p.example")


def inventory(*contacts: Contact, above: tuple[Contact, ...] = (BOSS,)) -> Inventory:
    parent, child = Agency("p", "P", contacts=above), Agency("a", "A", parent="p", contacts=contacts)
    return Inventory(Province("Mẫu", officer=OFFICER), (parent, child))


def found(*contacts: Contact, roles: tuple[str, ...] = ("webmaster",)) -> list[str]:
    book = inventory(*contacts)
    agency = book.agency("a")
    assert agency
    return [c.email for c in recipients(agency, roles, book)[0]]


@pytest.mark.parametrize(
    ("contacts", "written"),
    [
        ((HEAD, WEB, VENDOR), ["web@a.example"]),
        ((HEAD, VENDOR), ["head@a.example"]),
        ((VENDOR,), ["boss@p.example"]),
        ((), ["boss@p.example"]),
    ],
)
def test_who_stands_in_for_a_missing_role(contacts: tuple[Contact, ...], written: list[str]) -> None:
    assert found(*contacts) == written


def test_nobody_stands_in_for_a_contractor() -> None:
    assert found(HEAD, WEB, roles=("vendor",)) == []
    assert found(HEAD, VENDOR, roles=("vendor",)) == ["vendor@a.example"]


def test_superiors_are_the_head_those_above_and_the_officer_of_the_province() -> None:
    book = inventory(WEB, HEAD, VENDOR)
    agency = book.agency("a")
    assert agency

    above = [c.email for c in superiors(agency, book)]

    assert above == ["head@a.example", "boss@p.example", "annm@p.example"]


def test_an_address_named_twice_is_written_to_once() -> None:
    twice = together((HEAD,), (Contact(Role.OFFICER, "HEAD@a.example"), WEB))

    assert [c.email for c in twice] == ["head@a.example", "web@a.example"]


def overdue() -> Dossier:
    """The small dossier long after its deadlines, its findings grave."""
    dossier = small()
    ruled = {
        site_id: replace(one, rulings=tuple(replace(r, severity=Severity.HIGH) for r in one.rulings))
        for site_id, one in dossier.rulings.items()
    }
    return replace(dossier, rulings=ruled, issued_on=dossier.issued_on.replace(year=2027))


def test_superiors_are_told_when_a_grave_finding_is_long_overdue_and_only_then() -> None:
    settings = MailSettings(sender="annm@mau.example", roles=("webmaster",), escalate_after_days=30)

    def to(dossier: Dossier, mail: MailSettings = settings) -> set[str]:
        parcels = compose(dossier, mail, now=NOW, howtos={}, only=("so-y-te",)).parcels
        return {p.recipient for p in parcels}

    assert to(small()) == {"web@syt.mau.example"}
    assert to(overdue(), replace(settings, escalate_after_days=0)) == {"web@syt.mau.example"}
    assert {"web@syt.mau.example", "lanhdao@syt.mau.example"} < to(overdue())
    assert not drags_on(overdue(), "so-y-te", 100_000)
