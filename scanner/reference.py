"""Dated tables, read once and handed to every judgement. The caller keeps the result.

They ship in `checks/data`. A bundle that `rasoat data update` has put in place is read instead, file by file:
what the bundle lacks comes from the installation.
"""

import base64
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import certifi
from cryptography import x509

from scanner.errors import ConfigError, Problem, RegistryError
from scanner.identify.lexicon import LexiconError, read_lexicon
from scanner.identify.signals import SignalsError, read_signals
from scanner.model.lexicon import Lexicon
from scanner.model.reference import (
    Anchors,
    Cycle,
    ProductTable,
    Reference,
    SignalTable,
    SuffixTable,
    TableDate,
    Takeover,
)
from scanner.model.text import Text
from scanner.parse.suffix import read_suffixes
from scanner.reference_cms import (
    read_fingerprints,
    read_libraries,
    read_mergers,
    read_version_files,
    read_vulnerabilities,
)
from scanner.reference_extensions import read_extensions, read_logins, read_packaged
from scanner.reference_pki import read_authorities, read_logs

EOL_FORMAT = "eol/1"
CURRENT = "current"  # names the bundle in use, beside the folders of the bundles
DS_LINE = re.compile(r"^(\S+)[ \t]+(?:\d+[ \t]+)?IN[ \t]+DS[ \t]+([0-9 \t]+[0-9A-Fa-f \t]+)$", re.MULTILINE)
PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.{0,200000}?)-----END CERTIFICATE-----", re.DOTALL)


def load_reference(
    *,
    roots: Path | None = None,
    extra_ca: Sequence[Path] = (),
    updates: Path | None = None,
    dnssec_anchor: Path | None = None,
) -> Reference:
    """All tables of this installation, with the anchors the configuration asks for.

    `updates` is the folder `rasoat data update` writes to; None reads only what ships. Raises ConfigError for a
    certificate file that cannot be read, RegistryError for a broken table of ours.
    """
    ref = read_reference(tables_in(updates), load_anchors(roots=roots, extra_ca=extra_ca))
    return replace(ref, dnssec_anchors=load_dnssec_anchors(dnssec_anchor))


def load_dnssec_anchors(path: Path | None) -> tuple[tuple[str, str], ...]:
    """Pairs of (name, DS record) of a file, or those of the root that ship. Raises ConfigError when it holds none."""
    try:
        text = (
            path.read_text(encoding="utf-8")
            if path
            else _text(files("checks").joinpath("data"), "root_anchors.txt")
        )
    except (OSError, UnicodeDecodeError) as error:
        raise _no_anchor(path) from error
    found = tuple((m[1].lower().rstrip("."), m[2].strip()) for m in DS_LINE.finditer(text))
    if not found:
        raise _no_anchor(path)
    return found


def _no_anchor(path: Path | None) -> ConfigError:
    message = Text(vi="không có bản ghi DS nào đọc được", en="holds no readable DS record")
    hint = Text(
        vi="mỗi dòng một bản ghi: . IN DS 20326 8 2 E06D...",
        en="one record a line: . IN DS 20326 8 2 E06D...",
    )
    return ConfigError([Problem(str(path), None, message, hint)])


