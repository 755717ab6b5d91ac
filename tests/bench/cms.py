"""The part of `make bench` on content management systems: rasoat beside WhatWeb and droopescan on the same sites.

    python -m tests.bench.cms

One site is WordPress as Debian packages it, running; the others are invented pages with the files that matter. Each
tool is told the address and nothing else. WhatWeb comes from the system, droopescan into a temporary folder for the
run; a tool that cannot be had is left out and said so. Requests are those the sites counted, the page included.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import cost_of
from tests.cms.history import MANIFEST, Installation, tree
from tests.lab.demo import ROOT
from tests.lab.web import Server
from tests.lab.wordpress import wordpress

ADDRESS = "127.0.0.1"
SEED = (ROOT / "tests" / "fixtures" / "joomla34.html").read_text(encoding="utf-8")
NUKEVIET = """<!DOCTYPE html><html><head><title>Phòng Mẫu</title><meta name="generator" content="NukeViet v4.5">
<script>var nv_base_siteurl="/";</script></head><body><p>Tin tức</p></body></html>"""
DRUPAL = """<!DOCTYPE html><html><head><title>Sở Mẫu</title><meta name="Generator" content="Drupal 7 (http://drupal.org)">
<script src="/misc/drupal.js?v=7.101"></script><script src="/sites/all/modules/views/js/base.js"></script></head>
<body><p>Tin tức</p></body></html>"""
NEWS = """<!DOCTYPE html><html><head><title>Tin</title></head><body><article>Lỗ hổng trong Joomla 3.4 và
WordPress 6.8.3: tệp /media/jui/js/jquery.min.js, wp-content</article></body></html>"""


@dataclass(frozen=True)
class Case:
    """One site: what it truly is, where it listens, how many requests it has counted so far."""

    name: str
    product: str  # "" when it runs none of them
    versions: tuple[str, ...]  # the release, then what else is as much as can be known
    port: int
    count: Callable[[], int]


@dataclass(frozen=True)
class Said:
    """What a tool said of a site, and what it cost."""

    product: str
    version: str
    requests: int
    cpu_ms: float


def pages() -> Iterator[tuple[str, str, tuple[str, ...], Installation]]:
    """The invented sites: name, product, right answers, how it is served."""
    seed = SEED.replace("{", "{{").replace("}", "}}")
    yield "Joomla 3.4.8", "Joomla", ("3.4.8",), Installation("3.4.8", page=seed)
    hidden = Installation("3.4.8", page=seed, blocked=(MANIFEST,))
    yield "Joomla, manifest blocked", "Joomla", ("3.4",), hidden
    changes = {"CHANGELOG.txt": "NukeViet 4.5.05\n - Sua loi\n"}
    yield "NukeViet 4.5.05", "NukeViet", ("4.5.05", "≥ 4.5.05", "4.5"), _site(NUKEVIET, changes)
    drupal = {"CHANGELOG.txt": "\nDrupal 7.101, 2024-06-05\n-----------\n"}
    yield "Drupal 7.101", "Drupal", ("7.101",), _site(DRUPAL, drupal)
    yield "news about Joomla", "", ("",), _site(NEWS, {})


def _site(page: str, files: dict[str, str]) -> Installation:
    bare = Installation("0", page=page.replace("{", "{{").replace("}", "}}"), overlaid=files)
    bare.status = dict.fromkeys(set(tree("0")) - set(files), "404 Not Found")
    return bare


@contextmanager
def sites(folder: Path) -> Iterator[list[Case]]:
    """All sites, running: those of ours in a thread with a loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    servers: list[Server] = []
    cases: list[Case] = []
    for name, product, versions, installation in pages():
        server = Server(installation.handler())
        port = asyncio.run_coroutine_threadsafe(server.start(ADDRESS), loop).result()
        servers.append(server)
        cases.append(Case(name, product, versions, port, lambda s=server: len(s.log.requests)))  # type: ignore[misc]
    try:
        with wordpress(folder) as running:
            log = folder / "php.log"
            counted = Case(
                "WordPress (Debian)", "WordPress", (running.version,), running.port, lambda: _asked(log)
            )
            yield [counted, *cases]
    finally:
        for server in servers:
            asyncio.run_coroutine_threadsafe(server.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _asked(log: Path) -> int:
    """Requests PHP's web server has written down."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return sum(1 for line in lines if "]: GET " in line or "]: HEAD " in line or "]: POST " in line)


Read = Callable[[str, Path], tuple[str, str]]


def ask(case: Case, command: Sequence[str], output: Path, read: Read) -> Said:
    """Run a tool on one site; its output goes into a file."""
    output.unlink(missing_ok=True)
    before = case.count()
    quoted = " ".join(f"'{part}'" for part in command)
    cost = cost_of(["sh", "-c", f"timeout 120 {quoted} >'{output}.out' 2>/dev/null || true"], ROOT)
    text = Path(f"{output}.out").read_text(encoding="utf-8", errors="replace")
    product, version = read(text, output)
    return Said(product, version, case.count() - before, cost.cpu_s * 1_000)


def ours(text: str, _output: Path) -> tuple[str, str]:
    """The answer of our probe."""
    found = json.loads(text)
    return found["name"], found["version"]


def whatweb(_text: str, output: Path) -> tuple[str, str]:
    """The answer of WhatWeb: the first of the systems it names."""
    try:
        (page, *_more) = json.loads(output.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "", ""
    for name in ("WordPress", "Joomla", "Drupal", "NukeViet"):
        if name in page["plugins"]:
            return name, ", ".join(page["plugins"][name].get("version", []))
    return "", ""


def droopescan(text: str, _output: Path) -> tuple[str, str]:
    """The answer of droopescan: the system it took the site for, and every release it holds possible."""
    try:
        found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except ValueError:
        return "", ""
    releases = found.get("version", {}).get("finds", [])
    shown = ", ".join(releases[:3]) + (f" ... ({len(releases)})" if len(releases) > 3 else "")
    return str(found.get("cms_name", "")).capitalize(), shown


def tools(folder: Path) -> Iterator[tuple[str, Callable[[str, int], list[str]], Read]]:
    """Every tool that can be had: its name, its command for an address, how its answer is read."""
    python = sys.executable
    for depth in ("passive", "standard"):
        yield (
            f"rasoat {depth}",
            lambda _url, port, d=depth: [python, "-m", "tests.bench.cms_probe", d, str(port)],  # type: ignore[misc]
            ours,
        )
    program = shutil.which("whatweb")
    out = str(folder / "answer")
    if program:
        for level in ("1", "3"):
            yield (
                f"WhatWeb -a {level}",
                lambda url, _port, a=level: [program, "-a", a, "--quiet", f"--log-json={out}", url],  # type: ignore[misc]
                whatweb,
            )
    else:
        print("WhatWeb is left out: `apt-get install whatweb` brings it")
    peer = _droopescan(folder / "droopescan")
    if peer:
        yield (
            "droopescan -e v",
            lambda url, _p: [str(peer), "scan", "-u", url, "-e", "v", "-o", "json"],
            droopescan,
        )
    else:
        print("droopescan is left out: pip could not install it")


def _droopescan(folder: Path) -> Path | None:
    venv.create(folder, with_pip=True)
    done = subprocess.run(
        [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "droopescan", "setuptools<81"],
        capture_output=True,
        check=False,
    )
    return folder / "bin" / "droopescan" if done.returncode == 0 else None


def verdict(case: Case, said: Said) -> tuple[str, str]:
    """Whether product and release are right: yes, no, only the right line, or nothing said ("-")."""
    is_right = said.product.casefold() == case.product.casefold()
    right = "yes" if is_right else "no" if said.product else "-"
    if not case.product or not said.version:
        return right, "-"
    if said.version in case.versions:
        return right, "yes"
    return right, "line" if case.versions[0].startswith(f"{said.version}.") else "no"


def main() -> None:
    """Measure and print."""
    print("\ncontent management systems: the same sites on loopback\n")
    head = f"{'site':<26}{'tool':<18}{'product':>9}{'version':>9}  {'said':<34}{'requests':>9}{'CPU ms':>8}"
    with tempfile.TemporaryDirectory(prefix="rasoat-bench-cms-") as name:
        folder = Path(name)
        (folder / "site").mkdir()
        (folder / "peers").mkdir()
        known = list(tools(folder / "peers"))
        print(head)
        with sites(folder / "site") as cases:
            for case in cases:
                for tool, command, read in known:
                    url = f"http://{ADDRESS}:{case.port}/"
                    said = ask(case, command(url, case.port), folder / "peers" / "answer", read)
                    product, version = verdict(case, said)
                    text = f"{said.product} {said.version}".strip()[:33]
                    right = f"{case.name:<26}{tool:<18}{product:>9}{version:>9}"
                    print(f"{right}  {text:<34}{said.requests:>9}{said.cpu_ms:>8.0f}")


if __name__ == "__main__":
    main()
