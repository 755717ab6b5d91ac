"""Lists of `tag=value;` pairs, the syntax of DKIM (RFC 6376 section 3.2) that DMARC and MTA-STS share."""

import re

TAG = re.compile(r"^[ \t\r\n]*([A-Za-z][A-Za-z0-9_-]*)[ \t\r\n]*=(.*)$", re.DOTALL)
BLANKS = " \t\r\n"

Tags = tuple[tuple[str, str], ...]
"""Pairs of (tag as written, value without blanks around it), in order."""


def read_tags(text: str) -> Tags | str:
    """The pairs of a list, or in English why it is none. A tag that stands twice spoils the whole list."""
    tags: list[tuple[str, str]] = []
    parts = text.split(";")
    if not parts[-1].strip(BLANKS):
        parts.pop()
    for part in parts:
        match = TAG.match(part)
        if match is None:
            return f"not a tag: {part.strip(BLANKS)[:80]!r}"
        tags.append((match[1], match[2].strip(BLANKS)))
    names = [name for name, _ in tags]
    if twice := next((name for name in names if names.count(name) > 1), None):
        return f"tag {twice} stands twice"
    return tuple(tags)
