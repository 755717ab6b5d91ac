"""An invented product history in a real git repository, served as a site would be."""

import subprocess
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from scanner.data.fingerprint import Order, build
from scanner.data.histories import History
from scanner.model.reference import Cycle, ProductTable, Reference
from scanner.reference import load_reference
from scanner.reference_cms import read_fingerprints
from tests.lab.web import Handler, Request, answer

MANIFEST = "administrator/manifests/files/joomla.xml"
TODAY = date(2026, 11, 22)
VERSIONS = ("3.1.0", "3.1.1", "3.1.2", "3.1.3", "3.2.0", "3.2.1", "3.2.2", "3.3.0", "3.3.1")
TWINS = ("3.2.1", "3.2.2")  # differ in no static file but the manifest
PAGE = """<!DOCTYPE html><html lang="vi"><head><title>Sở Mẫu</title>
<meta name="generator" content="Joomla! - Open Source Content Management" />
<script src="{base}/media/jui/js/jquery.min.js"></script>
<script src="{base}/media/system/js/caption.js"></script></head><body><p>Tin tức</p></body></html>"""
SOFT = "<!DOCTYPE html><html><title>Không tìm thấy</title><body>404</body></html>"


def tree(version: str) -> dict[str, str]:
    """The static files of an invented release: some change in every release, some in every line."""
    line = version.rpartition(".")[0]
    step = TWINS[0] if version in TWINS else version
    return {
        MANIFEST: f'<?xml version="1.0"?>\n<extension><version>{version}</version></extension>\n',
        "media/system/js/core.js": f"// core {step.replace('.', '-')}\nfunction core() {{}}\n",
        "media/system/js/caption.js": f"// caption of {line}\n",
        "media/system/js/validate.js": f"// validate {step[::-1]}\nvar a;\n",
        "administrator/templates/isis/css/template.css": f"body {{ margin: 0 }} /* {line} */\n",
        "language/en-GB/en-GB.ini": f'A="{line}"\n',
        "htaccess.txt": "Options -Indexes\n",
        "index.php": "<?php echo 1;\n",
    }


def make_repository(folder: Path) -> Path:
    """A repository with one commit and one tag for each release, and a test tag that is none."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    stream = []
    for place, version in enumerate((*VERSIONS, "3.3.112")):
        day = 1_400_000_000 + place * 2_000_000
        stream.append(f"commit refs/heads/main\ncommitter A <a@so.example> {day} +0000\ndata 1\nx\n")
        for path, text in tree(version).items():
            stream.append(f"M 644 inline {path}\ndata {len(text.encode())}\n{text}\n")
        stream.append(f"reset refs/tags/{version}\nfrom refs/heads/main\n\n")
    subprocess.run(
        ["git", "-C", str(folder), "fast-import", "--quiet"], input="".join(stream).encode(), check=True
    )
    return folder


def order_of(clone: Path, *leave_out: str) -> Order:
    """The order to build the tables of the invented product."""
    history = History("joomla", "joomla", page=PAGE.format(base=""))
    return Order(history, (clone,), version_files=(MANIFEST,), leave_out=frozenset(leave_out))


def reference_of(clone: Path, *leave_out: str, unknown: tuple[str, ...] = ()) -> Reference:
    """The tables built from a history. `leave_out`: not in the hashes; `unknown`: in no calendar either."""
    text = build(order_of(clone, *leave_out))
    tables, _dates = read_fingerprints({"joomla.json": text.encode()})
    start = date(2014, 1, 1)
    known = [v for v in VERSIONS if v not in unknown]
    releases = {version: start + timedelta(days=n * 30) for n, version in enumerate(known)}
    cycle = Cycle("3", start, support_ends_on=date(2023, 8, 17), latest="3.3.1", latest_on=date(2015, 1, 1))
    joomla = ProductTable("joomla", (cycle,), releases, "invented")
    shipped = load_reference()
    return replace(shipped, fingerprints=tables, products={**shipped.products, "joomla": joomla})


@dataclass
class Installation:
    """How one release is served. `blocked` paths get 403; `asked` collects what was requested."""

    version: str
    base: str = ""
    blocked: tuple[str, ...] = ()
    soft_404: bool = False
    generator: str = ""
    crlf: bool = False
    edited: tuple[str, ...] = ()
    status: dict[str, str] = field(default_factory=dict)
    page: str = PAGE
    overlaid: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def handler(self) -> Handler:
        """The site as a handler of the lab's server."""

        async def serve(request: Request) -> bytes:
            self.asked.append(f"{request.method} {request.path}")
            return self._answer(request.path)

        return serve

    def _answer(self, asked: str) -> bytes:
        if asked in ("/", f"{self.base}/"):
            html = self.page.format(base=self.base)
            return answer(
                "200 OK", body=html.replace("Joomla! - Open", f"{self.generator or 'Joomla! - Open'}")
            )
        path = asked.removeprefix(f"{self.base}/")
        files = tree(self.version) | self.overlaid
        if path in self.status:
            return answer(self.status[path])
        if path in self.blocked or any(b.endswith("/") and path.startswith(b) for b in self.blocked):
            return answer("403 Forbidden", body="no")
        if path not in files or not asked.startswith(f"{self.base}/"):
            return answer("200 OK", body=SOFT) if self.soft_404 else answer("404 Not Found", body=SOFT)
        text = files[path] + ("\n/* changed */" if path in self.edited else "")
        body = (
            b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n " if self.crlf else text.encode()
        )
        return answer("200 OK", body=body, content_type="text/plain")
