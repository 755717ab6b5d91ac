"""Bundles: whole or refused, newer or refused, in use at once or not at all."""

import gzip
import io
import json
import tarfile
from datetime import date
from pathlib import Path

import pytest

from scanner.data.bundle import BundleError, install, pack, unpack
from scanner.data.soundness import faults_of
from scanner.reference import CURRENT, Tables, load_reference, tables_in

DAY = date(2026, 12, 1)
SHIPPED = Tables()


def files(**changed: bytes) -> dict[str, bytes]:
    return {"vulnerabilities.json": SHIPPED.read("vulnerabilities.json")} | {
        name.replace("__", "."): content for name, content in changed.items()
    }


def bundle(day: date = DAY, **changed: bytes) -> bytes:
    return pack(files(**changed), day=day, sources={"vulnerabilities.json": "CVE list"})


def with_holes(*extra: object) -> bytes:
    table = json.loads(SHIPPED.read("vulnerabilities.json"))
    table["built"] = "2026-12-01"
    table["vulnerabilities"] += extra
    return json.dumps(table).encode()


def test_the_tables_that_ship_are_sound() -> None:
    assert faults_of(SHIPPED) == ()


def test_the_same_files_give_the_same_bytes_and_come_back() -> None:
    assert bundle() == bundle()
    read = unpack(bundle())
    assert (read.day, dict(read.files)) == (DAY, files())
    assert read.sources == {"vulnerabilities.json": "CVE list"}


def test_a_new_hole_is_judged_after_the_update(tmp_path: Path) -> None:
    hole = {
        "id": "CVE-2026-99999",
        "product": "joomla",
        "published": "2026-12-01",
        "ranges": [{"introduced": "3.0.0", "last": "3.10.12"}],
        "source": "cve-record",
    }
    install(unpack(bundle(vulnerabilities__json=with_holes(hole))), tmp_path, today=DAY)

    ref = load_reference(updates=tmp_path)
    assert any(v.id == "CVE-2026-99999" for v in ref.vulnerabilities["joomla"])
    assert ref.vulnerabilities_on == DAY
    assert not any(v.id == "CVE-2026-99999" for v in load_reference().vulnerabilities["joomla"])


def test_what_the_bundle_lacks_comes_from_the_installation(tmp_path: Path) -> None:
    install(unpack(bundle()), tmp_path, today=DAY)

    assert set(load_reference(updates=tmp_path).fingerprints) == set(load_reference().fingerprints)


def test_an_older_bundle_is_refused_unless_asked_for(tmp_path: Path) -> None:
    install(unpack(bundle()), tmp_path, today=DAY)
    before = (tmp_path / CURRENT).read_text()
    older = unpack(bundle(date(2026, 11, 25)))

    with pytest.raises(BundleError, match="older than the tables in use"):
        install(older, tmp_path, today=DAY)
    assert (tmp_path / CURRENT).read_text() == before
    install(older, tmp_path, today=DAY, allow_older=True)
    assert (tmp_path / CURRENT).read_text() != before


def test_a_bundle_of_tomorrow_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="after today"):
        install(unpack(bundle()), tmp_path, today=date(2026, 11, 30))


def test_a_changed_byte_is_noticed() -> None:
    plain = bytearray(gzip.decompress(bundle()))
    place = plain.index(b"CVE-2015-8562")
    plain[place + 4] ^= 1

    with pytest.raises(BundleError, match="its sum is not the one of the manifest"):
        unpack(gzip.compress(bytes(plain), mtime=0))


def test_a_missing_file_is_noticed() -> None:
    with tarfile.open(fileobj=io.BytesIO(bundle())) as archive:
        manifest = archive.extractfile("manifest.json")
        assert manifest is not None
        content = manifest.read()
    with pytest.raises(BundleError, match="not there"):
        unpack(packed({"manifest.json": content}))


@pytest.mark.parametrize(
    "name", ["../eol.json", "/etc/passwd", "code.py", "fingerprints/../x.json", "fingerprints/a/b.json"]
)
def test_nothing_else_is_in_a_bundle(name: str) -> None:
    with pytest.raises(BundleError, match="does not belong"):
        unpack(packed({name: b"x"}))


def test_a_link_is_no_file() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("eol.json")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(BundleError, match="does not belong"):
        unpack(out.getvalue())


@pytest.mark.parametrize(
    "content", [b"", b"abc", gzip.compress(b"abc", mtime=0), gzip.compress(b"\0" * 1024, mtime=0)]
)
def test_bytes_that_are_no_bundle_are_refused(content: bytes) -> None:
    with pytest.raises(BundleError):
        unpack(content)


@pytest.mark.parametrize(
    "manifest", [b"[]", b"{}", b"nonsense", b'{"format":"x","day":"2026-12-01","files":{}}']
)
def test_a_manifest_that_is_none_is_refused(manifest: bytes) -> None:
    with pytest.raises(BundleError):
        unpack(packed({"manifest.json": manifest}))


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ([{"introduced": "3.0.0", "last": "3.99.1"}], "no known release"),
        ([{"introduced": "3.5.0", "last": "3.4.0"}], "comes after"),
        ([{"introduced": "abc", "last": "3.4.0"}], "is no version"),
        ([{"introduced": "3.0.0"}], "has no end"),
    ],
)
def test_ranges_that_make_no_sense_are_refused(
    tmp_path: Path, ranges: list[dict[str, str]], words: str
) -> None:
    hole = {"id": "CVE-1", "product": "joomla", "published": None, "ranges": ranges, "source": "x"}

    with pytest.raises(BundleError, match=words):
        install(unpack(bundle(vulnerabilities__json=with_holes(hole))), tmp_path, today=DAY)
    assert tables_in(tmp_path).bundle is None


def changed_cycles(change: str, value: object) -> bytes:
    table = json.loads(SHIPPED.read("eol.json"))
    for cycle in table["products"]["joomla"]["cycles"]:
        if cycle["cycle"] == "5":
            cycle[change] = value
    return json.dumps(table).encode()


def test_a_test_tag_is_no_newest_release(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="test tag"):
        install(unpack(bundle(eol__json=changed_cycles("latest", "5.4.112"))), tmp_path, today=DAY)


def test_the_newest_release_is_not_older_than_a_known_one(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="older than a known release"):
        install(unpack(bundle(eol__json=changed_cycles("latest", "5.0.0"))), tmp_path, today=DAY)


def test_data_may_not_forget_a_release(tmp_path: Path) -> None:
    table = json.loads(SHIPPED.read("eol.json"))
    del table["products"]["joomla"]["releases"]["3.4.8"]

    with pytest.raises(BundleError, match=r"3\.4\.8 has vanished"):
        install(unpack(bundle(eol__json=json.dumps(table).encode())), tmp_path, today=DAY)


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"vulnerabilities\.json"):
        install(unpack(bundle(vulnerabilities__json=b"{}")), tmp_path, today=DAY)


@pytest.mark.parametrize("pointer", ["", "../x", ".hidden", "gone", "a/b"])
def test_a_pointer_to_nowhere_means_the_tables_that_ship(tmp_path: Path, pointer: str) -> None:
    (tmp_path / CURRENT).write_text(pointer)

    assert tables_in(tmp_path).bundle is None


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()
