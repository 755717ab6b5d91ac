"""Hand-made signs of planted content for the examples of checks. How pages become signs is tested on a corpus."""

from scanner.identify.compromise import Compromise, Departure
from scanner.identify.defacement import DefacedSign
from scanner.identify.kinship import host_in
from scanner.identify.scripts import ScriptSign
from scanner.identify.spam import SpamSign
from scanner.parse.hiding import Hiding
from scanner.parse.placement import PlacedLink

URL = "https://so.example/"


def looked(
    *signs: SpamSign | ScriptSign | PlacedLink | Departure | DefacedSign,
    truncated: bool = False,
    foreign: str = "",
) -> Compromise:
    """A page that was read and shows these signs."""
    defaced = [s for s in signs if isinstance(s, DefacedSign)]
    return Compromise(
        url=URL,
        spam=tuple(s for s in signs if isinstance(s, SpamSign)),
        hidden=tuple(s for s in signs if isinstance(s, PlacedLink)),
        scripts=tuple(s for s in signs if isinstance(s, ScriptSign)),
        departures=tuple(s for s in signs if isinstance(s, Departure)),
        defaced=defaced[0] if defaced else None,
        foreign=foreign,
        links=40,
        truncated=truncated,
    )


def spam(text: str, url: str, *words: str, weight: int = 3, hiding: Hiding | None = None) -> SpamSign:
    """A link that bears telling words."""
    place = "hidden-link" if hiding else "outside-link"
    return SpamSign(place, ("gambling",), words, weight, f"{text} → {url}", host_in(url), hiding)


def hidden(url: str, hiding: Hiding, how: str = "") -> PlacedLink:
    """A link visitors do not see."""
    return PlacedLink(url, url, "xem thêm", hiding, how)


def script(kind: str, saw: str, host: str = "la.example") -> ScriptSign:
    """A reason to distrust a script or a frame."""
    return ScriptSign(kind, saw, host)


def departure(url: str, way: str = "meta") -> Departure:
    """Where visitors are sent on to."""
    return Departure(way, url, host_in(url), f'<meta http-equiv="refresh" content="0; url={url}">')
