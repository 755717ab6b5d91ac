"""Tables about authorities and transparency logs: text -> types. Raises RegistryError for a broken table of ours."""

import base64
import hashlib
import json
import tomllib
from collections.abc import Mapping
from datetime import date

from scanner.errors import RegistryError
from scanner.model.reference import CtLog, TableDate

AUTHORITIES_FORMAT = "authorities/1"
LOGS_FORMAT = "ct-logs/1"


def read_authorities(text: str, name: str) -> tuple[Mapping[str, tuple[str, ...]], TableDate]:
    """Identifiers in CAA records by the organisation that stands in the issuer's name, and the day of the table."""
    try:
        table = tomllib.loads(text)
        _expect(table["format"], AUTHORITIES_FORMAT, name)
        found = {
            organisation: tuple(identifier.lower() for identifier in row["identifiers"])
            for row in table["authority"]
            for organisation in row["organisations"]
        }
        day: date = table["as_of"]
        return found, TableDate(name, day, "CCADB")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RegistryError(f"{name}: {type(error).__name__}: {error}") from error


def read_logs(text: str, name: str) -> tuple[Mapping[str, CtLog], TableDate]:
    """Transparency logs by the hash of their key in hex, and the day of the list."""
    try:
        table = json.loads(text)
        _expect(table["format"], LOGS_FORMAT, name)
        logs = (
            CtLog(base64.b64decode(row["key"], validate=True), row["name"], row["operator"], row["state"])
            for row in table["logs"]
        )
        found = {hashlib.sha256(log.key).hexdigest(): log for log in logs}
        return found, TableDate(name, date.fromisoformat(table["as_of"]), table["source"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RegistryError(f"{name}: {type(error).__name__}: {error}") from error


def _expect(found: object, wanted: str, name: str) -> None:
    if found != wanted:
        raise RegistryError(f"{name}: format is {found!r}, expected {wanted!r}")
