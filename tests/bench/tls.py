"""The TLS part of `make bench`: our prober beside sslyze, in one run, on the same servers of loopback.

    python -m tests.bench.tls

sslyze is installed into a temporary folder for the run (RASOAT_PEERS may name one); where it cannot be had, only our
figures are printed. Connections are the difference of the kernel's ActiveOpens, those of the delayed link halved.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.measure import Cost, cost_of
from tests.lab.demo import ROOT
from tests.lab.tls_configurations import CONFIGURATIONS
from tests.lab.tls_servers import HOST, free_ports, running
from tests.tls.peers import find_sslyze, sslyze_command

SERVERS = 30
FLEET = 200
DELAY_MS = 15.0  # each way
LINK_TRIES = 5
AIMS = {
    "wall against sslyze": "10x",
    "CPU against sslyze": "15x",
    "full": "30 connections and accepted suites",
    "verdict": "12 connections",
    "CPU a host": "25 ms",
    "200 hosts": "80 MB",
}


@dataclass(frozen=True)
class Line:
    """One measured command."""

    name: str
    cost: Cost
    connections: float  # a host
    hosts: int


def active_opens() -> int:
    """Connections this machine has opened since it started."""
    lines = Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
    names, values = (line.split() for line in lines if line.startswith("Tcp:"))
    return int(values[names.index("ActiveOpens")])


def measured(name: str, command: Sequence[str], hosts: int, *, relayed: bool = False) -> Line:
    """Run a command and account for it."""
    before = active_opens()
    cost = cost_of(command, ROOT)
    opened = active_opens() - before
    return Line(name, cost, opened / (2 if relayed else 1) / hosts, hosts)


@contextmanager
def link(ports: Sequence[int]) -> Iterator[list[int]]:
    """The same servers behind a round trip of 30 ms; another port is tried where somebody was faster."""
    for _ in range(LINK_TRIES):
        near = free_ports(len(ports))
        pairs = [f"{a}:{b}" for a, b in zip(near, ports, strict=True)]
        command = [sys.executable, "-m", "tests.bench.tls_link", str(DELAY_MS), *pairs]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            if not process.stdout.readline():
                continue
            try:
                yield near
            finally:
                process.stdin.close()
            return
    raise SystemExit("no link with a delay could be made")


def ours(listing: str, ports: Sequence[int]) -> list[str]:
    """The command that runs our prober."""
    return [sys.executable, "-m", "tests.bench.tls_probe", listing, HOST, *map(str, ports)]


def show(lines: Sequence[Line], *, than: Line | None = None) -> None:
    """Figures, and ratios against a peer."""
    for line in lines:
        cost = line.cost
        row = f"{line.name:<32}{cost.wall_s:>9.2f}{cost.cpu_s * 1000 / line.hosts:>13.1f}"
        print(f"{row}{cost.peak_mb:>10.0f}{line.connections:>13.1f}")
        if than and line is not than:
            peer = than.cost
            ratios = (peer.wall_s / cost.wall_s, peer.cpu_s / cost.cpu_s, peer.peak_mb / cost.peak_mb)
            wall, cpu, memory = (f"{r:.1f}x" for r in ratios)
            few = f"{than.connections / max(line.connections, 1):.1f}x"
            print(f"{'  against sslyze':<32}{wall:>9}{cpu:>13}{memory:>10}{few:>13}")


def main() -> None:
    """Measure and print."""
    base = [c for c in CONFIGURATIONS if c.server == "nginx" and c.sslyze][:SERVERS]
    many = [replace(base[0], name=f"fleet {n}") for n in range(FLEET)]
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-tls-") as name:
        folder = Path(name)
        program = find_sslyze(folder / "peers")
        (folder / "lab").mkdir()
        print(f"\nTLS: {SERVERS} servers; {FLEET} in the fleet\n")
        print(f"{'':<32}{'wall s':>9}{'CPU ms/host':>13}{'peak MB':>10}{'connections':>13}")
        with running(folder / "lab", base) as (_, ports):
            compare("loopback", list(ports.values()), program, folder)
            with link(list(ports.values())) as near:
                compare("30 ms", near, program, folder, relayed=True)
        (folder / "fleet").mkdir()
        with running(folder / "fleet", many) as (_, ports):
            show([measured("fleet, verdict", ours("verdict", list(ports.values())), FLEET)])
            show([measured("fleet, full", ours("full", list(ports.values())), FLEET)])
    print("aims: " + ", ".join(f"{what} {aim}" for what, aim in AIMS.items()))


def compare(
    where: str, ports: Sequence[int], program: Path | None, folder: Path, *, relayed: bool = False
) -> None:
    """Both of ours, and the peer where there is one."""
    peer = None
    if program is not None:
        command = sslyze_command(program, ports, folder / "out.json")
        peer = measured(f"{where}, sslyze", command, len(ports), relayed=relayed)
    lines = [
        measured(f"{where}, {listing}", ours(listing, ports), len(ports), relayed=relayed)
        for listing in ("verdict", "full")
    ]
    show([*([peer] if peer else []), *lines], than=peer)


if __name__ == "__main__":
    main()
