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
from tests.bench.fleet import SITES, address, host
from tests.bench.measure import Cost, cost_of
from tests.lab.demo import ROOT, running

RUNS = 3
AIMS = {"cpu_ms": 40.0, "connections": 12.0, "peak_mb": 300.0, "help_s": 0.3}


def prepare(folder: Path) -> None:
    """Configuration and inventory of the fleet."""
    ports = json.loads((folder / "lab.json").read_text(encoding="utf-8"))
    pins = "\n".join(f'"{host(n)}" = ["{address(n)}"]' for n in range(SITES))
    (folder / "rasoat.toml").write_text(
        f'[network]\nallow_addresses = ["127.78.0.0/16"]\nroots = "roots.pem"\nipv6 = false\n'
        f'[network.ports]\n"80" = {ports["http"]}\n"443" = {ports["https"]}\n[network.hosts]\n{pins}\n'
        f'[scan]\ndepth = "standard"\nper_address_rate = 50\n',
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
    ours, plain, connections, requests = [], [], 0, 0
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-") as name:
        folder = Path(name)
        for _ in range(RUNS):
            with running("fleet", str(folder), package="tests.bench"):
                prepare(folder)
                ours.append(cost_of(scan, folder))
            connections, requests = traffic(folder)
            with running("fleet", str(folder), package="tests.bench"):
                plain.append(cost_of([sys.executable, "-m", "tests.bench.plain", str(folder)], ROOT))
        help_cost = middle(
            [cost_of([sys.executable, "-m", "scanner", "--help"], folder) for _ in range(RUNS)]
        )
    a, b = middle(ours), middle(plain)
    print(f"{'':<22}{'sites/s':>10}{'wall s':>10}{'CPU ms/site':>14}{'peak MB':>12}")
    print(row("rasoat scan", a))
    print(row("plain httpx", b))
    ratios = (b.wall_s / a.wall_s, a.wall_s / b.wall_s, a.cpu_s / b.cpu_s, a.peak_mb / b.peak_mb)
    print("{:<22}{:>10.2f}{:>10.2f}{:>14.2f}{:>12.2f}".format("ratio", *ratios))
    print(f"\nconnections per site {connections / SITES:.1f}, HTTP requests per site {requests / SITES:.1f}")
    print(f"rasoat --help {help_cost.wall_s:.2f} s")
    print("aims: " + ", ".join(f"{name} under {aim:g}" for name, aim in AIMS.items()))


if __name__ == "__main__":
    main()
