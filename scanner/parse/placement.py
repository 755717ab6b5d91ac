"""Where the links, frames and scripts of a page stand, and whether a visitor sees them: one event pass.

The companion of `scanner.parse.html` for the compromise checks: that one lists what a page holds, this one how it is
placed - also deep under other elements and after `</html>`, where intruders put things and most parsers do not look.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from scanner.parse.charset import decode
from scanner.parse.hiding import STYLE_LIMIT, Hiding, hidden_selectors, hiding_of, written_selectors
from scanner.parse.url import resolve, resolver

LINK_LIMIT = 6_000  # links that are kept, of each sort
ITEM_LIMIT = 500  # scripts, frames, refreshes
STYLES_READ = 15_000  # style attributes; a portal has a few hundred
CODE_LIMIT = 512 * 1024  # characters of all scripts and styles
TEXT_LIMIT = 200  # of one link
HIDDEN_TEXT_LIMIT = 40_000
VALUE_LIMIT = 2_000
BEFORE_LIMIT = 160
DEEP = 220  # levels; parsers that build a tree lose what lies below 256
TAIL = "rasoat-tail"  # stands where </html> stood, so that what follows is known to follow
END_OF_PAGE = re.compile(r"</html\s{0,20}>", re.IGNORECASE)
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - one line reads best
)


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link and its place. `how` is the style, rule or element that hides it; `before` the words that lead to it."""

    written: str
    url: str
    text: str
    hiding: Hiding | None = None
    how: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """A frame or embedded object."""

    url: str
    hiding: Hiding | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its address, or its code when it stands in the page."""

    url: str = ""
    code: str = ""
    is_tail: bool = False  # after </html>


@dataclass(frozen=True, slots=True)
class Placement:
    """Everything of one page, in document order. `truncated`: a cap was reached."""

    links: tuple[PlacedLink, ...] = ()
    frames: tuple[PlacedFrame, ...] = ()
    scripts: tuple[Script, ...] = ()
    refreshes: tuple[tuple[str, str], ...] = ()  # (content of the meta, address), outside noscript
    images: tuple[tuple[str, str], ...] = ()  # (address, alternative text)
    headings: tuple[str, ...] = ()  # h1 and h2
    hidden_text: str = ""
    link_count: int = 0
    truncated: bool = False


def place(content: bytes, *, charset: str = "", base_url: str = "") -> Placement:
    """The placement of a page. Any bytes give one."""
    text = END_OF_PAGE.sub(f"<{TAIL}></{TAIL}>", decode(content, charset=charset))
    reader = _Reader(base_url, written_selectors(text))
    parser = etree.HTMLParser(target=reader, huge_tree=True, encoding="utf-8")
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except (etree.XMLSyntaxError, etree.ParserError):
        pass  # an empty document, or one libxml2 gives up on: what was seen until then counts
    return reader.placement()


@dataclass(slots=True)
class _OpenLink:
    href: str
    words: list[str]
    hiding: Hiding | None
    how: str
    before: tuple[str, ...]
    size: int = 0


class _Reader:
    """Receives the parser's events; holds the state of one pass."""

    def __init__(self, base_url: str, selectors: dict[str, tuple[Hiding, str]]) -> None:
        self._base_url = base_url
        self._base = ""
        self._depth = 0
        self._hidden_depth = 0  # depth of the outermost hidden element that is open; 0: none
        self._hiding: Hiding | None = None
        self._how = ""
        self._is_tail = False
        self._selectors = selectors
        self._styles_left = STYLES_READ
        self._unseen = ""  # the open element whose content nobody reads
        self._code: list[str] | None = None  # where that content goes
        self._code_size = 0
        self._links: list[_OpenLink] = []
        self._link: _OpenLink | None = None
        self._kept = [0, 0]  # links kept: seen, hidden
        self._link_count = 0
        self._before: deque[str] = deque(maxlen=8)
        self._frames: list[tuple[str, Hiding | None, str]] = []
        self._scripts: list[tuple[str, list[str], bool]] = []
        self._refreshes: list[str] = []
        self._images: list[tuple[str, str]] = []
        self._headings: list[str] = []
        self._in_heading = False
        self._hidden_text: list[str] = []
        self._hidden_size = 0
        self._truncated = False

    # -- events of lxml

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        if tag not in VOID:
            self._depth += 1
            if not self._hidden_depth:
                self._maybe_hide(tag, attrib)
        if tag in STARTS:
            STARTS[tag](self, tag, attrib)

    def end(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag == self._unseen:
            self._end_unseen(tag)
        elif tag == "a":
            self._link = None
        elif tag in ("h1", "h2"):
            self._in_heading = False
        if self._hidden_depth and self._depth <= self._hidden_depth:
            self._hidden_depth, self._hiding, self._how = 0, None, ""
        self._depth -= 1

    def data(self, data: str) -> None:
        if self._unseen:
            self._keep_code(data)
            return
        link = self._link
        if link is not None and link.size < TEXT_LIMIT:
            link.words.append(data[:TEXT_LIMIT])
            link.size += len(data)
        if self._hiding is not None and self._hidden_size < HIDDEN_TEXT_LIMIT:
            self._hidden_text.append(data[:HIDDEN_TEXT_LIMIT])
            self._hidden_size += len(data)
        if self._in_heading:
            self._headings[-1] = (self._headings[-1] + data)[:VALUE_LIMIT]
        self._before.append(data[-BEFORE_LIMIT:])

    def comment(self, text: str) -> None:
        """Nothing to do: nobody is shown a comment, no search engine reads one."""

    def close(self) -> None:
        """Nothing to do: lxml asks for it."""

    # -- hiding

    def _maybe_hide(self, tag: str, attrib: dict[str, str]) -> None:
        if tag == "noscript":
            self._hide(Hiding.NOSCRIPT, "<noscript>")
        elif attrib:
            self._hide_by_attributes(tag, attrib)
        if not self._hidden_depth and self._depth > DEEP:
            self._hide(Hiding.DEEP, f"{DEEP} elements deep")

    def _hide_by_attributes(self, tag: str, attrib: dict[str, str]) -> None:
        style = attrib.get("style")
        if style and (hiding := self._hiding_of(style)):
            self._hide(hiding, f'style="{style[:200]}"')
        elif "hidden" in attrib:
            self._hide(Hiding.DISPLAY_NONE, "hidden")
        elif tag == "marquee" and _is_dot(attrib):
            self._hide(Hiding.ZERO_SIZE, "<marquee>")
        elif tag == "font" and attrib.get("size", "").strip() == "0":
            self._hide(Hiding.TINY_TEXT, '<font size="0">')
        elif self._selectors:
            self._hide_by_rule(attrib)

    def _hiding_of(self, style: str) -> Hiding | None:
        """What a style attribute hides; a page that holds more of them than any honest one is not read to its end."""
        self._styles_left -= 1
        if self._styles_left < 0:
            self._truncated = True
            return None
        return hiding_of(style)

    def _hide_by_rule(self, attrib: dict[str, str]) -> None:
        names = [f".{name}" for name in attrib.get("class", "")[:VALUE_LIMIT].split()]
        names.append(f"#{attrib.get('id', '')}")
        rule = next((self._selectors[name] for name in names if name in self._selectors), None)
        if rule:
            self._hide(*rule)

    def _hide(self, hiding: Hiding, how: str) -> None:
        self._hidden_depth, self._hiding, self._how = self._depth, hiding, how

    # -- elements

    def anchor(self, _tag: str, attrib: dict[str, str]) -> None:
        self._link = None
        href = attrib.get("href")
        if href is None:
            return
        self._link_count += 1
        hiding, how = self._hiding, self._how
        if hiding is None and self._is_tail:
            hiding, how = Hiding.AFTER_HTML, "</html>"
        sort = int(hiding is not None)
        if self._kept[sort] >= LINK_LIMIT:
            self._truncated = True
            return
        self._kept[sort] += 1
        words = [attrib["title"][:TEXT_LIMIT], " "] if "title" in attrib else []
        self._link = _OpenLink(href[:VALUE_LIMIT].strip(), words, hiding, how, tuple(self._before))
        self._links.append(self._link)

    def tail(self, _tag: str, _attrib: dict[str, str]) -> None:
        self._is_tail = True

    def base(self, _tag: str, attrib: dict[str, str]) -> None:
        self._base = self._base or attrib.get("href", "")[:VALUE_LIMIT].strip()

    def unread(self, tag: str, _attrib: dict[str, str]) -> None:
        self._unseen, self._code = tag, [] if tag == "style" else None

    def script(self, tag: str, attrib: dict[str, str]) -> None:
        self._unseen, self._code = tag, None
        kind = attrib.get("type", "").strip().lower()
        if kind and kind != "module" and "javascript" not in kind and "ecmascript" not in kind:
            return  # data, not code
        if len(self._scripts) >= ITEM_LIMIT:
            self._truncated = True
            return
        self._code = []
        self._scripts.append((attrib.get("src", "")[:VALUE_LIMIT].strip(), self._code, self._is_tail))

    def frame(self, tag: str, attrib: dict[str, str]) -> None:
        src = attrib.get("data" if tag == "object" else "src", "")[:VALUE_LIMIT].strip()
        if not src or len(self._frames) >= ITEM_LIMIT:
            return
        hiding, how = self._hiding, self._how
        if hiding is None and _is_dot(attrib):
            hiding, how = Hiding.ZERO_SIZE, "width and height of 0 or 1"
        self._frames.append((src, hiding, how))

    def meta(self, _tag: str, attrib: dict[str, str]) -> None:
        is_refresh = attrib.get("http-equiv", "").strip().lower() == "refresh"
        if is_refresh and self._hiding is not Hiding.NOSCRIPT and len(self._refreshes) < ITEM_LIMIT:
            self._refreshes.append(attrib.get("content", "")[:VALUE_LIMIT])

    def image(self, _tag: str, attrib: dict[str, str]) -> None:
        alt = attrib.get("alt", "")[:TEXT_LIMIT]
        if len(self._images) < ITEM_LIMIT:
            self._images.append((attrib.get("src", "")[:VALUE_LIMIT].strip(), alt))
        if self._link is not None and self._link.size < TEXT_LIMIT:
            self._link.words.append(f" {alt}")
            self._link.size += len(alt)

    def heading(self, _tag: str, _attrib: dict[str, str]) -> None:
        self._in_heading = len(self._headings) < ITEM_LIMIT
        if self._in_heading:
            self._headings.append("")

    # -- code and styles

    def _keep_code(self, data: str) -> None:
        if self._code is None:
            return
        if self._code_size >= CODE_LIMIT:
            self._truncated = True
            return
        self._code.append(data[:CODE_LIMIT])
        self._code_size += len(data)

    def _end_unseen(self, tag: str) -> None:
        self._unseen = ""
        if tag == "style" and self._code:
            self._selectors |= hidden_selectors("".join(self._code)[:STYLE_LIMIT])
        self._code = None

    def placement(self) -> Placement:
        """What was seen, every address resolved against the base."""
        address = resolver(resolve(self._base_url, self._base) if self._base else self._base_url)
        return Placement(
            links=tuple(_placed(link, address(link.href)) for link in self._links),
            frames=tuple(PlacedFrame(address(src), hiding, how) for src, hiding, how in self._frames),
            scripts=tuple(
                Script(address(src) if src else "", "".join(code), is_tail)
                for src, code, is_tail in self._scripts
            ),
            refreshes=tuple(
                (content, address(to)) for content in self._refreshes if (to := refresh_of(content))
            ),
            images=tuple((address(src), alt) for src, alt in self._images),
            headings=tuple(_folded(words) for words in self._headings),
            hidden_text=_folded("".join(self._hidden_text)[:HIDDEN_TEXT_LIMIT]),
            link_count=self._link_count,
            truncated=self._truncated,
        )


def refresh_of(content: str) -> str:
    """The address a meta refresh leads to; empty when it only reloads the page."""
    _delay, sign, rest = content.partition(";")
    if not sign:
        _delay, sign, rest = content.partition(",")
    text = rest.strip()
    if text[:3].lower() == "url":
        text = text[3:].lstrip().removeprefix("=").strip()
    return text.strip("\"'") if sign else ""


def _placed(link: _OpenLink, url: str) -> PlacedLink:
    words = _folded("".join(link.words))[:TEXT_LIMIT]
    before = _folded(" ".join(link.before)[-BEFORE_LIMIT:]) if link.before else ""
    return PlacedLink(link.href, url, words, link.hiding, link.how, before)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _is_dot(attrib: dict[str, str]) -> bool:
    sizes = (attrib.get("width", "").strip(), attrib.get("height", "").strip())
    return all(size.removesuffix("px") in ("0", "1", "2") for size in sizes)


STARTS: Mapping[str, Callable[[_Reader, str, dict[str, str]], None]] = {
    TAIL: _Reader.tail,
    "a": _Reader.anchor,
    "base": _Reader.base,
    "style": _Reader.unread,
    "title": _Reader.unread,
    "script": _Reader.script,
    "iframe": _Reader.frame,
    "frame": _Reader.frame,
    "embed": _Reader.frame,
    "object": _Reader.frame,
    "meta": _Reader.meta,
    "img": _Reader.image,
    "h1": _Reader.heading,
    "h2": _Reader.heading,
}
