"""Every rule of identification on an invented history: built from git, served on loopback, visited, judged."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.collect import wall
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.identify.platform import Platform, platform_of
from scanner.identify.products import Certainty
from scanner.identify.support import Reading, reading_of
from scanner.model.agency import Depth
from scanner.model.evidence import (
    Body,
    CmsEvidence,
    End,
    Evidence,
    Missing,
    Response,
    Target,
    Why,
)
from scanner.model.reference import Reference
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from tests.cms.history import MANIFEST, TWINS, VERSIONS, Installation, make_repository, reference_of, tree
from tests.collect.places import HOST, LOOPBACK, QUICK
from tests.lab.web import Handler, Request, Server

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LIMITS = replace(QUICK, file_gap_s=0.0)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="module")
def tables(clone: Path) -> Reference:
    return reference_of(clone)


def visit(site: Installation, tables: Reference, depth: Depth = Depth.STANDARD, path: str = "/") -> Evidence:
    """A visit to one installation, its evidence carried over the wall."""

    async def run() -> Evidence:
        server = Server(site.handler())
        port = await server.start(LOOPBACK)
        try:
            network = NetworkSettings(
                hosts={HOST: (LOOPBACK,)}, allow_addresses=("127.0.0.0/8",), ports={"80": port}
            )
            net = Net(network, ScanSettings(per_address_rate=1_000), limits=LIMITS, tables=tables)
            order = Job("s", "so", Target(HOST, 80, path, "http"), depth=depth, probes=("http", "cms"))
            return await collect(order, net, now=lambda: AT)
        finally:
            await server.stop()

    return wall.decode(wall.encode(asyncio.run(run()), key=b"k"))


def read(seen: Evidence, tables: Reference) -> tuple[Reading | None, Certainty | None]:
    platform = platform_of(seen, tables)
    assert isinstance(platform, Platform)
    joomla = platform.product("joomla")
    if joomla is None:
        return None, None
    return reading_of(joomla, tables.products["joomla"]), joomla.certainty


def reading(seen: Evidence, tables: Reference) -> Reading:
    found, _certainty = read(seen, tables)
    assert found is not None
    return found


def purposes(seen: Evidence) -> list[str]:
    assert isinstance(seen.cms, CmsEvidence)
    return [fetch.purpose for fetch in seen.cms.fetches]


def requests(seen: Evidence) -> int:
    return len(purposes(seen))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_version_file_gives_the_release_in_two_requests(version: str, tables: Reference) -> None:
    seen = visit(Installation(version), tables)

    found = reading(seen, tables)
    assert (found.text, found.method, found.candidates) == (version, "literal", (version,))
    # the file, and a name nobody can have; then the door, and a script whose release its address does not tell
    assert purposes(seen) == ["cms-file", "cms-canary", "cms-login", "cms-script"]


@pytest.mark.parametrize("version", VERSIONS)
def test_with_the_version_file_blocked_hashes_hold_the_true_release(version: str, tables: Reference) -> None:
    seen = visit(Installation(version, blocked=(MANIFEST,)), tables)

    found = reading(seen, tables)
    assert version in found.candidates
    assert found.exact is None or str(found.exact) == version
    assert requests(seen) <= 6


def test_releases_that_ship_the_same_files_are_all_named(tables: Reference) -> None:
    found = reading(visit(Installation(TWINS[0], blocked=(MANIFEST,)), tables), tables)

    assert found.candidates == TWINS
    assert found.exact is None


def test_a_release_in_the_middle_of_its_line_is_exact_by_files(tables: Reference) -> None:
    found = reading(visit(Installation("3.1.1", blocked=(MANIFEST,)), tables), tables)

    assert (found.text, found.method, str(found.exact)) == ("3.1.1", "files", "3.1.1")


@pytest.mark.parametrize("version", ["3.1.3", "3.3.1"])
def test_the_newest_release_of_a_line_is_that_one_or_later(version: str, tables: Reference) -> None:
    found = reading(visit(Installation(version, blocked=(MANIFEST,)), tables), tables)

    assert (found.text, found.exact, found.or_later) == (f"{version}+", None, True)


@pytest.mark.parametrize("newest", ["3.1.3", "3.3.1"])
def test_a_release_newer_than_the_data_is_never_named_exactly_wrong(newest: str, clone: Path) -> None:
    old = reference_of(clone, newest, unknown=(newest,))
    found, _sure = read(visit(Installation(newest, blocked=(MANIFEST,)), old), old)

    assert found is None or found.exact is None


def test_a_release_known_by_date_only_stays_possible(clone: Path) -> None:
    gappy = reference_of(clone, "3.1.2")
    found = reading(visit(Installation("3.1.1", blocked=(MANIFEST,)), gappy), gappy)

    assert found.candidates == ("3.1.1", "3.1.2")
    assert found.exact is None


def test_a_lying_generator_is_shown_and_the_file_wins(tables: Reference) -> None:
    lying = Installation("3.1.1", generator="Joomla! 9.9 - Open")
    seen = visit(lying, tables)

    found = reading(seen, tables)
    assert (found.text, found.method) == ("3.1.1", "literal")
    platform = platform_of(seen, tables)
    assert isinstance(platform, Platform)
    assert [(c.text, c.method) for c in platform.products[0].claims if c.text == "9.9"] == [
        ("9.9", "generator")
    ]


def test_a_site_that_answers_everything_with_a_page_gives_nothing_away(tables: Reference) -> None:
    seen = visit(Installation("3.1.1", blocked=(), soft_404=True, overlaid={}), tables)
    assert reading(seen, tables).text == "3.1.1"  # the true file still counts

    faked = Installation("3.1.1", soft_404=True)
    faked.overlaid = dict.fromkeys(tree("3.1.1"), "<!DOCTYPE html><html><body>404</body></html>")
    found, _certainty = read(visit(faked, tables), tables)
    assert found is None or (found.exact is None and not found.candidates)


def test_a_manifest_for_every_name_is_believed_no_word(tables: Reference) -> None:
    class Anything(Installation):
        def _answer(self, asked: str) -> bytes:
            if asked.endswith(".xml"):
                asked = f"/{MANIFEST}"
            return super()._answer(asked)

    found, _certainty = read(visit(Anything("3.1.1", blocked=("media/", "language/")), tables), tables)

    assert found is None or found.method != "literal"


def test_a_sub_folder_is_told_by_the_assets(tables: Reference) -> None:
    site = Installation("3.1.1", base="/cu/site")
    found = reading(visit(site, tables, path="/cu/site/"), tables)

    assert found.text == "3.1.1"
    assert all(asked.split()[1].startswith("/cu/site/") for asked in site.asked)


def test_copies_with_bom_and_windows_line_ends_are_known(tables: Reference) -> None:
    found = reading(visit(Installation("3.1.1", blocked=(MANIFEST,), crlf=True), tables), tables)

    assert found.text == "3.1.1"


def test_an_edited_file_makes_the_answer_open(tables: Reference) -> None:
    edited = Installation(
        "3.1.1", blocked=(MANIFEST,), edited=("media/system/js/core.js", "media/system/js/validate.js")
    )
    found = reading(visit(edited, tables), tables)

    assert "3.1.1" in found.candidates
    assert found.exact is None


def test_files_of_two_releases_are_a_half_done_update(tables: Reference) -> None:
    mixed = Installation(
        "3.1.1", overlaid={"media/system/js/core.js": tree("3.3.0")["media/system/js/core.js"]}
    )
    mixed.blocked = (MANIFEST,)
    seen = visit(mixed, tables, Depth.THOROUGH)

    platform = platform_of(seen, tables)
    assert isinstance(platform, Platform)
    joomla = platform.product("joomla")
    assert joomla is not None
    found = reading_of(joomla, tables.products["joomla"])
    assert found is None or found.exact is None or str(found.exact) in ("3.1.1", "3.3.0")


def test_a_new_manifest_over_old_files_is_a_conflict_at_thorough_depth(tables: Reference) -> None:
    half = Installation("3.1.1", overlaid={MANIFEST: tree("3.3.0")[MANIFEST]})
    found = reading(visit(half, tables, Depth.THOROUGH), tables)

    assert (found.text, found.conflict) == ("3.3.0", ("3.1.1", "3.3.0"))


def test_assets_of_a_third_party_and_news_about_the_product_are_no_reason_to_ask(tables: Reference) -> None:
    page = """<!DOCTYPE html><html><title>Tin</title><body><p>Cổng cũ chạy Joomla 3.4</p>
    <script src="https://cdn.example/media/jui/js/jquery.min.js"></script></body></html>"""
    site = Installation("3.1.1", page=page.replace("{", "{{").replace("}", "}}"))
    seen = visit(site, tables)

    assert read(seen, tables) == (None, None)
    assert site.asked == ["GET /"]


def test_nothing_is_asked_without_the_depth_for_it(tables: Reference) -> None:
    site = Installation("3.1.1")
    seen = visit(site, tables, Depth.PASSIVE)

    assert seen.cms == Missing(Why.NOT_ASKED, "depth passive")
    assert site.asked == ["GET /"]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_site_that_asks_for_peace_gets_it(status: str, tables: Reference) -> None:
    site = Installation("3.1.1", status={MANIFEST: status})

    assert requests(visit(site, tables, Depth.THOROUGH)) == 1
    assert site.asked == ["GET /", f"GET /{MANIFEST}"]


def test_a_site_that_falls_silent_is_left_alone(tables: Reference) -> None:
    class Silent(Installation):
        def handler(self) -> Handler:
            usual = super().handler()

            async def serve(request: Request) -> bytes | None:
                answer = await usual(request)
                return None if MANIFEST in request.path else answer

            return serve

    seen = visit(Silent("3.1.1"), tables)

    assert isinstance(seen.cms, CmsEvidence)
    (fetch,) = seen.cms.fetches
    assert isinstance(fetch.last.response, Missing)
    assert fetch.end is End.FAILED


def test_a_body_that_is_cut_gives_no_hash(tables: Reference) -> None:
    big = Installation("3.1.1", overlaid={MANIFEST: "x" * (2 * 1024 * 1024)})
    seen = visit(big, tables)

    assert isinstance(seen.cms, CmsEvidence)
    response = seen.cms.fetches[0].last.response
    assert isinstance(response, Response)
    assert isinstance(response.body, Body)
    assert (response.body.mark, response.body.truncated, len(response.body.content)) == ("", True, 4096)


def test_without_a_page_no_file_is_asked_for(tables: Reference) -> None:
    site = Installation("3.1.1")
    site.page = ""
    seen = visit(site, tables)

    assert isinstance(seen.cms, Missing)
    assert site.asked == ["GET /"]


def test_three_refusals_in_a_row_end_the_questions(tables: Reference) -> None:
    site = Installation("3.1.1", blocked=("administrator/", "media/system/", "language/", "htaccess.txt"))

    assert requests(visit(site, tables, Depth.THOROUGH)) == 3
    assert len(site.asked) == 4  # the page, and no fourth file


def test_budgets_hold_and_only_get_is_sent(tables: Reference) -> None:
    nothing = Installation("9.9.9", soft_404=True)
    nothing.overlaid = {path: f"unknown {path}" for path in tree("3.1.1")}
    for depth, most in ((Depth.STANDARD, 6), (Depth.THOROUGH, 16)):
        nothing.asked.clear()
        assert requests(visit(nothing, tables, depth)) <= most
        assert len(nothing.asked) <= most + 1  # as the site itself counts, the page included
        assert {line.split()[0] for line in nothing.asked} == {"GET"}


def test_better_tables_read_old_evidence_again(clone: Path, tables: Reference) -> None:
    old = reference_of(clone, "3.1.1", "3.1.2", unknown=("3.1.1", "3.1.2"))
    seen = visit(Installation("3.1.1", blocked=(MANIFEST,)), old)

    before, _sure = read(seen, old)
    after = reading(seen, tables)
    assert before is None or before.exact is None
    assert "3.1.1" in after.candidates
