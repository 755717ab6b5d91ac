"""All fixed sentences of the HTML reports, in Vietnamese and English, and the one door to them: `Say`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reports.dates import day, moment, number
from reports.words import (
    agency,
    clauses,
    codes,
    form,
    mail,
    parts,
    province,
    slip,
    vendor,
    workbook,
    yardsticks,
)
from scanner.model.text import Language, Text

WORDS: Mapping[str, Text] = {
    **codes.WORDS,
    **agency.WORDS,
    **parts.WORDS,
    **clauses.WORDS,
    **province.WORDS,
    **mail.WORDS,
    **form.WORDS,
    **slip.WORDS,
    **vendor.WORDS,
    **workbook.WORDS,
    **yardsticks.WORDS,
}

Slot = str | int | date | datetime


@dataclass(frozen=True, slots=True)
class Say:
    """Says the sentence of a key in one language, its slots filled."""

    language: Language

    def __call__(self, key: str, **slots: Slot) -> str:
        """The sentence; numbers, days and times take the form of the language.

        A template may hold two forms, "one|many"; slot `n` decides. An unknown key or slot raises KeyError.
        """
        template = WORDS[key].into(self.language)
        if "|" in template:
            one, many = template.split("|")
            template = one if slots.get("n") == 1 else many
        return template.format_map({name: self._shown(value) for name, value in slots.items()})

    def text(self, text: Text) -> str:
        """A sentence that stands elsewhere (a check, a remedy) in this language."""
        return text.into(self.language)

    def _shown(self, value: Slot) -> str:
        if isinstance(value, datetime):
            return moment(value)
        if isinstance(value, date):
            return day(value)
        return number(value, self.language) if isinstance(value, int) else value
