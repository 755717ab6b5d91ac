"""Dated tables from `checks/data`, read once and handed to every judgement. The caller keeps the result.

A further table (fingerprints, vulnerabilities) is one more field of `Reference` and one more reader here.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import certifi
from cryptography import x509

from scanner.errors import ConfigError, Problem, RegistryError
from scanner.identify.signals import SignalsError, read_signals
from scanner.model.reference import (
    Anchors,
    Cycle,
    ProductTable,
    Reference,
    SignalTable,
    SuffixTable,
)
from scanner.model.text import Text
from scanner.parse.suffix import read_suffixes

EOL_FORMAT = "eol/1"
PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.{0,200000}?)-----END CERTIFICATE-----", re.DOTALL)


def load_reference(*, roots: Path | None = None, extra_ca: Sequence[Path] = ()) -> Reference:
    """All tables of this installation, with the anchors the configuration asks for.

    Raises ConfigError for a certificate file that cannot be read, RegistryError for a broken table of ours.
    """
    folder = files("checks").joinpath("data")
    data_date, products = read_cycles(_text(folder, "eol.json"))
    return Reference(
        data_date=data_date,
        products=products,
        anchors=load_anchors(roots=roots, extra_ca=extra_ca),
        signals=_signals(_text(folder, "signals.toml")),
        suffixes=load_suffixes(),
    )


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


def _signals(text: str) -> SignalTable:
    try:
        return read_signals(text)
    except SignalsError as error:
        raise RegistryError(f"signals.toml: {error}") from error


def _text(folder: Traversable, name: str) -> str:
    return folder.joinpath(name).read_text(encoding="utf-8")


def _label(path: Path, der: bytes) -> str:
    try:
        return f"{path.name}: {x509.load_der_x509_certificate(der).subject.rfc4514_string()}"
    except ValueError as error:
        raise _unusable(path, "chứng thư không đọc được", "a certificate cannot be read") from error
