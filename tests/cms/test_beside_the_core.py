"""Extensions, script banners and the door of the administration: asked for within the budget, read, told honestly."""

from dataclasses import replace
from pathlib import Path

import pytest

from scanner.identify.platform import Platform, cms_facts, platform_of
from scanner.model.agency import Depth
from scanner.model.evidence import Evidence, Why
from scanner.model.reference import Reference
from tests.cms.history import MANIFEST, PAGE, Installation, make_repository, reference_of
from tests.cms.test_synthetic import purposes, visit
from tests.collect.places import HOST

READY = "<version>3.1</version>"
EXTENSIONS = """
<link rel="stylesheet" href="{base}/components/com_k2/css/k2.css" />
<script src="{base}/modules/mod_slideshowck/assets/camera.js?v=9"></script>
<script src="{base}/plugins/system/jcemediabox/js/jcemediabox.js"></script>
<link rel="stylesheet" href="{base}/templates/ja_university/css/template.css" />
<script src="{base}/components/com_content/a.js"></script>
<script src="https://cdn.example/components/com_foreign/a.js"></script></head>"""
MANIFESTS = {
    "administrator/components/com_k2/k2.xml": '<extension version="3.1"><name>K2</name><version>2.10.3</version>',
    "modules/mod_slideshowck/mod_slideshowck.xml": '<extension version="3.0"><version>1.4.52</version>',
    "plugins/system/jcemediabox/jcemediabox.xml": "<extension><version>2.1.2</version></extension>",
    "templates/ja_university/templateDetails.xml": "<extension><version>1.0.4</version></extension>",
}
LOGIN = '<form action="/administrator/index.php" method="post" id="form-login">'
JQUERY = (
    "/*! jQuery v1.11.1 | (c) 2005, 2014 jQuery Foundation, Inc. | jquery.org/license */\n" + "x" * 90_000
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    clone: Path = make_repository(tmp_path_factory.mktemp("history"))
    return reference_of(clone)


def site(**more: str) -> Installation:
    files = {**MANIFESTS, "administrator/": LOGIN, "media/jui/js/jquery.min.js": JQUERY, **more}
    return Installation("3.1.1", page=PAGE.replace("</head>", EXTENSIONS), overlaid=files)


def look(seen: Evidence, tables: Reference) -> Platform:
    platform = platform_of(seen, tables)
    assert isinstance(platform, Platform)
    return platform


def test_extensions_linked_from_the_page_are_read_from_their_manifests(tables: Reference) -> None:
    platform = look(visit(site(), tables, Depth.THOROUGH), tables)

    assert [(e.kind, e.name, e.version, e.method) for e in platform.extensions] == [
        ("component", "k2", "2.10.3", "manifest"),
        ("module", "slideshowck", "1.4.52", "manifest"),
        ("plugin", "jcemediabox", "2.1.2", "manifest"),
        ("template", "ja_university", "1.0.4", "manifest"),
    ]


def test_at_standard_depth_two_manifests_and_the_scripts_fit_the_budget(tables: Reference) -> None:
    seen = visit(site(), tables)

    assert purposes(seen) == ["cms-file", "cms-canary", "cms-login", *["cms-extension"] * 2, "cms-script"]
    assert [e.version for e in look(seen, tables).extensions] == ["2.10.3", "1.4.52", "", ""]


def test_at_passive_depth_extensions_are_named_without_a_request(tables: Reference) -> None:
    passive = site()
    platform = look(visit(passive, tables, Depth.PASSIVE), tables)

    assert passive.asked == ["GET /"]
    assert [(e.name, e.version) for e in platform.extensions][:2] == [("k2", ""), ("slideshowck", "")]
    assert [(u.name, u.version, u.method) for u in platform.libraries] == [("jQuery", "", "name")]


def test_a_manifest_that_every_name_gives_is_believed_no_word(tables: Reference) -> None:
    class Anything(Installation):
        def _answer(self, asked: str) -> bytes:
            if asked.endswith(".xml"):
                asked = "/modules/mod_slideshowck/mod_slideshowck.xml"
            return super()._answer(asked)

    same = Anything("3.1.1", page=PAGE.replace("</head>", EXTENSIONS), overlaid=dict(MANIFESTS))
    platform = look(visit(same, tables, Depth.THOROUGH), tables)

    assert {e.version for e in platform.extensions} == {""}


def test_a_page_in_the_place_of_a_manifest_says_nothing(tables: Reference) -> None:
    soft = site(**{"administrator/components/com_k2/k2.xml": f"<!DOCTYPE html><html>{READY}</html>"})
    (k2, *_others) = look(visit(soft, tables, Depth.THOROUGH), tables).extensions

    assert (k2.name, k2.version, k2.method) == ("k2", "", "")


def test_the_first_lines_of_a_script_tell_its_release_and_no_more_is_read(tables: Reference) -> None:
    platform = look(visit(site(), tables), tables)

    (jquery,) = platform.libraries
    assert (jquery.version, jquery.method) == ("1.11.1", "banner")
    assert "jQuery v1.11.1" in jquery.saw


def test_an_extension_in_a_sub_folder_has_its_manifest_there(tables: Reference) -> None:
    below = replace(site(), base="/cu")
    platform = look(visit(below, tables, Depth.THOROUGH, path="/cu/"), tables)

    assert platform.extensions[0].manifest.endswith("/cu/administrator/components/com_k2/k2.xml")
    assert platform.extensions[0].version == "2.10.3"


def test_an_open_administration_is_seen_and_a_closed_one_too(tables: Reference) -> None:
    opened = look(visit(site(), tables), tables).door
    walled = Installation("3.1.1", blocked=("administrator/", "media/", "language/", "htaccess.txt"))
    behind_wall = look(visit(walled, tables), tables).door
    gone = look(visit(site(**{"administrator/": "<p>Không có</p>"}), tables), tables).door

    assert opened is not None
    assert (opened.is_open, opened.status) == (True, 200)
    assert behind_wall is not None
    assert (behind_wall.is_open, behind_wall.missing.why) == (
        None,
        Why.BLOCKED,
    )  # three refusals: nothing more was asked
    assert gone is not None
    assert gone.is_open is False


def test_a_refused_administration_on_a_site_that_answers_is_closed(tables: Reference) -> None:
    refused = site()
    refused.status = {"administrator/": "403 Forbidden"}
    door = look(visit(refused, tables), tables).door

    assert door is not None
    assert (door.is_open, door.status) == (False, 403)


def test_the_budget_holds_with_everything_to_ask(tables: Reference) -> None:
    scripts = "".join(f'<script src="/s{n}/jquery.min.js"></script>' for n in range(30))
    parts = "".join(f'<script src="/modules/mod_m{n}/a.js"></script>' for n in range(30))
    full = Installation(
        "3.1.1", page=PAGE.replace("</head>", f"{scripts}{parts}</head>"), blocked=(MANIFEST,)
    )
    for depth, most in ((Depth.STANDARD, 6), (Depth.THOROUGH, 16)):
        full.asked.clear()
        visit(full, tables, depth)
        assert len(full.asked) - 1 <= most
        assert {line.split()[0] for line in full.asked} == {"GET"}


def test_a_page_without_a_product_still_has_its_scripts_read(tables: Reference) -> None:
    plain = Installation("3.1.1", page='<html><script src="/js/jquery.min.js"></script><p>Tin</p></html>')
    plain.overlaid = {"js/jquery.min.js": JQUERY}
    seen = visit(plain, tables)

    assert purposes(seen) == ["cms-script"]
    assert [u.version for u in look(seen, tables).libraries] == ["1.11.1"]


def test_facts_list_extensions_with_their_source(tables: Reference) -> None:
    facts = cms_facts(visit(site(), tables, Depth.THOROUGH), tables)

    assert facts["extensions"][0] | {"saw": ""} == {
        "product": "joomla",
        "kind": "component",
        "name": "k2",
        "version": "2.10.3",
        "method": "manifest",
        "source": f"http://{HOST}:80/administrator/components/com_k2/k2.xml",
        "saw": "",
    }
