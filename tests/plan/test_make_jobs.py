from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.model.agency import Agency, Authorisation, Depth, Inventory, Lifecycle, Province, Site
from scanner.model.check import Check, Context, Judgement, Pass
from scanner.model.evidence import CmsEvidence, DnsEvidence, HttpEvidence, Target, TlsEvidence
from scanner.model.finding import Severity
from scanner.model.settings import NetworkSettings, ScanSettings, Settings
from scanner.model.text import Text
from scanner.model.visit import Job
from scanner.plan import (
    HELLOS,
    chosen_sites,
    cost_of,
    job_for_url,
    make_jobs,
    seconds_of,
    server_of,
    site_for_url,
)

TODAY = date(2026, 11, 24)
WORDS = Text("vi", "en")
MANDATE = Authorisation(
    document="12/KH-UBND",
    issuer="UBND",
    signed_on=date(2026, 1, 1),
    valid_from=date(2026, 1, 2),
    valid_until=date(2026, 12, 31),
    depth=Depth.STANDARD,
    agencies=("so",),
    allow_addresses=("10.0.0.0/16",),
)
INVENTORY = Inventory(
    Province("Tỉnh Mẫu"),
    (Agency("ubnd", "UBND"), Agency("so", "Sở", parent="ubnd"), Agency("phong", "Phòng", parent="so")),
    (
        Site("cong", "ubnd", "https://mau.example"),
        Site("so-web", "so", "https://www.so.example/vi"),
        Site("phong-web", "phong", "https://phong.example:8443/", lifecycle=Lifecycle.RETIRED),
        Site("thu", "phong", "http://thu.example:8080/"),
    ),
    (MANDATE,),
)


def check(on: type, *needs: str) -> Check:
    def judge(_view: Any, _ctx: Context) -> Judgement:
        return Pass()

    return Check("a.b", on, Severity.LOW, "0.1", WORDS, WORDS, WORDS, ("RFC",), judge, needs=needs)


HTTP = (check(HttpEvidence, "canary"),)
ALL = (*HTTP, check(TlsEvidence), check(DnsEvidence), check(CmsEvidence))


def jobs(
    *only: str,
    depth: Depth = Depth.STANDARD,
    checks: tuple[Check, ...] = ALL,
    inventory: Inventory = INVENTORY,
    today: date = TODAY,
) -> dict[str, Job]:
    settings = Settings(scan=ScanSettings(depth=depth, site_budget_s=60))
    made = make_jobs(inventory, checks=checks, settings=settings, today=today, scan_id="s1", only=only)
    return {job.site_id: job for job in made}


def refused_words(depth: Depth, record: Authorisation, today: date = TODAY) -> str:
    made = jobs("so-web", depth=depth, inventory=replace(INVENTORY, authorisations=(record,)), today=today)
    return made["so-web"].refused


def test_a_job_says_where_and_how_to_look() -> None:
    job = jobs()["so-web"]

    assert job == Job(
        scan_id="s1",
        site_id="so-web",
        target=Target("www.so.example", path="/vi"),
        depth=Depth.STANDARD,
        probes=("dns", "tls", "http", "cms"),
        needs=("canary",),
        scope=job.scope,
        allow_addresses=("10.0.0.0/16",),
        budget_s=60,
    )
    assert {"so.example", "www.so.example"} <= set(job.scope)
    assert "mau.example" not in job.scope  # another agency's


def test_only_what_the_checks_need_is_collected() -> None:
    assert jobs(checks=HTTP)["so-web"].probes == ("dns", "http")
    assert jobs(checks=(check(DnsEvidence),))["so-web"].probes == ("dns",)


def test_a_browser_asks_for_no_random_page() -> None:
    assert jobs(depth=Depth.PASSIVE)["cong"].needs == ()


def test_looking_as_a_browser_needs_no_permit() -> None:
    assert all(job.refused == "" for job in jobs(depth=Depth.PASSIVE).values())


def test_a_permit_covers_the_agency_and_all_below_it() -> None:
    made = jobs()

    assert made["so-web"].refused == made["phong-web"].refused == ""
    assert made["cong"].refused.endswith("no authorisation covers this agency; depth standard needs one")
    assert made["cong"].allow_addresses == ()


