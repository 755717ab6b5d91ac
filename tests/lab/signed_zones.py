"""A small tree of zones signed by BIND's signer and served by Unbound, which validates them: none of it is ours.

.  (NSEC)
+-- plain  (NSEC)         one, below, open, old, torn
+-- many   (NSEC3, opt-out)  one, open, rounds
"""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dns.exception
import dns.message
import dns.query

from tests.lab.system import program

BEGINS, ENDS = "20261101000000", "20261231000000"
NOW = "20261124000000"
LONG_AGO = ("20260801000000", "20261001000000")


@dataclass(frozen=True)
class Plan:
    """One zone: how it denies, when it is signed, which names it delegates, what is spoilt after signing."""

    name: str
    denial: tuple[str, ...] = ()  # options of the signer; none is NSEC
    times: tuple[str, str] = (BEGINS, ENDS)
    children: tuple[str, ...] = ()
    is_signed: bool = True
    has_ds: bool = True
    spoils: tuple[str, str] = ("", "")
    names: tuple[str, ...] = ("www",)


NSEC3, OPT_OUT = ("-3", "-"), ("-3", "-", "-A")
PLANS = (
    Plan("one.plain"),
    Plan("open.plain", is_signed=False),
    Plan("island.plain", has_ds=False),
    Plan("old.plain", times=LONG_AGO),
    Plan("torn.plain", spoils=("1          ; serial", "2          ; serial")),
    Plan("one.many", NSEC3),
    Plan("open.many", is_signed=False),
    Plan("rounds.many", ("-3", "AABB", "-H", "10")),
    Plan("plain", children=("one", "open", "island", "old", "torn"), names=("here",)),
    Plan("many", OPT_OUT, children=("one", "open", "rounds"), names=("here",)),
    Plan("", children=("plain", "many"), names=()),
)


@contextmanager
def signed_tree(folder: Path) -> Iterator[tuple[str, str]]:
    """The resolver as "IP:port", and the file with the anchor of this root."""
    anchor = ""
    delegations: dict[str, str] = {}
    for plan in PLANS:
        anchor = _made(plan, folder, delegations)
    (folder / "anchor.ds").write_text(anchor, encoding="ascii")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "unbound.conf").write_text(_configuration(folder, port), encoding="ascii")
    log = (folder / "unbound.log").open("wb")
    with (
        log,
        subprocess.Popen(
            [program("unbound"), "-d", "-c", folder / "unbound.conf"], stdout=log, stderr=log
        ) as process,
    ):
        try:
            _await(port, process, folder)
            yield f"127.0.0.1:{port}", str(folder / "anchor.ds")
        finally:
            process.terminate()


def _made(plan: Plan, folder: Path, delegations: dict[str, str]) -> str:
    """Write one zone, signed or not, and note its delegation; gives its DS record."""
    zone = f"{plan.name}." if plan.name else "."
    below = "" if zone == "." else zone
    lines = [f"$TTL 300\n{zone} IN SOA ns.{below or 'lab.'} a.{below or 'lab.'} 1 3600 900 604800 300"]
    lines += [f"{zone} IN NS ns.{below or 'lab.'}", f"{zone} IN MX 0 ."]
    lines += (
        [f"{n}.{below} IN A 192.0.2.80" for n in ("ns", *plan.names)]
        if below
        else ["ns.lab. IN A 192.0.2.80"]
    )
    lines += [delegations[f"{child}.{plan.name}".strip(".")] for child in plan.children]
    plain = folder / f"zone.{plan.name or 'root'}"
    plain.write_text("\n".join(lines) + "\n", encoding="ascii")
    ds = _signed(plan, zone, plain, folder) if plan.is_signed else ""
    delegations[plan.name] = f"{zone} IN NS ns.{zone}\nns.{zone} IN A 192.0.2.80\n{ds if plan.has_ds else ''}"
    text = plain.read_text(encoding="ascii")
    plain.write_text(text.replace(*plan.spoils) if plan.spoils[0] else text, encoding="ascii")
    return ds


def _signed(plan: Plan, zone: str, plain: Path, folder: Path) -> str:
    times = ("-s", plan.times[0], "-e", plan.times[1])
    key = _said(folder, "dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone)
    _said(
        folder,
        "dnssec-signzone",
        "-S",
        "-z",
        "-P",
        *plan.denial,
        *times,
        "-o",
        zone,
        "-f",
        plain.name,
        plain.name,
    )
    return _said(folder, "dnssec-dsfromkey", "-2", key)


def _said(folder: Path, name: str, *arguments: str) -> str:
    """What one of BIND's programs prints."""
    done = subprocess.run(
        [program(name), *arguments], cwd=folder, check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout.strip()


def _configuration(folder: Path, port: int) -> str:
    zones = "".join(
        f'auth-zone:\n name: "{plan.name or "."}"\n zonefile: "{folder}/zone.{plan.name or "root"}"\n'
        " for-downstream: no\n for-upstream: yes\n fallback-enabled: no\n"
        for plan in PLANS
    )
    return (
        f'server:\n interface: 127.0.0.1\n port: {port}\n username: ""\n chroot: ""\n directory: "{folder}"\n'
        f' pidfile: ""\n use-syslog: no\n val-override-date: "{NOW}"\n module-config: "validator iterator"\n'
        f' trust-anchor-file: "{folder}/anchor.ds"\n do-ip6: no\n num-threads: 1\n aggressive-nsec: no\n'
        f" val-log-level: 2\n ede: yes\nremote-control:\n control-enable: no\n{zones}"
    )


def _await(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Until it answers; ten seconds at most."""

    query = dns.message.make_query(".", "SOA")
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        try:
            dns.query.udp(query, "127.0.0.1", port=port, timeout=0.2)
        except (OSError, dns.exception.DNSException):
            continue
        return
    raise RuntimeError((folder / "unbound.log").read_text(encoding="utf-8", errors="replace")[-2000:])
