"""What every store must do, run on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from scanner.errors import StoreError
from scanner.model.agency import Inventory, Province
from scanner.model.finding import Finding, SiteState, Verdict
from scanner.model.parcel import Parcel, Posting
from scanner.model.visit import RECHECK, VERIFY, Scan
from scanner.store import Store
from tests.store.nouns import INVENTORY, START, finding, job, scan, visit

HOSTILE = "\0\x1b[31m\udc80 ' OR 1=1; -- %s :x {y} \u202e ổn"


def begin(store: Store, number: int = 1, sites: tuple[str, ...] = ("s1", "s2")) -> str:
    begun = scan(number)
    store.begin_scan(begun, [job(begun.id, site) for site in sites], INVENTORY)
    return begun.id


def finish(store: Store, scan_id: str, degraded: str = "") -> None:
    store.finish_scan(scan_id, START + timedelta(days=9), degraded)


def test_a_scan_comes_back_as_it_was_begun(store: Store) -> None:
    scan_id = begin(store)

    assert store.scan(scan_id) == scan(1)
    assert store.inventory(scan_id) == INVENTORY
    assert store.jobs(scan_id) == (job(scan_id, "s1"), job(scan_id, "s2"))
    assert store.pending(scan_id) == store.jobs(scan_id)


def test_a_scan_id_is_taken_once(store: Store) -> None:
    begin(store)

    with pytest.raises(StoreError, match="exists already"):
        begin(store)


def test_a_scan_may_have_no_jobs(store: Store) -> None:
    assert store.jobs(begin(store, sites=())) == ()


def test_a_visit_comes_back_with_its_findings_in_order(store: Store) -> None:
    scan_id = begin(store)
    made = visit(scan_id, "s1", finding("s1", "tls.b"), finding("s1", "http.a"))

    store.record(made)

    assert store.visits(scan_id) == (made,)


def test_hostile_text_comes_back_byte_for_byte(store: Store) -> None:
    scan_id = begin(store)
    said = replace(finding("s1", saw=HOSTILE), where=(HOSTILE,), values=(("name", HOSTILE),), why=HOSTILE)

    store.record(visit(scan_id, "s1", said))

    assert store.visits(scan_id)[0].findings == (said,)


def test_visits_come_in_the_order_of_the_plan(store: Store) -> None:
    scan_id = begin(store, sites=("z", "a", "m"))

    for site in ("m", "a", "z"):
        store.record(visit(scan_id, site))

    assert [v.site_id for v in store.visits(scan_id)] == ["z", "a", "m"]


def test_a_second_record_replaces_the_first(store: Store) -> None:
    scan_id = begin(store)
    store.record(visit(scan_id, "s1", finding("s1", "http.a"), finding("s1", "http.b")))
    again = visit(scan_id, "s1", finding("s1", "http.b", Verdict.PASS), state=SiteState.PARTLY)

    store.record(again)

    assert store.visits(scan_id) == (again,)


def test_what_is_recorded_is_no_longer_pending_and_what_was_only_started_is(store: Store) -> None:
    scan_id = begin(store)
    store.start(scan_id, "s1")
    store.start(scan_id, "s2")
    store.start(scan_id, "s2")

    store.record(visit(scan_id, "s1"))

    assert [j.site_id for j in store.pending(scan_id)] == ["s2"]
    assert store.attempts(scan_id) == {"s1": 1, "s2": 2}


def test_how_a_scan_went_is_told_without_its_findings(store: Store) -> None:
    scan_id = begin(store)
    store.record(visit(scan_id, "s1", finding("s1", "http.a"), state=SiteState.PARTLY))

    assert store.states(scan_id) == {"s1": SiteState.PARTLY}
    assert not store.has_errors(scan_id)

    store.record(visit(scan_id, "s2", finding("s2", "http.a", Verdict.ERROR)))

    assert store.has_errors(scan_id)


def test_a_visit_nobody_planned_is_refused(store: Store) -> None:
    scan_id = begin(store)

    with pytest.raises(StoreError, match="no job for site s9"):
        store.record(visit(scan_id, "s9"))
    with pytest.raises(StoreError, match="no job for site s9"):
        store.start(scan_id, "s9")


def test_a_visit_is_written_whole_or_not_at_all(store: Store) -> None:
    scan_id = begin(store)
    twice = finding("s1", "http.a")

    with pytest.raises(StoreError):
        store.record(visit(scan_id, "s1", twice, twice))

    assert store.visits(scan_id) == ()
    assert [j.site_id for j in store.pending(scan_id)] == ["s1", "s2"]


def test_the_newest_scan_that_was_not_closed_can_be_resumed(store: Store) -> None:
    assert store.unfinished() is None
    scan_id = begin(store)

    unfinished = store.unfinished()
    assert unfinished is not None
    assert unfinished.id == scan_id

    finish(store, scan_id)
    assert store.unfinished() is None


def test_latest_is_the_newest_closed_scan_or_else_the_newest(store: Store) -> None:
    with pytest.raises(StoreError, match="no scan yet"):
        store.scan()
    first = begin(store, 1)
    assert store.scan().id == first

    finish(store, first, "network down")
    begin(store, 2)

    assert store.scan().id == first
    assert store.scan().degraded == "network down"
    assert [s.id for s in store.scans()] == ["scan-1", "scan-2"]


def test_scans_are_ordered_by_number_not_by_the_clock(store: Store) -> None:
    for number in (5, 3):
        begin(store, number)

    assert [s.id for s in store.scans()] == ["scan-5", "scan-3"]


def test_times_come_back_in_utc_whatever_zone_they_had(store: Store) -> None:
    scan_id = begin(store)
    hanoi = timezone(timedelta(hours=7))

    store.finish_scan(scan_id, datetime(2026, 11, 22, 9, 30, tzinfo=hanoi))

    assert store.scan(scan_id).finished_at == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="without zone"):
        store.finish_scan(scan_id, datetime(2026, 11, 22))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize("ask", ["inventory", "findings_before", "scan"])
def test_asking_for_a_scan_that_is_not_there_says_so(store: Store, ask: str) -> None:
    with pytest.raises(StoreError, match="holds no scan scan-7"):
        getattr(store, ask)("scan-7")
    with pytest.raises(StoreError, match="holds no scan scan-7"):
        finish(store, "scan-7")


# ---- history


def test_history_holds_closed_scans_before_this_one_oldest_first(store: Store) -> None:
    for number, verdict in ((1, Verdict.FAIL), (2, Verdict.UNKNOWN), (3, Verdict.PASS)):
        scan_id = begin(store, number)
        store.record(visit(scan_id, "s1", finding("s1", "http.a", verdict), hours=number))
        if number < 3:
            finish(store, scan_id, "half the province vanished" if number == 2 else "")

    history = store.findings_before("scan-3")

    seen = history.sightings["s1", "http.a"]
    assert [(s.scan_id, s.verdict, s.degraded) for s in seen] == [
        ("scan-1", Verdict.FAIL, False),
        ("scan-2", Verdict.UNKNOWN, True),
    ]
    assert seen[0].at == START + timedelta(hours=1, seconds=3)
    assert [run.scan.id for run in history.runs] == ["scan-1", "scan-2"]


def test_history_leaves_out_unfinished_scans_and_what_never_failed(store: Store) -> None:
    first = begin(store, 1)
    store.record(visit(first, "s1", finding("s1", "http.a", Verdict.PASS)))
    finish(store, first)
    second = begin(store, 2)
    store.record(visit(second, "s1", finding("s1", "http.b")))

    history = store.findings_before(begin(store, 3))

    assert history.sightings == {}
    assert [run.scan.id for run in history.runs] == ["scan-1"]


def test_past_runs_carry_failures_and_counts(store: Store) -> None:
    scan_id = begin(store, 1)
    failed = finding("s1", "http.a")
    store.record(
        visit(
            scan_id,
            "s1",
            failed,
            finding("s1", "http.b", Verdict.PASS),
            finding("s1", "http.c", Verdict.UNKNOWN),
            finding("s1", "http.d", Verdict.ERROR),
            finding("s1", "http.e", Verdict.NOTAPPLICABLE),
        )
    )
    finish(store, scan_id)

    (run,) = store.findings_before(begin(store, 2)).runs

    assert run.sites[0].failures == (failed,)
    assert (run.sites[0].decided, run.sites[0].applicable) == (2, 4)


def test_a_recheck_is_seen_by_history_and_is_never_the_latest_scan(store: Store) -> None:
    run(store, scan(1), finding("s1"))
    run(store, replace(scan(2), purpose=RECHECK), finding("s1", verdict=Verdict.PASS))
    store.begin_scan(replace(scan(3), purpose=RECHECK), [job("scan-3", "s1")], INVENTORY)

    assert store.scan().id == "scan-1"
    assert store.unfinished() is None
    assert not store.scan("scan-2").is_whole
    history = store.history()
    assert [past.scan.id for past in history.runs] == ["scan-1"]
    assert [s.is_recheck for s in history.sightings["s1", "http.x"]] == [False, True]


def test_second_looks_are_those_before_the_next_whole_scan(store: Store) -> None:
    run(store, scan(1), finding("s1"))
    run(store, replace(scan(2), purpose=RECHECK), finding("s1", verdict=Verdict.PASS))
    store.begin_scan(replace(scan(3), purpose=RECHECK), [job("scan-3", "s1")], INVENTORY)
    run(store, replace(scan(4), purpose=VERIFY), finding("s1"))
    run(store, scan(5), finding("s1"))
    run(store, replace(scan(6), purpose=RECHECK), finding("s1"))

    assert [(look.scan.id, look.visit.site_id) for look in store.second_looks("scan-1")] == [
        ("scan-2", "s1"),
        ("scan-4", "s1"),
    ]
    assert [look.scan.id for look in store.second_looks("scan-5")] == ["scan-6"]
    with pytest.raises(StoreError):
        store.second_looks("scan-9")


def run(store: Store, this: Scan, *said: Finding) -> None:
    """A whole scan of one site."""
    store.begin_scan(this, [job(this.id, "s1")], INVENTORY)
    store.record(visit(this.id, "s1", *said))
    store.finish_scan(this.id, START)


def test_the_first_scan_has_no_history(store: Store) -> None:
    history = store.findings_before(begin(store))

    assert (history.sightings, history.runs) == ({}, ())


# ---- lock


def test_one_process_holds_the_lock_and_may_take_it_again(store: Store, url: str) -> None:
    with store.locked(), Store.open(url) as other:
        other.lock()
    store.unlock()


def test_a_living_holder_keeps_the_lock_and_a_dead_one_loses_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scanner.store import holder, lock

    elsewhere = replace(holder.this_process(), host="another-machine", pid=1)
    with monkeypatch.context() as patched:
        patched.setattr(lock, "this_process", lambda: elsewhere)
        store.lock()
    with pytest.raises(StoreError, match="process 1 on another-machine"):
        store.lock()
    store.unlock()  # not ours: stays
    with pytest.raises(StoreError):
        store.lock()

    store.lock(force=True)
    store.unlock()

    dead = replace(holder.this_process(), boot_id="an earlier boot", pid=1)
    with monkeypatch.context() as patched:
        patched.setattr(lock, "this_process", lambda: dead)
        store.lock()
    store.lock()
    store.unlock()


# ---- outbox


def put(store: Store, message_id: str = "<1@rasoat>", eml: bytes = b"Subject: x\r\n\r\n\x00\xff") -> bool:
    return store.queue(message_id, "scan-1", "so-y-te", "a@so-y-te.example", eml)


def test_a_message_is_queued_once_and_keeps_its_bytes(store: Store) -> None:
    assert put(store)
    assert not put(store, eml=b"another text")

    assert store.parcels() == (
        Parcel("<1@rasoat>", "scan-1", "so-y-te", "a@so-y-te.example", b"Subject: x\r\n\r\n\x00\xff"),
    )


def test_messages_of_a_report_are_queued_together_in_order(store: Store) -> None:
    letters = [Parcel(f"<{n}@x>", "scan-1", "a", "r@x.example", b"") for n in (3, 1, 2)]

    assert store.queue_all([*letters, letters[0]]) == 3

    assert [p.message_id for p in store.due(START)] == ["<3@x>", "<1@x>", "<2@x>"]
    assert store.parcels("scan-2") == ()


def test_a_message_is_claimed_by_one_mailer_only(store: Store) -> None:
    put(store)

    assert store.claim("<1@rasoat>")
    assert not store.claim("<1@rasoat>")
    assert store.due(START) == ()


def test_a_message_waits_for_its_next_try(store: Store) -> None:
    put(store)
    later = START + timedelta(minutes=5)
    store.mark("<1@rasoat>", "sending")
    store.mark("<1@rasoat>", Posting.QUEUED, "451 try \udc80 later\0", later)

    (waiting,) = store.parcels()

    assert store.due(START) == ()
    assert store.due(later) == (waiting,)
    assert (waiting.attempts, waiting.last_error) == (1, "451 try \\udc80 later\\x00")


def test_what_was_sent_stays_sent(store: Store) -> None:
    put(store)
    store.mark("<1@rasoat>", Posting.SENT)

    with pytest.raises(StoreError, match="no open message"):
        store.mark("<1@rasoat>", Posting.QUEUED)
    assert not put(store)
    assert store.due(START) == ()


def test_what_a_killed_mailer_left_is_held_for_an_officer(store: Store) -> None:
    put(store)
    store.claim("<1@rasoat>")

    assert store.recover_post() == 1

    assert store.parcels()[0].state is Posting.UNKNOWN
    assert store.due(START) == ()


# ---- opening


def test_opening_again_finds_everything(store: Store, url: str) -> None:
    scan_id = begin(store)
    store.record(visit(scan_id, "s1", finding("s1")))

    with Store.open(url) as again:
        assert again.visits(scan_id) == store.visits(scan_id)


def test_an_inventory_of_nothing_is_kept_too(store: Store) -> None:
    store.begin_scan(scan(1), [], Inventory(Province("Tỉnh Mẫu")))

    assert store.inventory("scan-1") == Inventory(Province("Tỉnh Mẫu"))


def test_glances_count_one_topic_of_closed_whole_scans_newest_first(store: Store) -> None:
    changes = ("compromise.new",)
    for number, degraded in ((1, ""), (2, "too many are silent"), (3, "")):
        scan_id = begin(store, number)
        said = (
            finding("s1", "compromise.new"),
            finding("s1", "compromise.spam", Verdict.FAIL if number == 3 else Verdict.PASS),
            finding("s1", "http.x"),
        )
        store.record(visit(scan_id, "s1", *said))
        store.record(visit(scan_id, "s2", finding("s2", "compromisex.new")))
        finish(store, scan_id, degraded)
    store.record(visit(begin(store, 4), "s1", finding("s1", "compromise.spam")))

    found = store.glances("compromise", changes)

    assert [(g.scan_id, g.site_id, g.passed, g.changed, g.failed) for g in found] == [
        ("scan-3", "s1", 0, 1, 1),
        ("scan-1", "s1", 1, 1, 0),
    ]
    assert found[0].seen_at == START


def test_facts_of_chosen_visits_are_given(store: Store) -> None:
    scan_id = begin(store)
    store.record(visit(scan_id, "s1"))

    assert store.facts([(scan_id, "s1"), (scan_id, "s2"), ("scan-9", "s1")]) == {
        (scan_id, "s1"): '{"http":{"title":"Sở Y tế"}}'
    }
    assert store.facts([]) == {}
