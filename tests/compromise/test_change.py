"""Change over time: which earlier visit is the measure, and what is told from it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scanner.collect import wall
from scanner.identify import change
from scanner.identify.change import Change
from scanner.model.agency import Agency, Depth, Inventory, Province, Site
from scanner.model.evidence import Evidence, Target
from scanner.model.history import Glance
from scanner.model.settings import Settings, StoreSettings
from scanner.model.visit import Job
from scanner.pipeline import begin, judging, looks_before, rejudge
from scanner.policy.baseline import baselines
from scanner.registry import load_checks
from scanner.samples import chain, fetched, response, silence
from scanner.store import Store
from tests.compromise.corpus import FARM, a, site

HOST = "so.example"
URL = f"https://{HOST}/"
START = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
INVENTORY = Inventory(
    Province("Tỉnh Mẫu"),
    agencies=(Agency("so", "Sở Mẫu"),),
    sites=(Site("s", "so", URL),),
)
PLAIN = site()
NEW_SCRIPT = site('<script src="https://cdn.la-moi.net/x.js"></script>')
NEW_LINK = site(a("https://la-moi.net/", "xem thêm"))


# ---- the measure -------------------------------------------------------------------------------------------


def glance(day: int, *, passed: int = 6, changed: int = 0, failed: int = 0) -> Glance:
    return Glance("s", f"scan-{day}", START + day * DAY, passed, changed, failed)


def chosen(*glances: Glance, reviewed_on: date | None = None) -> str:
    found = baselines(sorted(glances, key=lambda g: g.seen_at, reverse=True), {"s": reviewed_on})
    return found["s"].scan_id if "s" in found else ""


def test_the_newest_visit_without_signs_is_the_measure() -> None:
    assert chosen(glance(1), glance(2), glance(3, failed=1)) == "scan-2"


def test_a_page_that_had_changed_is_no_measure_until_a_person_has_reviewed_it() -> None:
    seen = (glance(1), glance(2, changed=1), glance(3, changed=1))

    assert chosen(*seen) == "scan-1"
    assert chosen(*seen, reviewed_on=date(2026, 11, 3)) == "scan-2"
    assert chosen(*seen, reviewed_on=date(2026, 11, 4)) == "scan-3"


def test_no_review_makes_a_page_with_planted_spam_the_measure() -> None:
    assert chosen(glance(1, failed=1, changed=1), reviewed_on=date(2026, 12, 1)) == ""


def test_a_visit_that_could_not_look_is_no_measure() -> None:
    assert chosen(glance(1), glance(2, passed=0)) == "scan-1"


def test_a_review_counts_by_the_day_in_vietnam() -> None:
    late = replace(glance(1, changed=1), seen_at=datetime(2026, 11, 2, 18, 0, tzinfo=UTC))  # 3/11 at home

    assert chosen(late, reviewed_on=date(2026, 11, 2)) == ""
    assert chosen(late, reviewed_on=date(2026, 11, 3)) == "scan-1"


# ---- a history of scans ------------------------------------------------------------------------------------


class Diary:
    """Scans of one invented site, one a day, judged and stored as real ones are; no network."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(
            store=StoreSettings(url=f"sqlite:///{folder / 'rasoat.db'}", evidence=folder / "evidence")
        )
        self.store = Store.open(self.settings.store.url)
        self.bench = judging(self.settings)
        self.day = 0
        self.inventory = INVENTORY

    def scan(self, html: str | None) -> dict[str, str]:
        """Visit the site and give the verdicts of the checks that compare, and of spam; None: it is silent."""
        self.day += 1
        at = START + self.day * DAY
        begun = begin(
            self.store, self.settings, self.inventory, lambda scan_id: (Job(scan_id, "s", Target(HOST)),)
        )
        (job,) = self.store.jobs(begun.id)
        answer = silence() if html is None else response(html=html)
        evidence = Evidence(
            "s",
            Target(HOST),
            at,
            Depth.PASSIVE,
            http=fetched(chain("https", (URL, answer))),
            before=job.before,
        )
        digest = wall.write(self.settings.store.evidence, evidence)
        kept = wall.read(self.settings.store.evidence, digest)
        visit = self.bench.visit(job, kept, digest, at, at)
        self.store.record(visit)
        self.store.finish_scan(begun.id, at)
        self.last = begun
        wanted = (*change.CHECKS, "compromise.gambling-spam")
        return {f.check_id.partition(".")[2]: f.verdict.value for f in visit.findings if f.check_id in wanted}


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    seconds = iter(range(10_000))
    monkeypatch.setattr("scanner.pipeline.utc_now", lambda: START + timedelta(seconds=next(seconds)))
    return Diary(tmp_path)


