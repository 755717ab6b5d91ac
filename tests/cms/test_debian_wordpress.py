"""WordPress as Debian packages it, installed and running: scanned as any site, and told honestly."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checks.cms.admin_login_open import admin_login_open
from checks.cms.wordpress_outdated import wordpress_outdated
from checks.cms.wordpress_vulnerable import wordpress_vulnerable
from scanner.collect import wall
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.identify.platform import Platform, platform_of
from scanner.identify.products import Certainty
from scanner.identify.support import Reading, reading_of
from scanner.judge import apply, finding_of
from scanner.model.agency import Depth
from scanner.model.check import Check, Context
from scanner.model.evidence import CmsEvidence, Evidence, Target
from scanner.model.finding import Finding
from scanner.model.reference import Reference, Vulnerability, VulnerableRange
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.reference import load_reference
from tests.collect.places import HOST, LOOPBACK, QUICK
from tests.lab.wordpress import PLUGIN, PLUGIN_VERSION, Site, wordpress

pytestmark = pytest.mark.xdist_group("wordpress")
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LIMITS = replace(QUICK, file_gap_s=0.0, headers_s=10.0, probe_s=25.0)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory(prefix="rasoat-wordpress-") as name,
        wordpress(Path(name), HOST) as running,
    ):
        yield running


def visit(site: Site, reference: Reference, depth: Depth) -> Evidence:
    network = NetworkSettings(
        hosts={HOST: (LOOPBACK,)}, allow_addresses=("127.0.0.0/8",), ports={"80": site.port}
    )
    net = Net(network, ScanSettings(per_address_rate=1_000), limits=LIMITS, tables=reference)
    order = Job("s", "so", Target(HOST, 80, "/", "http"), depth=depth, probes=("http", "cms"))
    return wall.decode(wall.encode(asyncio.run(collect(order, net, now=lambda: AT)), key=b"k"))


@pytest.fixture(scope="module")
def standard(site: Site, reference: Reference) -> Evidence:
    return visit(site, reference, Depth.STANDARD)


def platform(seen: Evidence, reference: Reference) -> Platform:
    found = platform_of(seen, reference)
    assert isinstance(found, Platform)
    return found


def reading(seen: Evidence, reference: Reference) -> Reading:
    wordpress = platform(seen, reference).product("wordpress")
    assert wordpress is not None
    found = reading_of(wordpress, reference.products["wordpress"])
    assert found is not None
    return found


def judged(check: Check, seen: Evidence, reference: Reference) -> Finding:
    return finding_of("so", check, apply(check, platform(seen, reference), Context(AT, reference)))


def test_product_and_release_are_right_within_the_budget(
    site: Site, standard: Evidence, reference: Reference
) -> None:
    found = reading(standard, reference)
    assert (found.text, found.method, found.conflict) == (site.version, "literal", ())
    assert [(p.key, p.certainty) for p in platform(standard, reference).products] == [
        ("wordpress", Certainty.CERTAIN)
    ]
    assert isinstance(standard.cms, CmsEvidence)
    assert len(standard.cms.fetches) <= 6


def test_the_page_alone_tells_the_release_without_a_request(site: Site, reference: Reference) -> None:
    seen = visit(site, reference, Depth.PASSIVE)

    found = reading(seen, reference)
    assert (found.text, found.method) == (site.version, "generator")
    assert seen.ledger.requests == 1


def test_static_files_of_the_package_are_those_of_the_release(site: Site, reference: Reference) -> None:
    seen = visit(site, reference, Depth.THOROUGH)

    found = reading(seen, reference)
    by_files = next(c for c in platform(seen, reference).products[0].claims if c.method == "files")
    assert site.version in by_files.candidates
    assert found.conflict == ()
    assert isinstance(seen.cms, CmsEvidence)
    assert len(seen.cms.fetches) <= 16


def test_a_plugin_is_read_from_its_readme(standard: Evidence, reference: Reference) -> None:
    (plugin,) = (e for e in platform(standard, reference).extensions if e.kind == "plugin")

    assert (plugin.name, plugin.version, plugin.method) == (PLUGIN, PLUGIN_VERSION, "manifest")


def test_the_login_is_open(standard: Evidence, reference: Reference) -> None:
    finding = judged(admin_login_open, standard, reference)

    assert finding.verdict == "fail"
    assert "loginform" in finding.saw


def test_a_hole_of_the_release_is_only_possible_since_debian_repairs_behind_the_number(
    site: Site, standard: Evidence, reference: Reference
) -> None:
    invented = Vulnerability(
        "CVE-2026-99999", "wordpress", "2026-11-01", (VulnerableRange(last=site.version),), "cve-record"
    )
    with_hole = replace(reference, vulnerabilities={**reference.vulnerabilities, "wordpress": (invented,)})
    finding = judged(wordpress_vulnerable, standard, with_hole)

    assert (finding.verdict, finding.note, finding.confidence) == ("fail", "packaged", "low")
    assert ("distribution", "Debian") in finding.values
    assert all("affected" not in line for line in finding.where)


def test_a_missing_patch_is_told_with_the_same_reserve(standard: Evidence, reference: Reference) -> None:
    finding = judged(wordpress_outdated, standard, reference)

    assert finding.verdict in ("fail", "pass")
    assert finding.verdict == "pass" or (finding.note, finding.confidence) == ("behind-packaged", "low")


def test_the_package_is_the_one_the_table_was_read_from(site: Site, reference: Reference) -> None:
    """When Debian moves on, checks/data/packaged.toml has to follow: then this test says so."""
    row = next(p for p in reference.packaged if site.version.startswith(f"{p.line}."))

    assert (row.distribution, row.product) == ("debian", "wordpress")
    assert site.package.startswith(f"{site.version}+")
