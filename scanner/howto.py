"""Remedies shared by many checks: `checks/howto/<key>.toml` -> frozen, all faults told at once."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from scanner.errors import RegistryError
from scanner.model.text import Text

PLATFORMS = frozenset(
    {"nginx", "apache", "iis", "cpanel", "haproxy", "joomla", "wordpress", "drupal", "nukeviet", "any"}
)
SIZES = frozenset({"S", "M", "L"})
WORDS = ("title", "effort", "verify", "may_break", "undo")
KEYS = frozenset({*WORDS, "effort_size", "reproduce", "platform"})
# all that `reproduce` may be filled with; {where} is the first address a finding names, else {url}
SLOTS = ("{url}", "{host}", "{domain}", "{where}")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `code` is what to type or to put into a file, verbatim."""

    text: Text
    code: str = ""


@dataclass(frozen=True, slots=True)
class PlatformSteps:
    """The steps for one kind of server or content management system, in order."""

    id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Howto:
    """One remedy: what it costs, how to do it where, how to prove it, what may break, how to go back."""

    key: str
    title: Text
    effort: Text  # "nửa ngày"
    effort_size: str  # S, M or L
    verify: Text
    may_break: Text
    undo: Text
    platforms: tuple[PlatformSteps, ...]
    reproduce: str = ""  # a command with {url}, {host} or {domain}, that shows the fault from outside

    def for_platform(self, *wanted: str) -> PlatformSteps:
        """The steps of the first wanted platform that has some, else those for any, else the first."""
        by_id = {platform.id: platform for platform in self.platforms}
        found = next((by_id[name] for name in (*wanted, "any") if name in by_id), None)
        return found or self.platforms[0]


def load_howto(folder: Traversable | None = None) -> Mapping[str, Howto]:
    """All remedies by key. Raises RegistryError with every fault of every file."""
    place = folder or files("checks").joinpath("howto")
    names = sorted((f for f in place.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    faults: list[str] = []
    found: dict[str, Howto] = {}
    for file in names:
        howto, problems = read_howto(file.name.removesuffix(".toml"), file.read_text(encoding="utf-8"))
        faults += [f"checks/howto/{file.name}: {problem}" for problem in problems]
        if howto is not None:
            found[howto.key] = howto
    if faults:
        raise RegistryError("; ".join(faults))
    return found


def read_howto(key: str, text: str) -> tuple[Howto | None, tuple[str, ...]]:
    """One remedy, or None and everything that is wrong with its text."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (str(error),)
    faults = tuple(_faults(table))
    if faults:
        return None, faults
    words = {name: _text(table[name]) for name in WORDS}
    platforms = tuple(
        PlatformSteps(p["id"], tuple(Step(_text(s), s.get("code", "")) for s in p["steps"]))
        for p in table["platform"]
    )
    return (
        Howto(
            key,
            effort_size=table["effort_size"],
            reproduce=table.get("reproduce", ""),
            platforms=platforms,
            **words,
        ),
        (),
    )


def _text(table: Mapping[str, str]) -> Text:
    return Text(vi=table["vi"].strip(), en=table["en"].strip())


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"unknown key {key!r}" for key in sorted(set(table) - KEYS))
    for name in WORDS:
        yield from _text_faults(name, table.get(name))
    if table.get("effort_size") not in SIZES:
        yield "'effort_size' must be S, M or L"
    yield from reproduce_faults(table.get("reproduce", ""))
    platforms = table.get("platform")
    if not isinstance(platforms, list) or not platforms:
        yield "it has no [[platform]]"
        return
    seen: set[str] = set()
    for platform in platforms:
        yield from _platform_faults(platform, seen)


def reproduce_faults(command: Any) -> Iterator[str]:
    """What keeps a template from being filled; slots are quoted for a shell one by one, so none may stand in quotes."""
    if not isinstance(command, str):
        yield "'reproduce' must be a string"
        return
    rest = command
    for slot in SLOTS:
        rest = rest.replace(slot, "")
    if any(slot[:-1] in rest for slot in SLOTS):
        yield f"'reproduce' may use only {' and '.join(SLOTS)}"
    if any(slot in quoted for quoted in QUOTED.findall(command) for slot in SLOTS):
        yield "'reproduce' holds a slot inside quotes"


def _platform_faults(platform: Mapping[str, Any], seen: set[str]) -> Iterator[str]:
    name = str(platform.get("id", ""))
    if name not in PLATFORMS:
        yield f"platform {name!r} is none of {', '.join(sorted(PLATFORMS))}"
    if name in seen:
        yield f"platform {name!r} stands twice"
    seen.add(name)
    yield from (f"platform {name}: unknown key {key!r}" for key in sorted(set(platform) - {"id", "steps"}))
    steps = platform.get("steps")
    if not isinstance(steps, list) or not steps:
        yield f"platform {name}: it has no steps"
        return
    for number, step in enumerate(steps, 1):
        where = f"platform {name}, step {number}"
        yield from _text_faults(where, step, {"code"})
        if isinstance(step, dict) and not isinstance(step.get("code", ""), str):
            yield f"{where}: 'code' must be a string"


def _text_faults(name: str, value: Any, further: frozenset[str] | set[str] = frozenset()) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{name}: must be a table with vi and en"
        return
    yield from (f"{name}: unknown key {key!r}" for key in sorted(set(value) - {"vi", "en"} - further))
    for language in ("vi", "en"):
        words = value.get(language)
        if not isinstance(words, str) or not words.strip():
            yield f"{name}: {language} is missing"
        elif not unicodedata.is_normalized("NFC", words):
            yield f"{name}: {language} is not in NFC"