def test_a_permit_without_agencies_covers_the_province() -> None:
    everywhere = replace(INVENTORY, authorisations=(replace(MANDATE, agencies=()),))

    assert all(job.refused == "" for job in jobs(inventory=everywhere).values())


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2027, 1, 1)])
def test_a_permit_out_of_its_time_is_none(today: date) -> None:
    assert "is valid from 02/01/2026 to 31/12/2026 only" in refused_words(Depth.STANDARD, MANDATE, today)
    assert jobs("so-web", today=today)["so-web"].allow_addresses == ()


@pytest.mark.parametrize("today", [date(2026, 1, 2), date(2026, 12, 31)])
def test_the_first_and_the_last_day_count(today: date) -> None:
    assert refused_words(Depth.STANDARD, MANDATE, today) == ""


def test_more_depth_than_the_permit_allows_is_refused() -> None:
    words = refused_words(Depth.THOROUGH, MANDATE)

    assert words == (
        'văn bản 12/KH-UBND chỉ cho phép mức "standard", không phải "thorough"'
        " / 12/KH-UBND allows depth standard, not thorough"
    )
    assert refused_words(Depth.THOROUGH, replace(MANDATE, depth=Depth.THOROUGH)) == ""


@pytest.mark.parametrize(
    ("name", "sites"),
    [
        ("so-web", ["so-web"]),
        ("so", ["so-web", "phong-web", "thu"]),
        ("https://mau.example/", ["cong"]),
        ("mau.example", ["cong"]),
    ],
)
def test_sites_are_named_by_id_agency_or_address(name: str, sites: list[str]) -> None:
    assert [s.id for s in chosen_sites(INVENTORY, [name])] == sites


def test_a_name_nobody_has_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(ConfigError) as caught:
        chosen_sites(INVENTORY, ["so-wep", "ftp://x"])

    assert [p.into("en") for p in caught.value.problems] == [
        "rasoat: no site or agency is called so-wep; did you mean so-web?",
        "rasoat: no site or agency is called ftp://x",
    ]


def test_an_address_alone_makes_a_passive_job() -> None:
    job = job_for_url("http://One.example/a", checks=ALL, settings=Settings(), scan_id="s")

    assert (job.site_id, job.target.host, job.refused, job.depth) == (
        "one.example-a",
        "one.example",
        "",
        Depth.PASSIVE,
    )
    assert job.scope == ("one.example", "www.one.example")


def test_an_address_alone_keeps_its_scheme() -> None:
    assert site_for_url("http://one.example").url == "http://one.example/"
    assert site_for_url("http://one.example:8080/x").url == "http://one.example:8080/x"
    assert site_for_url("one.example").url == "https://one.example/"


@pytest.mark.parametrize("url", ["ftp://one.example", ""])
def test_what_is_no_address_is_an_error(url: str) -> None:
    with pytest.raises(ConfigError):
        site_for_url(url)
    with pytest.raises(ConfigError):
        jobs(inventory=replace(INVENTORY, sites=(Site("x", "so", url),)))


def test_a_deep_look_at_an_address_nobody_listed_is_refused() -> None:
    settings = Settings(scan=ScanSettings(depth=Depth.STANDARD))

    assert job_for_url("one.example", checks=ALL, settings=settings, scan_id="s").refused


def test_every_request_is_known_beforehand() -> None:
    cost = cost_of(jobs()["so-web"], ScanSettings(per_address_rate=5))

    assert [(r.method, r.url, r.purpose) for r in cost.requests] == [
        ("GET", "http://www.so.example/vi", "http"),
        ("GET", "https://www.so.example/vi", "https"),
        ("GET", "https://www.so.example/<random>", "canary"),
        *(
            ("GET", f"https://www.so.example/<file {n}/6 of the recognised CMS>", "cms-file")
            for n in range(1, 7)
        ),
    ]
    assert (cost.hellos, cost.connections, cost.dns_questions) == (12, 15, 2)
    assert 0 < cost.seconds < 60