def read_reference(tables: "Tables", anchors: Anchors, *, is_strict: bool = False) -> Reference:
    """All tables of one set of files. Raises RegistryError naming the first broken one.

    Strict is for tables nobody has checked yet: it also tries every pattern and example.
    """
    data_date, products = read_cycles(tables.text("eol.json"))
    fingerprints, dates = read_fingerprints(tables.inside("fingerprints"))
    vulnerabilities, gathered_on, gathered = read_vulnerabilities(
        tables.read("vulnerabilities.json"), "vulnerabilities.json"
    )
    authorities, authorities_on = read_authorities(tables.text("authorities.toml"), "authorities.toml")
    ct_logs, ct_logs_on = read_logs(tables.text("ct_logs.json"), "ct_logs.json")
    return Reference(
        data_date=data_date,
        products=products,
        anchors=anchors,
        signals=_signals(tables.text("signals.toml"), is_strict=is_strict),
        suffixes=load_suffixes(),
        takeovers=read_takeovers(tables.text("takeover.toml")),
        lexicon=load_lexicon(),
        version_files=read_version_files(
            tables.text("version_files.toml"), "version_files.toml", is_strict=is_strict
        ),
        libraries=read_libraries(tables.text("libraries.toml"), "libraries.toml", is_strict=is_strict),
        extensions=read_extensions(tables.text("extensions.toml"), "extensions.toml", is_strict=is_strict),
        logins=read_logins(tables.text("logins.toml"), "logins.toml", is_strict=is_strict),
        packaged=read_packaged(tables.text("packaged.toml"), "packaged.toml"),
        mergers=read_mergers(tables.text("provinces.toml"), "provinces.toml"),
        fingerprints=fingerprints,
        vulnerabilities=vulnerabilities,
        vulnerabilities_on=gathered_on,
        dates=(
            TableDate("eol.json", data_date, "endoflife.date"),
            *gathered,
            *dates,
            authorities_on,
            ct_logs_on,
        ),
        authorities=authorities,
        ct_logs=ct_logs,
    )


