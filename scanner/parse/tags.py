"""The attributes of chosen elements, wherever they stand: for analysers that read pages without a tree."""

from collections.abc import Collection

from lxml import etree

from scanner.parse.charset import decode

LIMIT = 5_000

Tag = tuple[str, dict[str, str]]


def tags_of(content: bytes, names: Collection[str], *, charset: str = "") -> tuple[Tag, ...]:
    """Pairs of (element, attributes) in document order, also inside noscript and template; comments hold none."""
    reader = _Reader(frozenset(names))
    parser = etree.HTMLParser(target=reader, huge_tree=True, encoding="utf-8")
    try:
        parser.feed(decode(content, charset=charset).encode("utf-8", "replace"))
        parser.close()
    except (etree.XMLSyntaxError, etree.ParserError):
        pass  # an empty document, or one the parser gives up on: what was seen until then counts
    return tuple(reader.found)


class _Reader:
    """Receives the parser's events."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self.found: list[Tag] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        if tag in self._names and len(self.found) < LIMIT:
            self.found.append((tag, dict(attrib)))

    def end(self, tag: str) -> None:
        """Nothing to do: lxml asks for it."""

    def data(self, data: str) -> None:
        """Likewise."""

    def close(self) -> None:
        """Likewise."""
