"""Which checks exist: packs found by entry point, held to the rules of the house.

A pack is a package whose sub-packages are topics and whose modules hold one check each. Our own pack is `checks`;
packs of other distributions run only when the configuration names them (`check_packs`), because a pack is code.
"""

import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from scanner.errors import RegistryError
from scanner.howto import reproduce_faults
from scanner.model.check import Check
from scanner.model.text import Text
from scanner.views import VIEWS

GROUP = "rasoat.checks"
OWN_DISTRIBUTION = "rasoat"
ID = re.compile(r"^[a-z][a-z0-9]*\.[a-z0-9]+(-[a-z0-9]+)*$")
NOT_TOPICS = frozenset({"data", "frameworks", "howto"})


@lru_cache(maxsize=4)
def load_checks(packs: tuple[str, ...] = ()) -> tuple[Check, ...]:
    """All checks of our own pack and of the named distributions, sorted by id.

    Raises RegistryError with every fault of every pack at once.
    """
    found: list[Check] = []
    faults: list[str] = []
    for point in _chosen(packs, faults):
        for check, fault in _pack(point):
            if fault:
                faults.append(fault)
            if check is not None:
                found.append(check)
    faults += _doubles(found)
    if faults:
        raise RegistryError("; ".join(faults))
    return tuple(sorted(found, key=lambda c: c.id))


def select(checks: Sequence[Check], patterns: Iterable[str]) -> tuple[Check, ...]:
    """The checks whose id or topic is named; all when nothing is. Raises RegistryError for a name nobody has."""
    wanted = tuple(patterns)
    if not wanted:
        return tuple(checks)
    for name in wanted:
        if not any(_named(c, name) for c in checks):
            raise RegistryError(f"no check or topic is called {name!r}; see `rasoat checks`")
    return tuple(c for c in checks if any(_named(c, name) for name in wanted))


def _named(check: Check, name: str) -> bool:
    return name in (check.id, check.topic) or name in check.formerly


def _chosen(packs: tuple[str, ...], faults: list[str]) -> list[EntryPoint]:
    """Entry points of the allowed distributions, one each, own pack first."""
    allowed = (OWN_DISTRIBUTION, *packs)
    by_distribution: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        owner = point.dist.name if point.dist else ""
        if owner in allowed:
            by_distribution.setdefault(owner, point)
    faults += [f"check pack {name!r} is not installed" for name in allowed if name not in by_distribution]
    return [by_distribution[name] for name in allowed if name in by_distribution]


def _pack(point: EntryPoint) -> Iterable[tuple[Check | None, str]]:
    """Every check of one pack, or what is wrong with it."""
    package = import_module(point.value)
    for topic in pkgutil.iter_modules(package.__path__):
        if not topic.ispkg or topic.name in NOT_TOPICS:
            continue
        folder = import_module(f"{point.value}.{topic.name}")
        for module in pkgutil.iter_modules(folder.__path__):
            yield _check_of(import_module(f"{folder.__name__}.{module.name}"), topic.name, module.name)


def _check_of(module: ModuleType, topic: str, name: str) -> tuple[Check | None, str]:
    """The one check of a module, held to the rules."""
    own = [value for value in vars(module).values() if isinstance(value, Check)]
    if len(own) != 1:
        return None, f"{module.__name__}: holds {len(own)} checks; one file is one check"
    faults = faults_of(own[0], expected_id=f"{topic}.{name.replace('_', '-')}")
    return own[0], "; ".join(f"{module.__name__}: {fault}" for fault in faults)


def faults_of(check: Check, *, expected_id: str) -> tuple[str, ...]:
    """What breaks the rules of the house in one check, in words; empty when nothing does."""
    faults = []
    if check.id != expected_id:
        faults.append(f"its id is {check.id!r}, its file says {expected_id!r}")
    if not ID.match(check.id):
        faults.append(f"id {check.id!r} is not topic.bad-pattern")
    if check.on not in VIEWS:
        faults.append(f"{check.on.__name__} is no view a check can judge; see scanner/views.py")
    if not check.refs:
        faults.append("it names no reference")
    faults += reproduce_faults(check.reproduce)
    faults += [
        f"its {name} lacks a language or is not in NFC" for name, text in _texts(check) if not _whole(text)
    ]
    promised = {str(example.expect) for example in check.examples}
    faults += [
        f"it has no example that must {verdict}" for verdict in ("pass", "fail") if verdict not in promised
    ]
    return tuple(faults)


def _texts(check: Check) -> list[tuple[str, Text]]:
    notes = [(f"note {key}", text) for key, text in check.notes.items()]
    return [("title", check.title), ("why", check.why), ("fix", check.fix), *notes]


def _whole(text: Text) -> bool:
    return all(words.strip() and unicodedata.is_normalized("NFC", words) for words in (text.vi, text.en))


def _doubles(checks: Sequence[Check]) -> list[str]:
    seen: set[str] = set()
    faults = []
    for check in checks:
        for name in (check.id, *check.formerly):
            if name in seen:
                faults.append(f"the id {name!r} is used twice")
            seen.add(name)
    return faults