COMPARED = tuple(name.partition(".")[2] for name in change.CHECKS)


def test_a_new_script_stays_open_until_it_is_gone(diary: Diary) -> None:
    first = diary.scan(PLAIN)
    same = diary.scan(PLAIN)
    changed = diary.scan(NEW_SCRIPT)
    still = diary.scan(NEW_SCRIPT)
    gone = diary.scan(PLAIN)

    assert {first[name] for name in COMPARED} == {"notapplicable"}
    assert {same[name] for name in COMPARED} == {"pass"}
    assert changed["new-script-host"] == still["new-script-host"] == "fail"
    assert gone["new-script-host"] == "pass"


def test_what_a_person_has_reviewed_becomes_the_measure(diary: Diary) -> None:
    diary.scan(PLAIN)
    changed = diary.scan(NEW_LINK)
    (only,) = INVENTORY.sites
    diary.inventory = replace(INVENTORY, sites=(replace(only, reviewed_on=(START + 2 * DAY).date()),))

    reviewed = diary.scan(NEW_LINK)

    assert changed["new-outside-host"] == "fail"
    assert reviewed["new-outside-host"] == "pass"


def test_neither_silence_nor_spam_is_forgotten_as_the_measure(diary: Diary) -> None:
    diary.scan(PLAIN)
    silent = diary.scan(None)
    planted = diary.scan(site(f'<div style="display:none">{FARM}</div>'))
    before = looks_before(diary.store, INVENTORY)

    assert {silent[name] for name in COMPARED} == {"unknown"}
    assert planted["gambling-spam"] == "fail"
    assert before["s"].seen_at == START + DAY


def test_judging_again_compares_with_the_same_visit(diary: Diary) -> None:
    diary.scan(PLAIN)
    diary.scan(NEW_SCRIPT)
    changed = diary.last
    diary.scan(PLAIN)

    assert rejudge(diary.store, changed.id, diary.settings) == ((), ())


def test_evidence_of_older_releases_has_nothing_to_compare_with() -> None:
    evidence = Evidence("s", Target(HOST), START)

    assert wall.decode(wall.encode(evidence)).before is None


# ---- what is told ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "failing"),
    [
        (NEW_SCRIPT, {"new-script-host"}),
        (site('<iframe src="https://la-moi.net/f"></iframe>'), {"new-script-host"}),
        (NEW_LINK, {"new-outside-host"}),
        (site(a("https://bao-moi.vn/", "báo") + a("https://chinhphu.gov.vn/", "Chính phủ")), set()),
        (site(title="Chào mừng bạn"), {"title-changed"}),
        (site(lang="en"), {"title-changed"}),
        ("<html lang='id'><title>Berita olahraga</title><p>x</p></html>", {"page-replaced"}),
        (site(title="Sở Mẫu (12)"), set()),
    ],
)
def test_a_change_is_told_by_one_check(diary: Diary, html: str, failing: set[str]) -> None:
    diary.scan(PLAIN)

    found = diary.scan(html)

    assert {name for name in COMPARED if found[name] == "fail"} == failing


def test_every_check_that_compares_is_in_the_list() -> None:
    assert {c.id for c in load_checks() if c.on is Change} == set(change.CHECKS)
