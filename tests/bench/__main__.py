"""`make bench`: a scan of 200 loopback sites beside plain httpx on the same pages; figures and ratios of one run."""

import json
import os
import statistics
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from scanner.inventory.writer import write_toml
from scanner.model.agency import Agency, Authorisation, Depth, Inventory, Province, Site
from tests.bench import post_room
from tests.bench.fleet import SITES, address, host
from tests.bench.measure import Cost, cost_of
from tests.lab.demo import ROOT, running

RUNS = 3
AIMS = {"cpu_ms": 40.0, "connections": 12.0, "peak_mb": 300.0, "help_s": 0.3}
AIMS_REPORTS = "20 s, 300 MB, every agency under 1,000 KB and the usual one under 150 KB, mails under 30 KB"


def prepare(folder: Path, depth: Depth = Depth.PASSIVE) -> None:
    """Configuration and inventory of the fleet."""
    ports = json.loads((folder / "lab.json").read_text(encoding="utf-8"))
    pins = "\n".join(f'"{host(n)}" = ["{address(n)}"]' for n in range(SITES))
    (folder / "rasoat.toml").write_text(
        f'[network]\nallow_addresses = ["127.78.0.0/16"]\nroots = "roots.pem"\nipv6 = false\n'
        f'[network.ports]\n"80" = {ports["http"]}\n"443" = {ports["https"]}\n[network.hosts]\n{pins}\n'
        f'[scan]\ndepth = "{depth.value}"\nper_address_rate = 50\n',
        encoding="utf-8",
    )
    agencies = tuple(Agency(id=f"co-quan-{n}", name=f"Cơ quan {n}") for n in range(SITES // 5))
    sites = tuple(
        Site(id=f"trang-{n}", agency_id=f"co-quan-{n // 5}", url=f"https://{host(n)}/") for n in range(SITES)
    )
    today = date.today()  # noqa: DTZ011 - the officer's day
    mandate = Authorisation("1/QĐ", "Tỉnh Mẫu", today, today, today + timedelta(days=1), Depth.STANDARD)
    content = write_toml(Inventory(Province("Tỉnh Mẫu"), agencies, sites, (mandate,)))
    (folder / "agencies.toml").write_text(content, encoding="utf-8")


def traffic(folder: Path) -> tuple[int, int]:
    """Connections and requests of the last scan, as its ledgers say."""
    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    ledgers = [site["ledger"] for agency in document["agencies"] for site in agency["sites"]]
    assert len(ledgers) == SITES
    return sum(led["connections"] for led in ledgers), sum(led["requests"] for led in ledgers)


def middle(costs: list[Cost]) -> Cost:
    """Figure by figure the median of the runs."""
    return Cost(
        statistics.median(c.wall_s for c in costs),
        statistics.median(c.cpu_s for c in costs),
        statistics.median(c.peak_mb for c in costs),
        costs[-1].exit_code,
    )


def row(name: str, cost: Cost) -> str:
    """One line of the table."""
    per_site = 1000 * cost.cpu_s / SITES
    return f"{name:<22}{SITES / cost.wall_s:>10.1f}{cost.wall_s:>10.2f}{per_site:>14.1f}{cost.peak_mb:>12.0f}"


def reports() -> None:
    """What it costs to write up a whole province, and how big the files are."""
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-") as name:
        cost = cost_of([sys.executable, "-m", "tests.bench.post_room", name], ROOT)
        sizes = json.loads((Path(name) / "sizes.json").read_text(encoding="utf-8"))
    print(f"\nreports of {post_room.AGENCIES} agencies, {post_room.SITES} sites:", end=" ")
    print(f"{cost.wall_s:.1f} s, CPU {cost.cpu_s:.1f} s, {cost.peak_mb:.0f} MB", end="; ")
    print(", ".join(f"{key} {value:.0f}" for key, value in sizes.items()))
    print(f"aims, reports: {AIMS_REPORTS}")


def main() -> None:
    """Measure and print."""
    print(
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, {SITES} sites, median of {RUNS} runs\n"
    )
    scan = [
        sys.executable,
        "-m",
        "scanner",
        "scan",
        "-q",
        "--format",
        "json",
        "-o",
        "result.json",
        "--fail-on",
        "none",
    ]
    plain: list[Cost] = []
    ours: dict[Depth, list[Cost]] = {Depth.PASSIVE: [], Depth.STANDARD: []}
    counts: dict[Depth, tuple[int, int]] = {}
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-") as name:
        for number in range(RUNS):
            for depth, costs in ours.items():
                folder = Path(name) / f"{depth.value}-{number}"
                with running("fleet", str(folder), package="tests.bench"):
                    prepare(folder, depth)
                    costs.append(cost_of(scan, folder))
                    counts[depth] = traffic(folder)
                    if depth is Depth.PASSIVE:
                        plain.append(cost_of([sys.executable, "-m", "tests.bench.plain", str(folder)], ROOT))
        help_cost = middle(
            [cost_of([sys.executable, "-m", "scanner", "--help"], Path(name)) for _ in range(RUNS)]
        )
    yardstick = middle(plain)
    print(
        f"{'':<24}{'sites/s':>9}{'wall s':>9}{'CPU ms/site':>13}{'peak MB':>9}{'connections':>13}{'requests':>10}"
    )
    for depth, costs in ours.items():
        connections, requests = counts[depth]
        head = row(f"rasoat scan, {depth.value}", middle(costs))
        print(f"{head}{connections / SITES:>13.1f}{requests / SITES:>10.1f}")
    print(row("plain httpx", yardstick))
    for depth, costs in ours.items():
        a = middle(costs)
        ratios = (yardstick.wall_s / a.wall_s, a.wall_s / yardstick.wall_s, a.cpu_s / yardstick.cpu_s)
        numbers = (*ratios, a.peak_mb / yardstick.peak_mb)
        print("{:<24}{:>9.2f}{:>9.2f}{:>13.2f}{:>9.2f}".format(f"ratio, {depth.value}", *numbers))
    print(f"\nrasoat --help {help_cost.wall_s:.2f} s")
    reports()
    print("aims, passive: " + ", ".join(f"{name} under {aim:g}" for name, aim in AIMS.items()))


if __name__ == "__main__":
    main()
