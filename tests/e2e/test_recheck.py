"""An agency answers "it is repaired": one more look, a slip, and history that knows the difference."""

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from scanner.store import Store
from tests.e2e.conftest import command, office
from tests.lab.smtp_sink import Keeper, Sink

pytestmark = pytest.mark.xdist_group("province")
SITE = "trang-chinh-gddt"


@pytest.fixture(scope="module")
def folder(lab: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An officer's folder after a scan of one agency."""
    at = office(tmp_path_factory.mktemp("recheck"), lab)
    said = command(at, "scan", SITE, "--quiet")
    assert said.returncode == 1, said.stderr
    return at


def test_a_recheck_tells_what_still_fails_and_writes_the_slip(folder: Path) -> None:
    said = command(folder, "recheck", SITE)

    assert said.returncode == 1, said.stderr
    *points, slip = said.stdout.splitlines()
    assert {line.split("\t")[2] for line in points} == {"fail"}
    page = html.document_fromstring(Path(folder, slip).read_text(encoding="utf-8"))
    text = " ".join(page.text_content().split())
    assert "Phiếu kiểm tra lại: Sở Giáo dục và Đào tạo tỉnh Mẫu" in text
    assert len(page.xpath("//tbody/tr")) == len(points)
    assert page.xpath("count(//script | //img | //link)") == 0


def test_a_check_that_passes_is_a_clean_recheck(folder: Path) -> None:
    said = command(folder, "recheck", SITE, "http.https-missing", "--language", "en")

    point, slip = said.stdout.splitlines()
    assert (said.returncode, point.split("\t")[1:3]) == (0, ["http.https-missing", "pass"])
    assert "All" not in Path(folder, slip).read_text(encoding="utf-8")
    assert slip.endswith(".en.html")


def test_it_is_no_scan_a_report_is_about(folder: Path) -> None:
    with Store.open(f"sqlite:///{folder}/rasoat-data/rasoat.db") as store:
        assert store.scan().is_whole
        assert store.history().runs[-1].scan.id == store.scan().id


def test_new_grave_findings_are_looked_at_once_more_before_they_are_posted(
    lab: dict[str, Any], tmp_path: Path
) -> None:
    keeper = Keeper()
    with Sink(keeper) as relay:
        at = office(tmp_path, lab, relay.port)
        assert command(at, "scan", SITE, "--quiet").returncode == 1
        looked = command(at, "mail", "--send")
        again = command(at, "mail", "--send")

    assert (looked.returncode, again.returncode) == (0, 0), looked.stderr
    assert "xem lại 1 trang" in looked.stderr
    assert "xem lại" not in again.stderr
    with Store.open(f"sqlite:///{at}/rasoat-data/rasoat.db") as store:
        assert [run.purpose for run in store.scans()] == ["", "verify"]
        (look,) = store.second_looks(store.scan().id)
        assert look.visit.site_id == SITE
    assert len(keeper.envelopes) == len(looked.stdout.splitlines())


def test_a_name_nobody_has_is_a_usage_error(folder: Path) -> None:
    assert command(folder, "recheck", "no-such-site").returncode == 2
    assert command(folder, "recheck", SITE, "http.no-such-check").returncode == 2


def test_two_scans_of_the_same_site_do_not_differ(folder: Path) -> None:
    command(folder, "scan", SITE, "--quiet")

    said = command(folder, "diff")

    assert (said.returncode, said.stdout) == (0, "")


def test_history_shows_agencies_and_the_findings_of_a_site(folder: Path) -> None:
    by_agency = command(folder, "history").stdout.splitlines()
    by_site = command(folder, "history", SITE).stdout.splitlines()

    assert len(by_agency[-1].split("\t")) == 11
    assert by_site
    assert {line.split("\t")[2] for line in by_site} == {"-"}
    assert command(folder, "history", "nobody").returncode == 2


def test_two_frameworks_read_the_same_scan(folder: Path) -> None:
    by_check = command(folder, "frameworks", "compare", "vietnam", "owasp")
    by_demand = command(folder, "frameworks", "compare", "vietnam", "payments", "--demands")

    assert by_check.returncode == by_demand.returncode == 0, by_check.stderr
    rows = [line.split("\t") for line in by_check.stdout.splitlines()]
    assert {len(row) for row in rows} == {5}
    assert {line.split("\t")[0] for line in by_demand.stdout.splitlines()} == {"vietnam", "payments"}
    assert command(folder, "frameworks", "compare", "vietnam", "nobody").returncode == 2
