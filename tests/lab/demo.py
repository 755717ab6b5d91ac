"""`make demo`: the officer's whole path on an invented province, on this machine only."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from scanner.inventory.writer import write_toml
from scanner.model.agency import (
    Agency,
    Authorisation,
    Contact,
    Depth,
    Inventory,
    Lifecycle,
    Province,
    Role,
    Site,
)
from tests.lab.agencies import AGENCIES
from tests.lab.demo_site import DemoSite
from tests.lab.names import NAME_SERVERS
from tests.lab.sites import SITES

ROOT = Path(__file__).parents[2]
MARK = ".rasoat-demo"
HEADING = "\033[1m{}\033[0m" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else "{}"


def inventory(today: date) -> Inventory:
    """The province as an officer would have written it down."""
    agencies = tuple(
        Agency(
            id=a.id,
            name=a.name,
            name_en=a.name_en,
            merged_into=a.merged_into,
            contacts=tuple(Contact(Role(role), email, name=name) for role, name, email in a.contacts),
        )
        for a in AGENCIES
    )
    sites = tuple(
        Site(
            id=s.id,
            agency_id=s.agency,
            url=f"https://{s.host}/",
            name=s.name,
            level=s.level,
            lifecycle=Lifecycle(s.lifecycle),
            vendor=s.vendor,
            hosting=s.hosting,
        )
        for s in SITES
    )
    officer = Contact(Role.OFFICER, "annm@mau.example", name="Nguyễn Văn A", phone="0900 000 001")
    mandate = Authorisation(
        document="123/QĐ-UBND",
        issuer="Ủy ban nhân dân tỉnh Mẫu",
        signed_on=today - timedelta(days=60),
        valid_from=today - timedelta(days=59),
        valid_until=today + timedelta(days=300),
        depth=Depth.STANDARD,
    )
    province = Province(
        name="Tỉnh Mẫu",
        unit="Đơn vị chuyên trách an ninh mạng tỉnh Mẫu",
        officer=officer,
        incident_phone="0900 000 000",
    )
    return Inventory(province=province, agencies=agencies, sites=sites, authorisations=(mandate,))


def configuration(folder: Path, ports: dict[str, int], smtp_port: int) -> str:
    """rasoat.toml of the demo: names pinned to loopback, roots of the demo's own authority, a mail sink."""
    hosts = "\n".join(f'"{s.host}" = ["{s.address}"]' for s in SITES)
    return f"""# Written by `make demo`. Everything here stays on this machine.
inventory = "agencies.toml"

[network]
allow_addresses = ["127.77.0.0/16"]
roots = "lab/roots.pem"
ipv6 = false
contact = "annm@mau.example"
resolver = ["{NAME_SERVERS[0]}:{ports["dns"]}"]

[network.ports]
"53" = {ports["dns"]}
"80" = {ports["http"]}
"443" = {ports["https"]}

[network.hosts]
{hosts}

[scan]
depth = "standard"
per_address_rate = 20
site_budget_s = 25

[mail]
sender = "annm@mau.example"
host = "127.0.0.1"
port = {smtp_port}
security = "none"
"""


@contextmanager
def running(name: str, *arguments: str, package: str = "tests.lab") -> Iterator[str]:
    """A server of the lab as a process of ours; gives its first line, ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"{package}.{name}", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline().strip()
        if not first:
            raise SystemExit(f"the {name} of the demo did not start (exit code {process.wait()})")
        yield first
    finally:
        _end(process)


def _end(process: "subprocess.Popen[str]") -> None:
    """Close standard input, the lab's signal to end; then ask, and at last insist."""
    for insist in (None, process.terminate, process.kill):
        if insist is not None:
            insist()
        try:
            process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            continue
        return


