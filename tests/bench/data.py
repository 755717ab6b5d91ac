"""The tables and what is judged by them: loading, and `rejudge` of 1,000 stored sites on the processors there are."""

import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from scanner.collect import wall
from scanner.config import load_or_default
from scanner.model.agency import Depth
from scanner.store import Store
from tests.bench.__main__ import prepare
from tests.bench.fleet import SITES
from tests.bench.measure import cost_of
from tests.lab.demo import running

COPIES = 5  # of each visited site
AIMS = {"load_ms": 50.0, "load_mb": 30.0, "rejudge_s": 10.0}
LOAD = """
import time
from pathlib import Path
from scanner.reference import Tables, read_reference
from scanner.model.reference import Anchors
held = lambda: int(Path("/proc/self/statm").read_text().split()[1]) * 4096  # the peak is inherited from the parent
before = held()
began = time.process_time()
ref = read_reference(Tables(), Anchors())
print(1000 * (time.process_time() - began), (held() - before) / 1e6)
"""
RUNS = 5


def loading() -> tuple[float, float]:
    """Milliseconds of processor time and megabytes it takes to read every table; medians."""
    told = [
        subprocess.run(
            [sys.executable, "-c", LOAD], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(RUNS)
    ]
    return statistics.median(float(ms) for ms, _ in told), statistics.median(float(mb) for _, mb in told)


def multiply(folder: Path) -> int:
    """Store every visit of the last scan several times more, each as a site of its own; the number there is now."""
    settings = load_or_default(str(folder / "rasoat.toml"))
    with Store.open(f"sqlite:///{folder / 'rasoat-data' / 'rasoat.db'}") as store:
        this = store.scan()
        jobs = {job.site_id: job for job in store.jobs(this.id)}
        visits, inventory = store.visits(this.id), store.inventory(this.id)
        big = replace(this, id="20990101T000000Z")
        names = [(visit, f"{visit.site_id}-{n}") for n in range(COPIES) for visit in visits]
        planned = [replace(jobs[v.site_id], site_id=name, scan_id=big.id) for v, name in names]
        store.begin_scan(replace(big, finished_at=None), planned, inventory)
        evidence = folder / settings.store.evidence
        for visit, name in names:
            seen = replace(wall.read(evidence, visit.evidence_sha256), site_id=name)
            findings = tuple(replace(f, site_id=name) for f in visit.findings)
            digest = wall.write(evidence, seen)
            store.record(
                replace(visit, scan_id=big.id, site_id=name, findings=findings, evidence_sha256=digest)
            )
        store.finish_scan(big.id, this.finished_at or this.started_at)
        return len(names)


def main() -> None:
    """Measure and print."""
    ms, mb = loading()
    print(
        f"loading all tables: {ms:.0f} ms CPU, {mb:.0f} MB (aims: {AIMS['load_ms']:g} ms, {AIMS['load_mb']:g} MB)"
    )
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-") as name:
        folder = Path(name)
        with running("fleet", name, package="tests.bench"):
            prepare(folder, Depth.STANDARD)
            scan = [sys.executable, "-m", "scanner", "scan", "-q", "--format", "json", "-o", "result.json"]
            cost_of([*scan, "--fail-on", "none"], folder)
        sites = multiply(folder)
        cost = cost_of([sys.executable, "-m", "scanner", "rejudge"], folder)
    print(
        f"rejudge of {sites} sites ({SITES} visited, each {COPIES} times): {cost.wall_s:.1f} s,"
        f" {1000 * cost.cpu_s / sites:.1f} ms CPU a site, {cost.peak_mb:.0f} MB (aim: {AIMS['rejudge_s']:g} s)"
    )


if __name__ == "__main__":
    main()
