"""The HTTP and DNS part of `make bench`: a passive visit of 200 sites beside what others offer, in one run.

    python -m tests.bench.web

Peers: the command line of the HTTP Observatory (npm; RASOAT_OBSERVATORY may name its folder) and whatweb (apt); a peer
that cannot be had is left out, and said so. They look at fewer sites, because they take long; figures are per site.
Ours asks the site and its name servers and judges what it saw, and asks ten hellos for the certificate behind HSTS; the
Observatory asks the site and grades it; whatweb only names products.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.__main__ import prepare, traffic
from tests.bench.fleet import NAME_SERVERS, SITES, address
from tests.bench.measure import Cost, cost_of
from tests.bench.tls import active_opens
from tests.lab.demo import running
from tests.observatory.test_parity import PACKAGE, install

FEW = 10
AT_ONCE = os.cpu_count() or 1
TOPICS = ("http", "cookies", "content", "dns", "mail")
AIMS = {"CPU a site": "25 ms", "CPU against any peer": "10x"}


@dataclass(frozen=True)
class Line:
    """One measured command."""

    name: str
    cost: Cost
    connections: float  # a site
    sites: int

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor a site."""
        return 1000 * self.cost.cpu_s / self.sites

    @property
    def wall_ms(self) -> float:
        """Milliseconds of wall clock a site."""
        return 1000 * self.cost.wall_s / self.sites


def measured(name: str, command: Sequence[str], folder: Path, sites: int) -> Line:
    """Run a command and account for it. The kernel counts connections of the whole machine: let nothing else run."""
    before = active_opens()
    cost = cost_of(command, folder)
    return Line(name, cost, (active_opens() - before) / sites, sites)


def scanned(name: str, command: Sequence[str], folder: Path) -> Line:
    """Run a scan of ours, connections as its ledgers say, and forget what it stored."""
    line = replace(measured(name, command, folder, SITES), connections=traffic(folder)[0] / SITES)
    shutil.rmtree(folder / "rasoat-data")
    return line


def ours(*topics: str) -> list[str]:
    """A passive scan of the fleet with these topics, or with all."""
    wanted = [word for topic in topics for word in ("--check", topic)]
    scan = [sys.executable, "-m", "scanner", "scan", "-q", "--format", "json", "-o", "result.json"]
    return [*scan, "--fail-on", "none", *wanted]


def ask_names(folder: Path) -> None:
    """Have the scan ask the fleet's name servers, instead of taking addresses as given."""
    port = json.loads((folder / "lab.json").read_text(encoding="utf-8"))["dns"]
    text = (folder / "rasoat.toml").read_text(encoding="utf-8")
    head, _, rest = text.partition("[network.hosts]")
    head = head.replace("[network]\n", f'[network]\nresolver = ["{NAME_SERVERS[0]}:{port}"]\n', 1)
    head += f'"53" = {port}\n'
    (folder / "rasoat.toml").write_text(head + rest[rest.index("[scan]") :], encoding="utf-8")


def observatory(folder: Path, port: int) -> list[str] | None:
    """The Observatory's command line over a few sites, or None where npm is not to be had."""
    wanted = os.environ.get("RASOAT_OBSERVATORY", "install")
    if shutil.which("node") is None or shutil.which("npm") is None:
        return None
    try:
        home = install(folder) if wanted == "install" else Path(wanted)
    except subprocess.SubprocessError:
        return None
    program = home / next(
        iter(json.loads((home / "package.json").read_text(encoding="utf-8"))["bin"].values())
    )
    names = " ".join(f"{address(n)}:{port}" for n in range(FEW))
    each = f"NODE_EXTRA_CA_CERTS=roots.pem node {shlex.quote(str(program))}"
    return ["sh", "-c", f"printf '%s\\n' {names} | xargs -n 1 -P {AT_ONCE} env {each} >/dev/null; true"]


def whatweb(port: int) -> list[str] | None:
    """whatweb over a few sites in one process, or None where it is not installed."""
    program = shutil.which("whatweb")
    if program is None:
        return None
    urls = [f"https://{address(n)}:{port}/" for n in range(FEW)]
    return [program, "-q", "-a", "1", "--log-json=/dev/null", f"--max-threads={AT_ONCE}", *urls]


def show(line: Line, *, than: Line) -> None:
    """Figures of one command, and how many times less ours takes."""
    ratios = f"{line.wall_ms / than.wall_ms:>9.1f}x{line.cpu_ms / than.cpu_ms:>9.1f}x"
    print(
        f"{line.name:<34}{line.wall_ms:>9.1f}{line.cpu_ms:>9.1f}{line.cost.peak_mb:>9.0f}"
        f"{line.connections:>13.1f}{ratios if line is not than else ''}"
    )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-web-") as name:
        folder, peers = Path(name) / "fleet", Path(name) / "peers"
        peers.mkdir()
        with running("fleet", str(folder), package="tests.bench"):
            prepare(folder)
            ask_names(folder)
            port = json.loads((folder / "lab.json").read_text(encoding="utf-8"))["https"]
            web = scanned("rasoat, HTTP and DNS", ours(*TOPICS), folder)
            lines = [web, scanned("rasoat, everything passive", ours(), folder)]
            for title, command in (
                (PACKAGE.rpartition("/")[2], observatory(peers, port)),
                ("whatweb -a 1", whatweb(port)),
            ):
                if command is None:
                    print(f"{title}: not to be had here")
                else:
                    lines.append(measured(title, command, folder, FEW))
    print(f"\nHTTP and DNS: {SITES} sites, {FEW} of them for each peer; figures a site\n")
    print(f"{'':<34}{'wall ms':>9}{'CPU ms':>9}{'peak MB':>9}{'connections':>13}{'wall':>10}{'CPU':>10}")
    for line in lines:
        show(line, than=web)
    print("aims: " + ", ".join(f"{what} {aim}" for what, aim in AIMS.items()))


if __name__ == "__main__":
    main()
