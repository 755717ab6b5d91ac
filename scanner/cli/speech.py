"""How the command line talks to people: in one language, on stderr, without surprises for the terminal."""

import os
import unicodedata
from collections.abc import Mapping

import click

from scanner.model.text import Language, Text


def language(environ: Mapping[str, str] | None = None) -> Language:
    """The language of the command line: RASOAT_LANG, else the system's; Vietnamese unless that is English."""
    env = os.environ if environ is None else environ
    for name in ("RASOAT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := env.get(name, ""):
            return "en" if value.lower().startswith("en") else "vi"
    return "vi"


def say(words: Text | str) -> None:
    """One message on stderr, in the language of the command line; control signs are dropped."""
    message = words.into(language()) if isinstance(words, Text) else words
    click.echo(plain(message), err=True)


def plain(words: str) -> str:
    """The words without what could steer a terminal; line breaks stay."""
    return "".join(c for c in words if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