class Tables:
    """The files of `checks/data`, each replaced by the one of the bundle in use when that has it."""

    def __init__(self, bundle: Path | None = None) -> None:
        self.bundle = bundle
        self._shipped = files("checks").joinpath("data")

    def read(self, name: str) -> bytes:
        """The content of a file. Raises RegistryError when there is none."""
        for folder in self._folders():
            if folder.joinpath(name).is_file():
                return folder.joinpath(name).read_bytes()
        raise RegistryError(f"{name}: there is no such table")

    def text(self, name: str) -> str:
        """The same as text."""
        try:
            return self.read(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise RegistryError(f"{name}: {error}") from error

    def inside(self, folder: str) -> dict[str, bytes]:
        """Every JSON file of a folder by its name with the folder; the bundle's hide those of the installation."""
        found: dict[str, bytes] = {}
        for base in reversed(self._folders()):
            place = base.joinpath(folder)
            if place.is_dir():
                found |= {
                    f"{folder}/{f.name}": f.read_bytes() for f in place.iterdir() if f.name.endswith(".json")
                }
        return found

    def bundled(self) -> dict[str, bytes]:
        """The files of the bundle in use by their names; empty when none is."""
        if self.bundle is None:
            return {}
        paths = [path for path in self.bundle.rglob("*") if path.is_file()]
        return {path.relative_to(self.bundle).as_posix(): path.read_bytes() for path in paths}

    def _folders(self) -> tuple[Traversable, ...]:
        return (self.bundle, self._shipped) if self.bundle else (self._shipped,)


def tables_in(updates: Path | None) -> Tables:
    """The tables in use: those that ship, under those of the bundle the folder of updates names."""
    try:
        name = (updates / CURRENT).read_text(encoding="ascii").strip() if updates else ""
    except (OSError, ValueError):
        return Tables()
    bundle = updates / name if updates and name and "/" not in name and not name.startswith(".") else None
    return Tables(bundle if bundle and bundle.is_dir() else None)


def load_suffixes() -> SuffixTable:
    """The public suffixes this installation ships. Raises RegistryError when the list holds none."""
    table = read_suffixes(_text(files("checks").joinpath("data"), "public_suffix_list.dat"))
    if not table.rules:
        raise RegistryError("public_suffix_list.dat: holds no rule")
    return table


def load_anchors(*, roots: Path | None, extra_ca: Sequence[Path]) -> Anchors:
    """Public roots (certifi's, or the file that replaces them) and the labelled private ones."""
    bundle = roots or Path(certifi.where())
    source = roots.name if roots else f"certifi {version('certifi')}"
    private = [(_label(path, der), der) for path in extra_ca for der in read_certificates(path)]
    return Anchors(read_certificates(bundle), source, tuple(private))


def read_certificates(path: Path) -> tuple[bytes, ...]:
    """The certificates of a PEM file in DER, in its order. Raises ConfigError when it holds none."""
    try:
        found = PEM.findall(path.read_bytes())
        certificates = tuple(base64.b64decode(b"".join(block.split()), validate=True) for block in found)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _unusable(path, f"không đọc được: {reason}", f"cannot be read: {reason}") from error
    except ValueError as error:
        raise _unusable(path, "khối PEM bị hỏng", "a PEM block is damaged") from error
    if not certificates or not all(map(_is_certificate, certificates)):
        raise _unusable(path, "không có chứng thư PEM nào đọc được", "holds no readable PEM certificate")
    return certificates


def _is_certificate(der: bytes) -> bool:
    """True for a DER SEQUENCE whose length fits. Old roots break newer rules, so no more is asked here."""
    return (
        len(der) > 4 and der[0] == 0x30 and der[1] == 0x82 and int.from_bytes(der[2:4], "big") + 4 == len(der)
    )


def _unusable(path: Path, vi: str, en: str) -> ConfigError:
    hint = Text(
        vi="tệp phải có khối -----BEGIN CERTIFICATE-----", en="it needs a -----BEGIN CERTIFICATE----- block"
    )
    return ConfigError([Problem(str(path), None, Text(vi=vi, en=en), hint)])


def read_cycles(text: str) -> tuple[date, Mapping[str, ProductTable]]:
    """The date and the products of an eol/1 table. Raises RegistryError when it is none."""
    try:
        table = json.loads(text)
        if table["format"] != EOL_FORMAT:
            raise RegistryError(f"eol.json: format is {table['format']!r}, expected {EOL_FORMAT!r}")
        products = {key: _product(key, product) for key, product in table["products"].items()}
        return date.fromisoformat(table["as_of"]), products
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RegistryError(f"eol.json: {type(error).__name__}: {error}") from error


def _product(key: str, table: Mapping[str, Any]) -> ProductTable:
    releases = {number: date.fromisoformat(day) for number, day in table.get("releases", {}).items()}
    return ProductTable(
        product=key,
        cycles=tuple(_cycle(cycle) for cycle in table["cycles"]),
        releases=releases,
        source=table.get("source") or "",
        policy_url=table.get("policy") or "",
    )


def _cycle(table: Mapping[str, Any]) -> Cycle:
    """One line. `eol` is a date, true, false, or a sentence; a sentence is no date and says nothing."""
    ends = table.get("eol")
    return Cycle(
        line=table["cycle"],
        released_on=_day(table.get("released")),
        support_ends_on=_day(ends),
        ended=ends if isinstance(ends, bool) else None,
        extended_ends_on=_day(table.get("extended_end")),
        latest=table.get("latest") or "",
        latest_on=_day(table.get("latest_date")),
    )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def read_takeovers(text: str) -> tuple[Takeover, ...]:
    """The services of a takeover/1 table. Raises RegistryError when it is none."""
    try:
        table = tomllib.loads(text)
        if table["format"] != "takeover/1":
            raise RegistryError(f"takeover.toml: format is {table['format']!r}, expected 'takeover/1'")
        return tuple(
            Takeover(row["suffix"], row["service"], row.get("fingerprint", "")) for row in table["service"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RegistryError(f"takeover.toml: {type(error).__name__}: {error}") from error


def load_lexicon() -> Lexicon:
    """The words intruders plant, as they ship."""
    try:
        return read_lexicon(files("checks").joinpath("data", "lexicon.toml").read_text(encoding="utf-8"))
    except LexiconError as error:
        raise RegistryError(f"lexicon.toml: {error}") from error


def _signals(text: str, *, is_strict: bool = True) -> SignalTable:
    try:
        return read_signals(text, is_strict=is_strict)
    except SignalsError as error:
        raise RegistryError(f"signals.toml: {error}") from error


def _text(folder: Traversable, name: str) -> str:
    return folder.joinpath(name).read_text(encoding="utf-8")


def _label(path: Path, der: bytes) -> str:
    try:
        return f"{path.name}: {x509.load_der_x509_certificate(der).subject.rfc4514_string()}"
    except ValueError as error:
        raise _unusable(path, "chứng thư không đọc được", "a certificate cannot be read") from error
