"""The sentences of a check with the values of one finding in their slots.

The templates are ours; the values may come from the wire. So a slot is replaced once, by plain text: nothing
in a value is read as a slot, a format or markup, and no attribute of anything can be reached.
"""

import re
from collections.abc import Callable
from datetime import date

from reports.clean import clean
from scanner.model.check import Check
from scanner.model.finding import Finding, Values
from scanner.model.text import Language, Text

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
VALUE_LIMIT = 300
Finish = Callable[[str], str]


def sentence(check: Check, finding: Finding, language: Language) -> str:
    """What is to be said about this finding: the sentence its judgement picked, else the title."""
    return fill(check.notes.get(finding.note, check.title).into(language), finding.values)


def fill(template: str, values: Values, finish: Finish = clean) -> str:
    """The template with its slots filled; a slot without a value stays visible as `{slot}`.

    `finish` is what each value goes through: cleaning unless a medium brings its own.
    """
    known = dict(values)

    def put(match: re.Match[str]) -> str:
        slot = match.group(1)
        return finish(shown(slot, known[slot])[:VALUE_LIMIT]) if slot in known else match.group(0)

    return _SLOT.sub(put, template)


def shown(slot: str, value: str) -> str:
    """The value as a reader sees it: the ISO date of a slot named `..._on` becomes dd/mm/yyyy."""
    if not slot.endswith("_on"):
        return value
    try:
        return vietnamese_date(date.fromisoformat(value))
    except ValueError:
        return value


def vietnamese_date(day: date) -> str:
    """The day as dd/mm/yyyy, the order both languages of our reports use."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def slots(text: Text) -> frozenset[str]:
    """The slots a sentence has, in either language."""
    return frozenset(_SLOT.findall(text.vi)) | frozenset(_SLOT.findall(text.en))


def unfilled(check: Check, finding: Finding) -> tuple[str, ...]:
    """Slots of the chosen sentence this finding brings no value for, sorted; tests demand none."""
    wanted = slots(check.notes.get(finding.note, check.title))
    return tuple(sorted(wanted - {slot for slot, _ in finding.values}))
