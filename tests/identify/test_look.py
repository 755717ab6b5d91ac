"""The look of a page and the hosts related to it."""

import json

import pytest

from scanner.facts import facts_of
from scanner.identify.kinship import Family
from scanner.identify.look import LINKS_LIMIT, look_of, read_look
from scanner.identify.relatives import Relative, relatives_of
from scanner.model.evidence import DnsAnswer, DnsEvidence, DnsState, Evidence, Missing, Target, Why
from scanner.model.look import Look
from scanner.parse.html import summarise
from scanner.samples import SEEN_AT, chain, fetched, redirect, response, sample_reference, silence

HOST = "soyte.haiduong.gov.vn"
URL = f"https://{HOST}/"
PAGE = """<html lang=vi><title>Sở Y tế</title><body>
<a href="/tin">Tin</a><a href="https://www.soyte.haiduong.gov.vn/">Trang chủ</a>
<a href="https://soxd.haiduong.gov.vn/x">Sở Xây dựng</a><a href="https://haiduongdost.gov.vn/">KHCN</a>
<a href="https://chinhphu.gov.vn/">Chính phủ</a><a href="https://la.example/">đối tác</a>
<script src="https://cdn.la.example/a.js"></script><iframe src="https://www.youtube.com/embed/1"></iframe>
<img src="https://anh.haiduong.gov.vn/1.png"></body></html>"""


def visit(html: str = PAGE, dns: tuple[DnsAnswer, ...] = ()) -> Evidence:
    http = fetched(
        chain(
            "http", (f"http://{HOST}/", redirect("https://cong.haiduong.gov.vn/")), (URL, response(html=html))
        ),
        chain("https", (URL, response(html=html))),
    )
    return Evidence("s", Target(HOST), SEEN_AT, dns=DnsEvidence(zone=dns), http=http)


def answer(rrtype: str, *records: str) -> DnsAnswer:
    return DnsAnswer(HOST, rrtype, DnsState.VALUE, records)


def test_relatives_share_the_domain_or_its_name() -> None:
    assert relatives_of(visit(), sample_reference()) == (
        Relative("anh.haiduong.gov.vn", "link"),
        Relative("haiduongdost.gov.vn", "link"),
        Relative("soxd.haiduong.gov.vn", "link"),
    )


def test_hosts_that_records_point_at_are_relatives_too() -> None:
    dns = (
        answer("MX", "10 thu.haiduong.gov.vn."),
        answer("CNAME", "web1.haiduong.gov.vn."),
        answer("NS", "ns1.haiduong.gov.vn.", ""),
        DnsAnswer(HOST, "CNAME", DnsState.UNKNOWN, ("x.haiduong.gov.vn.",)),
    )
    found = relatives_of(visit("<title>x</title>", dns), sample_reference())

    assert [r.host for r in found if r.sign == "dns"] == ["thu.haiduong.gov.vn", "web1.haiduong.gov.vn"]


def test_an_address_has_no_relatives() -> None:
    evidence = Evidence("s", Target("192.0.2.1"), SEEN_AT, http=Missing(Why.TIMEOUT))

    assert relatives_of(evidence, sample_reference()) == ()


def test_a_look_survives_the_store() -> None:
    facts = json.loads(facts_of(visit(), sample_reference()))

    look = read_look(facts)

    assert look is not None
    assert (look.title, look.lang) == ("Sở Y tế", "vi")
    assert look.outside == ("la.example",)
    assert look.loaded == ("cdn.la.example", "www.youtube.com")
    assert len(look.links) == 6
    assert facts["relatives"][0] == {"host": "anh.haiduong.gov.vn", "signs": ["link"]}


@pytest.mark.parametrize(
    "facts",
    [
        None,
        [],
        {},
        {"look": None},
        {"look": {"title": "x"}},
        {"look": {"title": 1, "lang": 2, "outside": 3, "loaded": 4, "links": 5, "truncated": 6}},
    ],
)
def test_facts_without_a_look_give_none(facts: object) -> None:
    assert read_look(facts) is None


def test_a_visit_without_a_page_has_no_look() -> None:
    evidence = Evidence("s", Target(HOST), SEEN_AT, http=fetched(chain("https", (URL, silence()))))

    assert json.loads(facts_of(evidence, sample_reference()))["look"] is None


def test_a_long_list_is_cut_and_says_so() -> None:
    html = "".join(f'<a href="/{n}">x</a>' for n in range(LINKS_LIMIT + 1))
    look = look_of(summarise(html.encode(), base_url=URL), Family(HOST, sample_reference()))

    assert look.truncated
    assert len(look.links) == LINKS_LIMIT
    assert Look() == look_of(summarise(b"", base_url=URL), Family(HOST, sample_reference()))
