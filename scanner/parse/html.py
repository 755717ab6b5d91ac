"""One event pass over a page: everything checks ask of HTML, and nothing lost under deep nesting.

lxml's parser is used as a stream of events (`target=`) with `huge_tree`: the tree it would build hides what lies deeper
than 256 levels, and other parsers take minutes for pages made to stall them. Every list is capped; a cap that was
reached sets `truncated`, and a check that looks for absence must then say unknown.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from scanner.parse.charset import decode
from scanner.parse.url import resolve, resolver

T = TypeVar("T")
Tag = tuple[str, dict[str, str]]

TEXT_LIMIT = 200_000
LIST_LIMIT = 5_000
VALUE_LIMIT = 2_000
INLINE_LIMIT = 4_000
LINK_TEXT_LIMIT = 200
COMMENT_LIMIT = 200
FIELDS_LIMIT = 60
NOT_TYPED = frozenset({"hidden", "submit", "button", "image", "reset", "checkbox", "radio"})
FOOTER_SHARE = 0.15
POLICY = "content-security-policy"
FOOTER_WORD = re.compile(r"footer|copyright|bottom", re.IGNORECASE)
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - one line reads best
)
UNSEEN = frozenset({"script", "style", "title"})
INERT = frozenset({"noscript", "template"})  # browsers that run scripts load nothing of what stands inside
HEAD = frozenset("html head title meta link script style base noscript template".split())  # noqa: SIM905 - likewise


@dataclass(frozen=True, slots=True)
class Asset:
    """Something a page loads. `written` is the attribute as it stands, `url` resolved against the base.

    `is_inert` is set inside noscript and template: it is there, but browsers do not load it.
    """

    kind: str  # script style image frame object media preload icon
    written: str
    url: str
    integrity: str = ""
    is_inert: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An `<a href>`: where it leads and what it says."""

    written: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it posts to, whether it asks for a password, and what its fields are called."""

    action: str
    url: str
    method: str
    has_password: bool
    fields: tuple[
        str, ...
    ] = ()  # name, id and placeholder of each, lower case; what cannot be typed into left out


@dataclass(frozen=True, slots=True)
class HtmlSummary:
    """What one page holds. Tuples are in document order."""

    title: str = ""
    lang: str = ""
    base: str = ""
    generators: tuple[str, ...] = ()
    metas: tuple[tuple[str, str], ...] = ()  # (name or property, content), names lower case
    equivs: tuple[tuple[str, str], ...] = ()  # (http-equiv, content); a policy only where browsers heed it
    assets: tuple[Asset, ...] = ()
    inline_scripts: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # ids and classes, each once
    attributes: tuple[str, ...] = ()  # names of data-* and other telling attributes, each once
    tags: tuple[Tag, ...] = ()  # every meta and script, wherever it stands, with all its attributes
    text: str = ""
    footer_text: str = ""
    elements: int = 0
    truncated: bool = False  # a list reached its cap, or the page was cut before it came here
    text_truncated: bool = False

    def of_kind(self, kind: str) -> tuple[Asset, ...]:
        """The assets of one kind."""
        return tuple(a for a in self.assets if a.kind == kind)

    @property
    def scripts(self) -> tuple[Asset, ...]:
        """External scripts."""
        return self.of_kind("script")

    @property
    def stylesheets(self) -> tuple[Asset, ...]:
        """External style sheets."""
        return self.of_kind("style")

    def meta(self, name: str) -> tuple[str, ...]:
        """Contents of every meta of that name."""
        return tuple(content for key, content in self.metas if key == name)

    def http_equiv(self, name: str) -> tuple[str, ...]:
        """Contents of every meta that stands for that header."""
        return tuple(content for key, content in self.equivs if key == name)


def summarise(content: bytes, *, charset: str = "", base_url: str = "") -> HtmlSummary:
    """The summary of a page. Any bytes give one; an empty document too."""
    target = _Reader(base_url)
    parser = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    text = decode(content, charset=charset)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except (etree.XMLSyntaxError, etree.ParserError):
        pass  # an empty document, or one libxml2 gives up on: what was seen until then counts
    return target.summary()


def folded_space(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


@dataclass(slots=True)
class _OpenForm:
    action: str
    method: str
    has_password: bool = False
    fields: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _OpenLink:
    href: str
    text: str = ""


class _Reader:
    """Receives the parser's events; holds the state of one pass."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._base: str | None = None
        self._title: list[str] = []
        self._lang = ""
        self._title_done = False
        self._in_head = True
        self._metas: list[tuple[str, str]] = []
        self._equivs: list[tuple[str, str]] = []
        self._assets: list[tuple[str, str, str, bool]] = []
        self._inline: list[str] = []
        self._forms: list[_OpenForm] = []
        self._links: list[_OpenLink] = []
        self._comments: list[str] = []
        self._names: dict[str, None] = {}
        self._attributes: dict[str, None] = {}
        self._tags: list[Tag] = []
        self._text: list[str] = []
        self._text_size = 0
        self._footer: list[str] = []
        self._footer_size = 0
        self._footer_depth = 0  # depth at which the open footer began; 0: none open
        self._depth = 0
        self._inert_depth = 0  # depth of the outermost open noscript or template; 0: none open
        self._open_unseen: str = ""
        self._open_link = False
        self._elements = 0
        self._truncated = False

    # -- events of lxml

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        self._elements += 1
        if tag not in VOID:
            self._depth += 1
        if self._in_head and tag not in HEAD:
            self._in_head = False
        if attrib or tag == "footer":
            self._mark(tag, attrib)
        if tag in HANDLERS:  # most elements are in none of these
            HANDLERS[tag](self, attrib)
        elif tag in SOURCES:
            kind, attribute = SOURCES[tag]
            if attribute in attrib:
                self._asset(kind, attrib, attribute)
        if tag in INERT and not self._inert_depth:
            self._inert_depth = self._depth
        if tag in UNSEEN:
            self._open_unseen = tag

    def end(self, tag: str) -> None:
        if tag == self._open_unseen:
            self._open_unseen = ""
            self._title_done = self._title_done or tag == "title"
        if tag == "a":
            self._open_link = False
        if tag not in VOID:
            if self._footer_depth and self._depth <= self._footer_depth:
                self._footer_depth = 0
            if self._inert_depth and self._depth <= self._inert_depth:
                self._inert_depth = 0
            self._depth -= 1

    def data(self, data: str) -> None:
        if not self._open_unseen:
            if not self._inert_depth:
                self._visible(data)
        elif self._open_unseen == "title":
            if not self._title_done:
                self._title.append(data)
        elif self._open_unseen == "script" and self._inline and len(self._inline[-1]) < INLINE_LIMIT:
            self._inline[-1] += data[:INLINE_LIMIT]

    def comment(self, text: str) -> None:
        if len(self._comments) < COMMENT_LIMIT:
            self._comments.append(text[:VALUE_LIMIT])

    def close(self) -> None:
        """Nothing to do: lxml asks for it."""

    # -- elements

    def html(self, attrib: dict[str, str]) -> None:
        self._lang = self._lang or _value(attrib, "lang") or _value(attrib, "xml:lang")

    def base(self, attrib: dict[str, str]) -> None:
        if self._base is None and "href" in attrib:
            self._base = _value(attrib, "href")

    def meta(self, attrib: dict[str, str]) -> None:
        self._append(self._tags, ("meta", dict(attrib)))
        name = (_value(attrib, "name") or _value(attrib, "property")).lower()
        if name:
            self._append(self._metas, (name, _value(attrib, "content")))
        equiv = _value(attrib, "http-equiv").lower()
        # a policy counts in the head only (HTML standard, Content security policy state)
        if equiv and not self._inert_depth and (self._in_head or equiv != POLICY):
            self._append(self._equivs, (equiv, _value(attrib, "content")))

    def link(self, attrib: dict[str, str]) -> None:
        rel = _value(attrib, "rel").lower().split()
        kind = next((LINK_KINDS[word] for word in rel if word in LINK_KINDS), "")
        if kind and "href" in attrib:
            self._asset(kind, attrib, "href")

    def script(self, attrib: dict[str, str]) -> None:
        self._append(self._tags, ("script", dict(attrib)))
        if "src" in attrib:
            self._asset("script", attrib, "src")
        else:
            self._append(self._inline, "")

    def anchor(self, attrib: dict[str, str]) -> None:
        self._open_link = "href" in attrib
        if self._open_link:
            self._append(self._links, _OpenLink(_value(attrib, "href")))

    def form(self, attrib: dict[str, str]) -> None:
        method = _value(attrib, "method").lower() or "get"
        self._append(self._forms, _OpenForm(_value(attrib, "action"), method))

    def field(self, attrib: dict[str, str]) -> None:
        kind = _value(attrib, "type").lower()
        if kind == "password":
            if not self._forms:
                self._append(self._forms, _OpenForm("", "get"))
            self._forms[-1].has_password = True
        if self._forms and kind not in NOT_TYPED and len(self._forms[-1].fields) < FIELDS_LIMIT:
            told = " ".join(_value(attrib, name) for name in ("name", "id", "placeholder"))
            self._forms[-1].fields.append(told[:LINK_TEXT_LIMIT].strip().lower())

    # -- keeping

    def _mark(self, tag: str, attrib: dict[str, str]) -> None:
        """Ids, classes and telling attributes; and where a footer begins."""
        for name in attrib:
            if name.startswith("data-") and len(self._attributes) < LIST_LIMIT:
                self._attributes[name[:100]] = None
        words = ""
        if "id" in attrib or "class" in attrib:
            words = f"{attrib.get('id', '')} {attrib.get('class', '')}"[:VALUE_LIMIT]
            for word in words.split():
                if len(self._names) < LIST_LIMIT:
                    self._names[word] = None
        is_footer = tag == "footer" or (words and FOOTER_WORD.search(words))
        if is_footer and tag not in VOID and tag not in {"body", "html"} and not self._footer_depth:
            self._footer_depth = self._depth
            self._footer = [] if tag == "footer" else [*self._footer, " "]

    def _visible(self, data: str) -> None:
        if self._in_head and data.strip():
            self._in_head = False
        if self._text_size < TEXT_LIMIT:
            self._text.append(data)
        self._text_size += len(data)
        if self._footer_depth and self._footer_size < TEXT_LIMIT:
            self._footer.append(data)
            self._footer_size += len(data)
        if self._open_link and self._links and len(self._links[-1].text) < LINK_TEXT_LIMIT:
            self._links[-1].text += data[:LINK_TEXT_LIMIT]

    def _asset(self, kind: str, attrib: dict[str, str], attribute: str) -> None:
        written, integrity = _value(attrib, attribute), _value(attrib, "integrity")
        self._append(self._assets, (kind, written, integrity, self._inert_depth > 0))

    def _append(self, items: list[T], item: T) -> None:
        if len(items) < LIST_LIMIT:
            items.append(item)
        else:
            self._truncated = True

    def summary(self) -> HtmlSummary:
        """What was seen, with every address resolved against the base."""
        address = resolver(resolve(self._base_url, self._base) if self._base else self._base_url)
        text = folded_space("".join(self._text)[:TEXT_LIMIT])
        footer = folded_space("".join(self._footer)) or text[-int(len(text) * FOOTER_SHARE) or len(text) :]
        return HtmlSummary(
            title=folded_space("".join(self._title))[:VALUE_LIMIT],
            lang=self._lang,
            base=self._base or "",
            generators=tuple(content for name, content in self._metas if name == "generator"),
            metas=tuple(self._metas),
            equivs=tuple(self._equivs),
            assets=tuple(
                Asset(kind, src, address(src), check, inert) for kind, src, check, inert in self._assets
            ),
            inline_scripts=tuple(self._inline),
            forms=tuple(
                Form(f.action, address(f.action), f.method, f.has_password, tuple(f.fields))
                for f in self._forms
            ),
            links=tuple(Link(a.href, address(a.href), folded_space(a.text)) for a in self._links),
            comments=tuple(self._comments),
            names=tuple(self._names),
            attributes=tuple(self._attributes),
            tags=tuple(self._tags),
            text=text,
            footer_text=footer,
            elements=self._elements,
            truncated=self._truncated,
            text_truncated=self._text_size > TEXT_LIMIT,
        )


LINK_KINDS = {
    "stylesheet": "style",
    "preload": "preload",
    "modulepreload": "script",
    "icon": "icon",
    "manifest": "manifest",
}
SOURCES = {  # element -> (kind, attribute that names what it loads)
    "img": ("image", "src"),
    "iframe": ("frame", "src"),
    "frame": ("frame", "src"),
    "embed": ("object", "src"),
    "object": ("object", "data"),
    "audio": ("media", "src"),
    "video": ("media", "src"),
    "source": ("media", "src"),
}
HANDLERS: Mapping[str, Callable[[_Reader, dict[str, str]], None]] = {
    "html": _Reader.html,
    "base": _Reader.base,
    "meta": _Reader.meta,
    "link": _Reader.link,
    "script": _Reader.script,
    "a": _Reader.anchor,
    "form": _Reader.form,
    "input": _Reader.field,
    "textarea": _Reader.field,
    "select": _Reader.field,
}


def _value(attrib: dict[str, str], name: str) -> str:
    return attrib.get(name, "")[:VALUE_LIMIT].strip()
