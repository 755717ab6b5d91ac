"""Words for people: every sentence exists in Vietnamese and in English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages. May hold `{name}` slots, filled when a report is written."""

    vi: str
    en: str

    def into(self, language: Language) -> str:
        """The sentence in one language."""
        return self.vi if language == "vi" else self.en
