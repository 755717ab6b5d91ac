import os
import time
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import pytest

from scanner.errors import RasoatError
from scanner.execute.local import Died, Patience, Stop, run
from scanner.model.settings import ScanSettings
from scanner.model.visit import Job, Visit
from tests.execute.workers import DeadOnArrival, Misbehaving, Unbuildable, job

QUICK = Patience(silence_s=3.0, overrun_s=0.3, grace_s=1.5)


def results(jobs: Iterable[Job], folder: Path, *, workers: int = 1, memory_mb: int = 512) -> dict[str, str]:
    settings = ScanSettings(workers=workers, concurrency=8, worker_memory_mb=memory_mb)
    made = run(
        tuple(jobs),
        make_worker=Misbehaving(folder),
        settings=settings,
        group=lambda order: order.site_id,
        patience=QUICK,
    )
    return {
        (one.site_id if isinstance(one, Visit) else one.job.site_id): (
            "visit" if isinstance(one, Visit) else one.reason
        )
        for one in made
    }


def tries(folder: Path, site_id: str) -> int:
    return len((folder / f"{site_id}.pids").read_text().splitlines())


def test_every_job_gets_one_visit(tmp_path: Path) -> None:
    jobs = [job(f"s{n}") for n in range(40)]

    got = results(jobs, tmp_path, workers=2)

    assert got == {f"s{n}": "visit" for n in range(40)}


def test_hostile_text_and_large_visits_cross_the_process_border_unharmed(tmp_path: Path) -> None:
    made = run(
        [job("a"), job("b", "long")], make_worker=Misbehaving(tmp_path), settings=ScanSettings(workers=1)
    )

    saw = {one.site_id: one.findings[0].saw for one in made if isinstance(one, Visit)}

    assert saw["a"] == "\udc80\0 ổn"
    assert len(saw["b"]) == 1_000_000


def test_no_jobs_start_no_worker(tmp_path: Path) -> None:
    assert list(run([], make_worker=Unbuildable(), settings=ScanSettings())) == []


def test_a_defect_costs_its_site_and_no_retry(tmp_path: Path) -> None:
    got = results([job("bad", "raise"), job("good")], tmp_path)

    assert got == {"bad": "ZeroDivisionError: a defect", "good": "visit"}
    assert tries(tmp_path, "bad") == 1


def test_a_crash_costs_only_the_site_that_crashes_alone(tmp_path: Path) -> None:
    got = results([job("bad", "crash"), job("near", "beside"), job("far", "beside")], tmp_path)

    assert got["bad"] == "the worker process ended with code 7"
    assert got["near"] == got["far"] == "visit"
    assert tries(tmp_path, "bad") == 2


def test_a_crash_that_does_not_happen_again_is_forgiven(tmp_path: Path) -> None:
    got = results([job("moody", "crash-once"), job("near", "beside")], tmp_path)

    assert got == {"moody": "visit", "near": "visit"}


def test_a_stuck_loop_is_ended_and_its_neighbours_are_visited_again(tmp_path: Path) -> None:
    got = results([job("near", "beside"), job("bad", "hang"), job("far", "beside")], tmp_path)

    assert "stuck" in got["bad"]
    assert got["near"] == got["far"] == "visit"


def test_a_visit_over_its_budget_is_cancelled_in_the_worker(tmp_path: Path) -> None:
    got = results([job("bad", "slow", budget_s=0.2), job("good", "pid"), job("also", "pid")], tmp_path)

    assert "overran its budget" in got["bad"]
    assert got["good"] == got["also"] == "visit"
    assert tries(tmp_path, "bad") == 1


def test_a_visit_that_ignores_cancellation_ends_its_worker_but_blames_nobody_else(tmp_path: Path) -> None:
    got = results([job("bad", "deaf", budget_s=0.2), job("good", "beside")], tmp_path)

    assert "beyond its budget" in got["bad"]
    assert got["good"] == "visit"


@pytest.mark.skipif(os.name != "posix", reason="address space limits exist on POSIX only")
def test_a_visit_that_eats_memory_costs_only_itself(tmp_path: Path) -> None:
    got = results([job("bad", "eat"), job("near", "beside")], tmp_path, memory_mb=128)

    assert got["bad"] == "the worker process ran out of memory"
    assert got["near"] == "visit"


def test_a_worker_that_cannot_be_built_ends_the_run_with_its_reason() -> None:
    with pytest.raises(RasoatError, match="LookupError: no reference tables"):
        list(run([job("a")], make_worker=Unbuildable(), settings=ScanSettings(workers=1)))


def test_a_worker_that_always_dies_at_the_start_ends_the_run() -> None:
    with pytest.raises(RasoatError, match="ended with code 9"):
        list(run([job("a")], make_worker=DeadOnArrival(), settings=ScanSettings(workers=1)))


def test_one_server_is_visited_from_one_process_at_a_time(tmp_path: Path) -> None:
    jobs = [job(f"s{n}", "pid") for n in range(24)]
    made = run(
        jobs,
        make_worker=Misbehaving(tmp_path),
        settings=ScanSettings(workers=2, concurrency=8),
        group=lambda order: str(int(order.site_id[1:]) % 3),
    )

    seen: dict[int, list[str]] = {}
    for one in made:
        assert isinstance(one, Visit)
        seen.setdefault(int(one.site_id[1:]) % 3, []).append(one.findings[0].saw)

    for (
        pids
    ) in seen.values():  # an idle worker may take a server over while nobody is there, and keeps it then
        in_turn = [pid for pid, _ in groupby(pids)]
        assert len(in_turn) == len(set(in_turn))


def test_jobs_are_announced_before_they_are_handed_out_and_again_for_a_second_try(tmp_path: Path) -> None:
    said: list[str] = []
    made = run(
        [job("bad", "crash")],
        make_worker=Misbehaving(tmp_path),
        settings=ScanSettings(workers=1),
        on_start=lambda order: said.append(order.site_id),
    )

    assert [type(one) for one in made] == [Died]
    assert set(said) == {"bad"}
    assert len(said) >= 2  # a worker that is gone before it took the job costs one announcement more


def test_stopping_once_finishes_what_is_in_flight_and_begins_nothing_more(tmp_path: Path) -> None:
    stop = Stop()
    jobs = [job(f"s{n}", "beside") for n in range(10)]
    made = run(
        jobs,
        make_worker=Misbehaving(tmp_path),
        settings=ScanSettings(workers=1, concurrency=2),
        group=lambda order: order.site_id,
        on_start=lambda _order: stop.request() if not stop.is_soft else None,
        stop=stop,
    )

    got = [one.site_id for one in made if isinstance(one, Visit)]

    assert 1 <= len(got) <= 2


def test_stopping_twice_ends_the_workers_at_once(tmp_path: Path) -> None:
    stop = Stop()

    def twice(_order: Job) -> None:
        stop.request()
        stop.request()

    begun = time.monotonic()
    made = list(
        run(
            [job("a", "slow")],
            make_worker=Misbehaving(tmp_path),
            settings=ScanSettings(workers=1),
            on_start=twice,
            stop=stop,
        )
    )

    assert made == []
    assert time.monotonic() - begun < 25


def test_a_run_that_is_left_half_way_leaves_no_process(tmp_path: Path) -> None:
    made = run(
        [job("quick", "pid"), job("slow", "slow")],
        make_worker=Misbehaving(tmp_path),
        settings=ScanSettings(workers=1),
    )

    first = next(made)
    made.close()  # type: ignore[attr-defined]  # `run` is a generator

    assert isinstance(first, Visit)
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.findings[0].saw), 0)