def test_a_port_of_its_own_is_asked_over_its_scheme_only() -> None:
    plain = cost_of(jobs()["thu"], ScanSettings())
    tls = cost_of(jobs()["phong-web"], ScanSettings())

    assert [r.url for r in plain.requests][:2] == [
        "http://thu.example:8080/",
        "http://thu.example:8080/<random>",
    ]
    assert {r.purpose for r in plain.requests[2:]} == {"cms-file"}
    assert (plain.hellos, plain.connections) == (0, 2)
    assert (tls.hellos, tls.connections) == (12, 14)


def test_a_refused_job_costs_nothing() -> None:
    assert cost_of(jobs()["cong"], ScanSettings()).connections == 0


def test_a_job_of_names_alone_asks_no_server() -> None:
    cost = cost_of(jobs(checks=(check(DnsEvidence),))["so-web"], ScanSettings())

    assert (cost.requests, cost.connections, cost.dns_questions) == ((), 0, 2)


def test_a_job_without_names_asks_no_resolver() -> None:
    assert cost_of(Job("s", "x", Target("a.example"), probes=()), ScanSettings()).dns_questions == 0


def test_sites_on_one_server_wait_for_each_other() -> None:
    made = tuple(jobs(depth=Depth.PASSIVE).values())
    apart = Settings()
    together = Settings(
        network=NetworkSettings(hosts={j.target.host: ("192.0.2.9", "192.0.2.7") for j in made})
    )

    assert server_of(made[0], together.network) == "192.0.2.7"
    assert server_of(made[0], apart.network) == "mau.example"
    assert seconds_of(made, together) > 2 * seconds_of(made, apart) > 0
    assert seconds_of((), apart) == 0


@given(st.sampled_from(Depth), st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.sampled_from(Depth))
def test_nothing_deep_happens_without_a_permit_in_force(wanted: Depth, today: date, allowed: Depth) -> None:
    refused = refused_words(wanted, replace(MANDATE, depth=allowed), today)

    may = wanted is Depth.PASSIVE or (MANDATE.is_valid_on(today) and allowed.covers(wanted))
    assert (refused == "") == may


def test_the_plan_asks_what_the_collector_asks() -> None:
    from scanner.collect.http.probe import start_urls
    from scanner.model.question import QUESTIONS, allowed

    for depth in Depth:
        for job in jobs(depth=depth, checks=(check(HttpEvidence, *QUESTIONS),)).values():
            planned = cost_of(replace(job, refused=""), ScanSettings()).requests
            assert tuple((r.purpose, r.url) for r in planned if r.purpose not in QUESTIONS) == start_urls(job)
            assert tuple(r.purpose for r in planned if r.purpose in QUESTIONS) == allowed(job.needs, depth)


def test_only_what_any_visitor_or_search_engine_asks_is_asked_without_a_permit() -> None:
    from scanner.model.question import QUESTIONS, VIEWS

    made = jobs(depth=Depth.PASSIVE, checks=(check(HttpEvidence, *QUESTIONS),))

    assert set(made["cong"].needs) == {"again", "robots", "sitemap", *VIEWS}


def test_the_plan_counts_the_hellos_of_the_prober() -> None:
    from scanner.collect.tls.probe import FULL_LIMIT, VERDICT_LIMIT

    listed = replace(jobs()["phong-web"], tls_listing="full", refused="")

    assert HELLOS[Depth.PASSIVE] == HELLOS[Depth.STANDARD] == VERDICT_LIMIT
    assert cost_of(listed, ScanSettings()).hellos == HELLOS[Depth.THOROUGH] <= FULL_LIMIT


@pytest.mark.parametrize(
    ("listing", "wanted", "expected"),
    [("full", True, True), ("full", False, False), ("verdict", True, False)],
)
def test_addresses_inside_certificates_are_fetched_by_full_listings_unless_switched_off(
    listing: str, wanted: bool, expected: bool
) -> None:
    settings = Settings(scan=ScanSettings(tls=listing, certificate_urls=wanted))

    (job, *_) = make_jobs(
        INVENTORY, checks=(check(TlsEvidence),), settings=settings, today=TODAY, scan_id="s", only=("cong",)
    )

    assert job.certificate_urls is expected
    assert any("<authority>" in r.url for r in cost_of(job, settings.scan).requests) is expected