def rasoat(folder: Path, *arguments: str, expect: Sequence[int] = (0,)) -> str:
    """Run one command as the officer would, show it, and give what it printed."""
    print(HEADING.format(f"\n$ rasoat {' '.join(arguments)}"), flush=True)
    said = subprocess.run(
        [sys.executable, "-m", "scanner", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    lines = said.stdout.splitlines()
    print("\n".join(lines[:30]))
    if len(lines) > 30:
        print(f"... ({len(lines) - 30} more lines)")
    if said.returncode not in expect:
        raise SystemExit(
            f"rasoat {arguments[0]} ended with {said.returncode}, expected one of {tuple(expect)}"
        )
    return said.stdout


def surprises(result: dict[str, object]) -> list[str]:
    """Where the scan did not say what the demo's servers really are."""
    found = {s["id"]: s for a in result["agencies"] for s in a["sites"]}  # type: ignore[attr-defined]  # JSON
    wrong = []
    for site in SITES:
        if site.id not in found:
            wrong.append(f"{site.id}: missing from the result")
            continue
        verdicts = {f["check"]: f["verdict"] for f in found[site.id]["findings"]}
        wrong += [
            f"{site.id}: {check} is {verdicts.get(check)}, must {wanted}"
            for wanted, checks in (("fail", site.fails), ("pass", site.passes))
            for check in checks
            if verdicts.get(check) != wanted
        ]
        wrong += _state_surprise(site, str(found[site.id]["state"]))
    return wrong


def _state_surprise(site: DemoSite, state: str) -> list[str]:
    return [] if state in site.states else [f"{site.id}: state is {state}, expected one of {site.states}"]


def fresh(folder: Path) -> Path:
    """An empty folder; refuses to empty one that is not a demo's."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise SystemExit(f"{folder} is not a folder of the demo; move it away first")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    return folder


def main(folder: Path) -> None:
    """Play the whole path and check that it said what it should."""
    fresh(folder)
    inbox = folder / "mail-sink"
    with (
        running("province", str(folder / "lab")),
        running("smtp_sink", str(inbox)) as sink,
    ):
        ports = json.loads((folder / "lab" / "lab.json").read_text(encoding="utf-8"))
        (folder / "rasoat.toml").write_text(
            configuration(folder, ports, int(sink.split()[-1])), encoding="utf-8"
        )
        (folder / "agencies.toml").write_text(write_toml(inventory(date.today())), encoding="utf-8")  # noqa: DTZ011 - the officer's day
        rasoat(folder, "inventory", "lint")
        rasoat(folder, "plan")
        rasoat(folder, "scan", expect=(1, 3))
        rasoat(folder, "report", "--language", "both")
        rasoat(folder, "mail", "--send")
        scanned = rasoat(folder, "explain", "cms.joomla-unsupported")
    assert scanned
    reports = max((folder / "rasoat-reports").iterdir())  # one folder per scan, named by its time
    result = json.loads((reports / "result.json").read_text(encoding="utf-8"))
    wrong = surprises(result)
    mails = sorted(inbox.glob("*.eml"))
    if not mails:
        wrong.append("no mail reached the sink")
    _tell(folder, reports, mails)
    if wrong:
        print("\nThe demo did not do what it should:\n  " + "\n  ".join(wrong))
        raise SystemExit(1)


def _tell(folder: Path, reports: Path, mails: Sequence[Path]) -> None:
    pages = sorted(reports.glob("*.html"))
    print(HEADING.format("\nMở tệp này trước / Open this first:"))
    first = next((p for p in pages if "khoa-hoc-cong-nghe" in p.name and ".vi." in p.name), pages[0])
    print(f"  {first}")
    print(HEADING.format("\nSau đó / Then:"))
    for page in pages:
        if "tong-hop" in page.name or "province" in page.name:
            print(f"  {page}")
    print(f"  {reports}/  ({len(pages)} HTML files, result.json, findings.csv, results.sarif, junit.xml)")
    print(f"  {mails[0].parent if mails else folder}/  ({len(mails)} mails as the agencies got them)")
    print(f"  {folder}/agencies.toml, {folder}/rasoat.toml")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "demo")
