"""DMARC: records, and the walk up the tree (RFC 9989 section 4.10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.dmarc_walk import dmarc_of, report_checks, walk_names
from scanner.identify.dns_book import Book
from scanner.model.evidence import DnsAnswer, DnsState
from scanner.parse.dmarc import DmarcError, DmarcRecord, Policy, is_dmarc, mail_addresses, read_dmarc


def book(records: dict[str, str], *, silent: tuple[str, ...] = (), domain: str = "a.b.example") -> Book:
    """The answers of a walk."""
    answers = []
    for name in walk_names(domain):
        if name in silent:
            answers.append(DnsAnswer(f"_dmarc.{name}", "TXT", DnsState.UNKNOWN, detail="timeout"))
        elif name in records:
            answers.append(DnsAnswer(f"_dmarc.{name}", "TXT", DnsState.VALUE, (f'"{records[name]}"',)))
        else:
            answers.append(DnsAnswer(f"_dmarc.{name}", "TXT", DnsState.ABSENT, detail="NXDOMAIN"))
    return Book(answers)


def test_a_record_is_read_with_all_its_tags() -> None:
    record = read_dmarc(
        "v=DMARC1; p=Reject ;sp=quarantine; np=none;t=y;pct=20;psd=n; rua=mailto:a@b.example!10m,https://x"
    )

    assert record == DmarcRecord(
        Policy.REJECT,
        Policy.QUARANTINE,
        Policy.NONE,
        testing=True,
        percent=20,
        psd="n",
        reports_to=("a@b.example",),
    )


@pytest.mark.parametrize("text", ["v=DMARC1", "v=DMARC1;", "v = DMARC1 ; p=none", "v=DMARC1;p=none"])
def test_the_version_opens_a_record(text: str) -> None:
    assert is_dmarc(text)


@pytest.mark.parametrize(
    "text",
    ["v=DMARC2; p=none", "v=dmarc1; p=none", "V=DMARC1; p=none", "p=none; v=DMARC1", "v=DMARC1 p=none"],
)
def test_anything_else_is_no_record(text: str) -> None:
    assert not is_dmarc(text)


@pytest.mark.parametrize("text", ["v=DMARC1", "v=DMARC1; p=nonsense"])
def test_an_absent_policy_is_none(text: str) -> None:
    record = read_dmarc(text)

    assert isinstance(record, DmarcRecord)
    assert (record.policy, record.has_policy) == (Policy.NONE, False)


@pytest.mark.parametrize("text", ["v=DMARC1; p", "v=DMARC1; p=none; p=none"])
def test_a_record_receivers_ignore_says_why(text: str) -> None:
    assert isinstance(read_dmarc(text), DmarcError)


def test_without_a_policy_an_address_for_reports_keeps_it_at_none() -> None:
    record = read_dmarc("v=DMARC1; rua=mailto:a@b.example")

    assert isinstance(record, DmarcRecord)
    assert (record.policy, record.has_policy) == (Policy.NONE, False)


@given(st.text(max_size=80))
def test_any_text_gives_a_record_or_one_error(text: str) -> None:
    assert isinstance(read_dmarc(f"v=DMARC1;{text}"), DmarcRecord | DmarcError)


@given(st.text(max_size=60))
def test_what_stands_behind_never_makes_a_weak_record_strong(text: str) -> None:
    found = dmarc_of(
        "a.b.example", book({"a.b.example": "v=DMARC1; p=none;" + text.replace('"', "").replace("\\", "")})
    )

    assert not found.is_enforced


@given(st.text(max_size=60))
def test_addresses_are_those_of_mailto(value: str) -> None:
    assert all("@" in address for address in mail_addresses(value))


def test_the_walk_jumps_to_seven_labels() -> None:
    assert walk_names("a.b.c.d.e.f.g.h.i.j.mail.example")[:3] == (
        "a.b.c.d.e.f.g.h.i.j.mail.example",
        "f.g.h.i.j.mail.example",
        "g.h.i.j.mail.example",
    )
    assert walk_names("a.b.example") == ("a.b.example", "b.example", "example")


def test_the_domain_s_own_record_comes_first() -> None:
    found = dmarc_of(
        "a.b.example", book({"a.b.example": "v=DMARC1; p=none", "b.example": "v=DMARC1; p=reject"})
    )

    assert (found.at, found.policy) == ("a.b.example", Policy.NONE)


def test_below_the_organisational_domain_sp_counts() -> None:
    found = dmarc_of("a.b.example", book({"b.example": "v=DMARC1; p=reject; sp=none"}))

    assert (found.at, found.policy, found.is_enforced) == ("b.example", Policy.NONE, False)


def test_the_highest_record_is_the_organisation_s() -> None:
    domain = "x.a.b.example"
    records = {"a.b.example": "v=DMARC1; p=none", "b.example": "v=DMARC1; p=reject"}

    assert dmarc_of(domain, book(records, domain=domain)).at == "b.example"


def test_psd_n_marks_the_organisation() -> None:
    domain = "x.a.b.example"
    records = {"a.b.example": "v=DMARC1; p=quarantine; psd=n", "b.example": "v=DMARC1; p=reject"}

    assert dmarc_of(domain, book(records, domain=domain)).at == "a.b.example"


def test_psd_y_stands_above_the_organisation() -> None:
    domain = "x.a.b.example"
    records = {"a.b.example": "v=DMARC1; p=quarantine", "b.example": "v=DMARC1; p=none; psd=y"}

    assert dmarc_of(domain, book(records, domain=domain)).at == "a.b.example"


def test_a_suffix_speaks_for_those_without_a_record() -> None:
    assert dmarc_of("a.b.example", book({"b.example": "v=DMARC1; p=reject; psd=y"})).at == "b.example"


def test_silence_on_the_way_is_not_absence() -> None:
    found = dmarc_of("a.b.example", book({}, silent=("b.example",)))

    assert found.record is None
    assert found.unknown is not None


def test_silence_above_a_record_leaves_it_standing() -> None:
    found = dmarc_of("a.b.example", book({"b.example": "v=DMARC1; p=reject"}, silent=("example",)))

    assert found.at == "b.example"


def test_reports_to_strangers_need_their_consent() -> None:
    found = dmarc_of(
        "b.example",
        book(
            {"b.example": "v=DMARC1; p=none; rua=mailto:a@c.example,mailto:a@x.b.example"}, domain="b.example"
        ),
    )

    assert list(report_checks(found, "b.example")) == [("a@c.example", "b.example._report._dmarc.c.example")]
