"""A secret and a citizen's name a site leaves lying about are in nothing the scan leaves behind."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import command
from tests.lab.pages import LISTED, SECRET

pytestmark = pytest.mark.xdist_group("province")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder as bytes, packed ones unpacked."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in files
    }


def test_no_planted_secret_is_in_evidence_database_reports_or_output(
    scanned: Path, result: dict[str, Any]
) -> None:
    said = command(scanned, "report", "--language", "both")
    assert said.returncode == 0, said.stderr

    left = everything(scanned)
    told = {"standard output": said.stdout.encode(), "standard error": said.stderr.encode()}

    found = {
        f["check"]
        for a in result["agencies"]
        for s in a["sites"]
        for f in s["findings"]
        if f["verdict"] == "fail"
    }
    assert "exposure.env-file-open" in found  # it was there to be seen
    assert any(name.endswith(".gz") for name in left)
    assert any(name.endswith(".db") for name in left)
    assert any(name.endswith(".html") for name in left)
    for word in (SECRET, LISTED):
        assert [name for name, data in {**left, **told}.items() if word.encode() in data] == []
    assert re.search(r"DB_PASSWORD=<19 [0-9a-f]{12}>", json.dumps(result, ensure_ascii=False))


def test_a_suspicion_is_the_red_box_of_the_report(scanned: Path) -> None:
    assert command(scanned, "report").returncode == 0

    pages = [p.read_text(encoding="utf-8") for p in scanned.rglob("*.html") if "binh-mau" in p.name]

    assert pages
    assert any("Nghi ngờ bị xâm nhập: Trang xã Bình Mẫu" in text for text in pages)
