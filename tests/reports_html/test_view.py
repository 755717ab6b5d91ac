"""The small pure pieces the reports are made of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import agency_html
from reports.dates import clock, day, moment, number, percent, short_day, signed
from reports.page import css_string
from reports.view.actions import group
from reports.view.alphabet import vietnamese_key
from reports.view.counts import count
from reports.view.desk import make_desk
from reports.view.front import coverage, no_orders, orders, outcome, trend
from reports.view.history import Era, history
from reports.view.law import Filed, law, place_in_law
from reports.view.names import host_of, officer_line, who_repairs
from reports.view.seen import Software, platforms_of, software_of, spoken_url
from reports.view.tables import holes, reason_key
from reports.view.work import jobs
from reports.words import Say
from scanner.model.agency import Agency, Contact, Role, Site
from scanner.model.finding import Trend, Verdict
from scanner.model.paper import Paper
from scanner.model.ruling import Change, Score, Waiver
from tests.reports_html import dossiers

VI, EN = Say("vi"), Say("en")


def test_the_day_in_vietnam_begins_seven_hours_before_the_day_in_utc() -> None:
    late = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)

    assert day(late) == "01/01/2027"
    assert clock(late) == "00:00"
    assert moment(late) == "00:00 01/01/2027"
    assert short_day(date(2026, 1, 2)) == "02/01"


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (1234567, "vi", "1.234.567"),
        (1234567, "en", "1,234,567"),
        (-5, "vi", "\N{MINUS SIGN}5"),
        (0, "en", "0"),
    ],
)
def test_numbers(value: int, language: str, shown: str) -> None:
    assert number(value, "vi" if language == "vi" else "en") == shown


def test_changes_have_a_sign() -> None:
    assert [signed(n, "vi") for n in (3, 0, -3)] == ["+3", "0", "\N{MINUS SIGN}3"]


@pytest.mark.parametrize(
    ("final", "command_url"),
    [
        ("http://a.example/", "http://a.example/"),
        ("https://a.example/", "https://a.example/"),
        ("http://b.example/';id", "https://a.example/"),
        (None, "https://a.example/"),
    ],
)
def test_a_command_speaks_the_scheme_the_site_answered_on(final: str | None, command_url: str) -> None:
    facts = {"http": {"final": {"url": final} if final else None}}

    assert spoken_url(Site("a", "x", "https://a.example/"), dossiers.visit("a", facts)) == command_url


def test_all_but_one_is_not_all() -> None:
    assert percent(199, 200) == "99%"
    assert percent(0, 0) == "\N{EN DASH}"


def test_the_vietnamese_alphabet() -> None:
    names = [
        "Ôn",
        "Dũng",
        "An",
        "Ấn",
        "Ân",
        "Đông",
        "Ăn",
        "Ớt",
        "Ưa",
        "Ba",
        "Bà",
        "Bá",
        "Bạ",
        "Bả",
        "Bã",
        "12",
    ]

    assert sorted(names, key=vietnamese_key) == [
        *("12", "An", "Ăn", "Ân", "Ấn", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ"),
        *("Dũng", "Đông", "Ôn", "Ớt", "Ưa"),
    ]


@given(st.lists(st.text()))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert len(sorted(names, key=vietnamese_key)) == len(names)


@given(st.text())
def test_a_css_string_cannot_end_its_quotes_or_the_style(text: str) -> None:
    shown = css_string(text)

    assert not set(shown) & set("\"'<>\n\r{}/")


@given(st.text())
def test_unreadable_facts_give_nothing(text: str) -> None:
    assert isinstance(software_of(dossiers.visit("x", text)), tuple)


@pytest.mark.parametrize(
    "facts",
    [
        "[]",
        "{",
        {"cms": None},
        {"cms": {"components": {"name": "x"}, "products": [1, {}, {"name": 3}, {"name": " "}]}},
        {"cms": {"missing": "timeout", "detail": ""}},
    ],
)
def test_odd_facts_name_no_software(facts: object) -> None:
    assert software_of(dossiers.visit("x", facts)) == ()


def test_software_is_listed_once_components_first() -> None:
    seen = software_of(
        dossiers.visit("x", dossiers.facts(("nginx", "1.30"), ("nginx", "1.30"), products=[("Joomla", "")]))
    )

    assert seen == (Software("nginx", "1.30"), Software("Joomla"))
    assert [s.shown for s in seen] == ["nginx 1.30", "Joomla"]


def test_software_is_spelt_as_its_makers_spell_it() -> None:
    (seen,) = software_of(dossiers.visit("x", dossiers.facts(("aspnet", "4.0"))))

    assert seen.shown == "ASP.NET 4.0"


@pytest.mark.parametrize(
    ("name", "platform"),
    [("Apache", "apache"), ("Microsoft-IIS", "iis"), ("openresty", "nginx"), ("WordPress", "wordpress")],
)
def test_platforms_by_what_servers_call_themselves(name: str, platform: str) -> None:
    assert platforms_of(dossiers.visit("x", dossiers.facts((name, "")))) == {platform}


def test_an_unknown_server_has_no_platform() -> None:
    assert platforms_of(dossiers.visit("x", dossiers.facts(("thttpd", "")))) == frozenset()


def test_counts_add_up() -> None:
    counts = count(dossiers.faulty("x", waived=True).rulings, dossiers.TODAY)

    assert (counts.open, counts.unknown, counts.waived, counts.passed, counts.notapplicable) == (
        4,
        1,
        1,
        1,
        1,
    )
    assert counts.total == 8
    assert counts.decided == 6
    assert counts.applicable == 7


def test_a_deadline_of_today_is_not_overdue() -> None:
    ruling = replace(dossiers.faulty("x").rulings[0], due_on=dossiers.TODAY)

    assert count([ruling], dossiers.TODAY).overdue == 0
    assert count([ruling], date(2026, 11, 23)).overdue == 1


def test_actions_close_every_open_finding_once() -> None:
    rulings = (*dossiers.faulty("a").rulings, *dossiers.faulty("b", waived=True).rulings)

    actions = group(rulings, dossiers.CHECKS, dossiers.HOWTOS)

    assert sum(len(a.rulings) for a in actions) == count(rulings, dossiers.TODAY).open
    assert [a.key for a in actions] == [
        *("upgrade-joomla", "renew-certificate", "set-response-header", "disable-old-tls"),
    ]
    assert actions[2].check_ids == ("http.hsts-missing", "http.nosniff-missing")


def test_a_check_without_remedy_is_a_job_of_its_own() -> None:
    rulings = [dossiers.ruling("a", "cookies.session-insecure", Verdict.FAIL)]

    (action,) = group(rulings, dossiers.CHECKS, {})

    assert action.key == "cookies.session-insecure"
    assert action.howto is None
    assert action.due_on is None


def test_history_starts_its_axis_at_zero() -> None:
    eras = [
        Era(datetime(2026, month, 1, tzinfo=UTC), n, 0, 0) for month, n in ((1, 10), (2, 5), (3, 0), (4, 10))
    ]

    chart = history(eras, VI).chart

    assert chart is not None
    assert [dot.y for dot in chart.dots] == ["36.0", "72.0", "108.0", "36.0"]
    assert chart.dots[-1].is_last
    assert "01/02/2026: 5" in chart.description


def test_history_without_a_fault_is_a_flat_line() -> None:
    eras = [Era(datetime(2026, month, 1, tzinfo=UTC), 0, 0, 0) for month in (1, 2, 3, 4)]

    chart = history(eras, EN).chart

    assert chart is not None
    assert {dot.y for dot in chart.dots} == {"108.0"}


def test_the_latest_scan_stands_on_top_and_only_eight_are_drawn() -> None:
    eras = [Era(datetime(2026, month, 1, tzinfo=UTC), month, 0, 0) for month in range(1, 11)]

    shown = history(eras, VI)

    assert shown.rows[0].on == "01/10/2026"
    assert len(shown.rows) == 10
    assert shown.chart is not None
    assert len(shown.chart.dots) == 8


def test_three_scans_are_no_chart() -> None:
    eras = [Era(datetime(2026, month, 1, tzinfo=UTC), 1, 0, 0) for month in (1, 2, 3)]

    assert history(eras, VI).chart is None


def test_a_paper_fills_its_slot_and_one_that_is_over_says_so() -> None:
    papers = (
        Paper(
            "GOV-14", "12/QĐ <b>", date(2025, 3, 1), "so-khcn", dossiers.TODAY - timedelta(days=1), "Cấp độ 2"
        ),
    )
    dossier = replace(dossiers.small(), papers=papers)
    desk = make_desk(dossier, VI, dossiers.HOWTOS)

    def filed(agency_id: str) -> list[Filed | None]:
        tables = law((), {}, desk, agency_id)
        return [row.filed for row in (*tables.binding.rows, *tables.advice.rows)]

    over = "Cấp độ 2. Hết giá trị từ sau ngày 21/11/2026, cần văn bản mới"
    assert filed("so-khcn") == [Filed("12/QĐ <b>", "01/03/2025", over)]
    assert filed("vp") == [None]
    page = agency_html.render(dossier, "so-khcn", "vi", howtos=dossiers.HOWTOS)
    assert "Số văn bản: 12/QĐ &lt;b&gt;<br>Ngày: 01/03/2025" in page


def test_places_in_law() -> None:
    assert place_in_law("Điều 9 khoản 2 điểm a", "en") == "Article 9 paragraph 2 point a"
    assert place_in_law("Điều 9 khoản 2", "vi") == "Điều 9 khoản 2"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://a.example:8443/x", "a.example:8443"),
        ("https://user:secret@a.example/", "a.example"),
        ("a.example", "a.example"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_hosts_are_shown_without_scheme_path_and_secret(url: str, host: str) -> None:
    assert host_of(Site("s", "a", url)) == host


def test_who_repairs() -> None:
    site = Site("s", "a", "https://a.example/")
    vendor = Contact(Role.VENDOR, "v@a.example", "Vendor")
    webmaster = Contact(Role.WEBMASTER, "w@a.example")

    assert who_repairs(replace(site, vendor="Owner"), Agency("a", "A", contacts=(vendor,)), VI) == "Owner"
    assert who_repairs(site, Agency("a", "A", contacts=(webmaster, vendor)), VI) == "Vendor"
    assert who_repairs(site, Agency("a", "A", contacts=(webmaster,)), VI) == "w@a.example"
    assert who_repairs(site, Agency("a", "A"), VI) == "Người quản trị trang web"
    assert who_repairs(site, None, EN) == "The webmaster"


def test_a_reason_we_have_no_word_for_is_another_reason() -> None:
    ruling = dossiers.ruling("x", "http.hsts-missing", Verdict.UNKNOWN, why="moonlight")

    assert reason_key(ruling) == "other"


@pytest.mark.parametrize(
    ("points", "before", "word"),
    [(49, 40, "Tốt hơn"), (49, 60, "Kém hơn"), (49, 49, "Không đổi"), (None, 40, "Tốt hơn")],
)
def test_the_trend_goes_by_points_where_both_scans_have_some(
    points: int | None, before: int, word: str
) -> None:
    dossier = replace(dossiers.small(), scan=replace(dossiers.small().scan, degraded="3 of 3"))
    desk = make_desk(dossier, VI, {})
    counts = count(desk.rulings(("khcn", "hoidap")), desk.today)
    last = dossiers.past(before, "D", 9 if points else 12, 1)

    figure = trend(counts, Score(points, "D" if points else "", 1, 2), (last,), desk)

    assert figure.big == word
    assert "không phát hiện nào được đóng" in figure.notes[-1]


def test_a_review_that_has_not_ended_says_so_beside_the_trend() -> None:
    dossier = replace(dossiers.small(), scan=replace(dossiers.small().scan, finished_at=None))
    desk = make_desk(dossier, VI, {})

    figure = trend(count(desk.rulings(("khcn", "hoidap")), desk.today), None, (), desk)

    assert "chưa kết thúc" in figure.notes[-1]


def test_coverage_of_nothing_is_a_dash() -> None:
    assert coverage(count([], dossiers.TODAY), EN).notes == ("No check applies.",)


def test_an_order_without_deadline_says_so() -> None:
    desk = make_desk(dossiers.small(), EN, {})
    actions = group([dossiers.ruling("khcn", "cookies.session-insecure", Verdict.FAIL)], dossiers.CHECKS, {})

    (order,) = orders(actions, None, desk)

    assert order.due == "no deadline"
    assert order.who == "Công ty A"


def test_what_the_orders_bring() -> None:
    actions = group(dossiers.faulty("khcn").rulings, dossiers.CHECKS, {})
    counts = count(dossiers.faulty("khcn").rulings, dossiers.TODAY)
    now, same, then = Score(49, "D", 5, 6), Score(49, "D", 5, 6), Score(89, "B", 5, 6)

    assert outcome(actions, counts, now, None, EN) == "Done, these close all 5 findings."
    assert outcome(actions, counts, now, then, EN).endswith("Expected score afterwards: 89, grade B.")
    assert "stays 49, grade D" in outcome(actions, counts, now, same, EN)


@pytest.mark.parametrize(
    ("verdicts", "standing"),
    [
        ((Verdict.PASS, Verdict.PASS), "met"),
        ((Verdict.PASS, Verdict.NOTAPPLICABLE), "met"),
        ((Verdict.PASS, Verdict.UNKNOWN), "other"),
        ((Verdict.PASS, Verdict.ERROR), "other"),
        ((Verdict.UNKNOWN, Verdict.FAIL), "unmet"),
    ],
)
def test_a_clause_is_met_only_when_nothing_speaks_against_it(
    verdicts: tuple[Verdict, ...], standing: str
) -> None:
    desk = make_desk(dossiers.one_site_good(), VI, {})
    rulings = [dossiers.ruling("yte", "http.https-missing", v, clauses=(dossiers.HTTPS,)) for v in verdicts]

    (row,) = law(rulings, {}, desk).binding.rows

    assert row.standing == standing


def test_a_waived_failure_meets_no_clause() -> None:
    desk = make_desk(dossiers.one_site_good(), VI, {})
    waiver = Waiver("yte", "http.https-missing", "r", "a", dossiers.TODAY)
    ruling = dossiers.ruling(
        "yte", "http.https-missing", Verdict.FAIL, waiver=waiver, clauses=(dossiers.HTTPS,)
    )

    (row,) = law([ruling], {}, desk).binding.rows

    assert row.standing == "other"
    assert row.mark.word == "Chấp nhận rủi ro"


def test_a_clause_that_applies_nowhere_is_not_listed() -> None:
    desk = make_desk(dossiers.one_site_good(), VI, {})
    ruling = dossiers.ruling("yte", "http.https-missing", Verdict.NOTAPPLICABLE, clauses=(dossiers.HTTPS,))

    assert law([ruling], {}, desk).is_empty


def test_passes_meet_no_clause_that_was_seen_only_in_part() -> None:
    desk = make_desk(dossiers.one_site_good(), VI, {})
    clause = replace(dossiers.HTTPS, whole=False)
    ruling = dossiers.ruling("yte", "http.https-missing", Verdict.PASS, clauses=(clause,))

    (row,) = law([ruling], {}, desk).binding.rows

    assert row.standing == "other"
    assert row.mark.word.startswith("Phần xem được: đạt")


def test_an_unverified_citation_says_so() -> None:
    desk = make_desk(dossiers.one_site_good(), VI, {})
    clause = replace(dossiers.HTTPS, evidence="U")
    ruling = dossiers.ruling("yte", "http.https-missing", Verdict.PASS, clauses=(clause,))

    assert "chưa đối chiếu văn bản gốc" in law([ruling], {}, desk).binding.rows[0].force


def test_a_hole_says_the_sentence_its_check_picked() -> None:
    dossier = dossiers.one_site_good()
    unknown = dossiers.ruling(
        "yte",
        "cms.joomla-unsupported",
        Verdict.UNKNOWN,
        note="line",
        values=(("line", "Joomla"), ("ended_on", "2023-08-17")),
    )
    rulings = {"yte": dossiers.site_rulings("yte", (unknown, *dossier.rulings["yte"].rulings))}
    desk = make_desk(replace(dossier, rulings=rulings), EN, {})

    (hole,) = holes(dossier.inventory.sites, desk)

    assert hole.detail == "Joomla, out of support since 17/08/2023."


@pytest.mark.parametrize(("note", "key"), [("no-line", "unclear"), ("", "not-asked")])
def test_a_check_that_looked_and_could_not_tell_was_in_the_plan(note: str, key: str) -> None:
    ruling = dossiers.ruling("yte", "cms.joomla-unsupported", Verdict.UNKNOWN, why="not-asked", note=note)

    assert reason_key(ruling) == key


def test_an_officer_without_mail_or_phone_is_still_named() -> None:
    dossier = dossiers.small()
    place = replace(dossier.inventory.province, officer=Contact(Role.OFFICER, "", "Nguyễn Văn A"))

    line = officer_line(replace(dossier, inventory=replace(dossier.inventory, province=place)), VI)

    assert line == "Nguyễn Văn A, Phòng An ninh mạng tỉnh Mẫu"


def test_thanks_need_a_score_and_a_full_view() -> None:
    full, holed = count([], dossiers.TODAY), replace(count([], dossiers.TODAY), unknown=1)

    assert no_orders(full, Score(100, "A", 8, 8)) == "orders.none_good"
    assert no_orders(holed, Score(100, "A", 7, 8)) == "orders.none_partly"
    assert no_orders(holed, Score(None, "", 1, 8)) == "orders.none_blind"
    assert no_orders(full, None) == "orders.none_blind"


def test_what_was_lost_from_sight_is_not_called_fixed() -> None:
    desk = make_desk(dossiers.small(), EN, {})
    lost = dossiers.ruling(
        "khcn", "http.hsts-missing", Verdict.UNKNOWN, why="timeout", trend=Trend.LOST_SIGHT
    )

    figure = trend(count([lost], dossiers.TODAY), None, (dossiers.past(40, "E", 1, 1),), desk)

    assert "1 earlier finding could not be verified again and does not count as fixed." in figure.notes


def test_the_age_of_a_finding_is_counted_in_days_of_vietnam() -> None:
    desk = make_desk(dossiers.small(), EN, {})
    ruling = dossiers.ruling("khcn", "http.hsts-missing", Verdict.FAIL, trend=Trend.SAME)
    evening = Change(Trend.SAME, datetime(2026, 11, 20, 18, 0, tzinfo=UTC), dossiers.NOW)

    (job,) = jobs(group([replace(ruling, change=evening)], dossiers.CHECKS, {}), desk)

    assert job.age == "open for 1 day"
