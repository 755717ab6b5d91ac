"""Planted content: a telling word *and* a link to strangers or a hidden place. Words alone are never a sign.

Police, press and lottery pages hold the same words in the open. So a word in plain sight needs an outside link that
bears it, words of warning beside it take its weight away, and everyday words never reach the threshold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.lexicon import Hit, find, host_weight, is_warned, weight_of, words_of_url
from scanner.model.lexicon import Lexicon
from scanner.parse.hiding import Hiding
from scanner.parse.html import HtmlSummary
from scanner.parse.placement import PlacedLink, Placement

ENOUGH = 3  # a word of weight 3, or a host that says it
ENOUGH_OF_MANY = 4  # when no single word weighs 3
ENOUGH_HIDDEN_TEXT = 5
OWN_PAGES = 3  # pages of the site itself with telling names, before they are a sign
TELLING = 3
SIGNS_LIMIT = 60
MANY_DISGUISED = 2  # hidden outside links after which nothing honest explains them
MANY = 5


@dataclass(frozen=True, slots=True)
class SpamSign:
    """One piece of planted content and what tells it."""

    place: str  # outside-link hidden-link hidden-text own-page title description redirect
    themes: tuple[str, ...]
    words: tuple[str, ...]
    weight: int
    saw: str
    host: str = ""
    hiding: Hiding | None = None


def spam_signs(
    html: HtmlSummary, placement: Placement, family: Family, lexicon: Lexicon, *, leads_to: Iterable[str] = ()
) -> tuple[SpamSign, ...]:
    """Every sign of one page; `leads_to` are addresses visitors are sent on to without a click."""
    links = [sign for link in placement.links if (sign := _of_link(link, family, lexicon))]
    outside = [s for s in links if s.place != "own-page"]
    own = [s for s in links if s.place == "own-page"]
    signs = [
        *outside,
        *(own if len({s.saw for s in own}) >= OWN_PAGES else ()),
        *(s for url in leads_to if (s := _of_redirect(url, family, lexicon))),
        *_of_hidden_text(placement.hidden_text, lexicon),
        *_of_head(html, lexicon),
    ]
    if not any(_stranger(link, family) for link in placement.links):
        signs = [s for s in signs if s.place != "title"]  # a title alone is a word alone
    return tuple(signs[:SIGNS_LIMIT])


def is_beyond_doubt(signs: tuple[SpamSign, ...]) -> bool:
    """True when several hidden links to strangers bear telling words, or a whole list of them stands in the open."""
    hidden = {s.host for s in signs if s.place == "hidden-link" and s.host and s.weight >= TELLING}
    outside = {s.host for s in signs if s.place in ("hidden-link", "outside-link") and s.host}
    return len(hidden) >= MANY_DISGUISED or len(outside) >= MANY


def _stranger(link: PlacedLink, family: Family) -> bool:
    return family.kin(host_in(link.url)) is Kin.STRANGER


def _of_link(link: PlacedLink, family: Family, lexicon: Lexicon) -> SpamSign | None:
    host = host_in(link.url)
    kin = family.kin(host)
    if kin is Kin.NONE or kin is Kin.FAMILIAR:
        return None
    by_host = host_weight(host, lexicon) if kin is Kin.STRANGER else 0
    path = words_of_url(link.url)
    hits = (*find(link.text, lexicon), *find(path, lexicon))
    if not hits and by_host < TELLING:
        return None
    if hits and is_warned(f"{link.before} {link.text} {path}", lexicon):
        hits = ()
    weight = by_host + weight_of(hits)
    if not _is_enough(hits, weight, by_host, kin):
        return None
    return SpamSign(
        place=_place(link, kin),
        themes=_themes(hits),
        words=_words(hits) or (host,),
        weight=weight,
        saw=f"{link.text or '(không có chữ)'} → {link.url[:200]}",
        host=host,
        hiding=link.hiding,
    )


def _is_enough(hits: tuple[Hit, ...], weight: int, by_host: int, kin: Kin) -> bool:
    heaviest = max((hit.term.weight for hit in hits), default=0)
    if max(heaviest, by_host) >= TELLING:
        return weight >= ENOUGH
    return kin is not Kin.OFFICIAL and heaviest >= 2 and weight >= ENOUGH_OF_MANY


def _place(link: PlacedLink, kin: Kin) -> str:
    if link.hiding is not None:
        return "hidden-link"
    return "own-page" if kin is Kin.OWN else "outside-link"


def _of_redirect(url: str, family: Family, lexicon: Lexicon) -> SpamSign | None:
    host = host_in(url)
    if family.kin(host) is not Kin.STRANGER:
        return None
    hits = find(words_of_url(url), lexicon)
    weight = host_weight(host, lexicon) + weight_of(hits)
    if weight < ENOUGH:
        return None
    return SpamSign("redirect", _themes(hits), _words(hits) or (host,), weight, f"→ {url[:300]}", host)


def _of_hidden_text(text: str, lexicon: Lexicon) -> Iterator[SpamSign]:
    hits = find(text, lexicon)
    weight = weight_of(hits)
    if weight >= ENOUGH_HIDDEN_TEXT and not is_warned(text, lexicon):
        at = text.lower().find(hits[0].found.split()[0])
        saw = text[max(0, at - 60) : max(0, at) + 200]
        yield SpamSign("hidden-text", _themes(hits), _words(hits), weight, saw)


def _of_head(html: HtmlSummary, lexicon: Lexicon) -> Iterator[SpamSign]:
    """What search engines show of the page, and visitors hardly read."""
    told = " ".join((*html.meta("description"), *html.meta("keywords"), *html.meta("og:description")))
    for place, text in (("title", html.title), ("description", told)):
        hits = find(text, lexicon)
        heaviest = max((hit.term.weight for hit in hits), default=0)
        if heaviest >= TELLING and not is_warned(text, lexicon):
            yield SpamSign(place, _themes(hits), _words(hits), weight_of(hits), text[:300])


def _themes(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.term.theme for hit in hits)) or ("gambling",)


def _words(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.found for hit in hits))
