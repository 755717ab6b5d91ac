"""What scripts in a page would do, as far as it can be read without running them.

Nothing is executed. Text in disguise (base64, character codes, escapes) is undone once or twice; only what
comes to light there, or a deed no agency's page does in the open, is a sign. Packed code alone is none: honest
libraries are packed too.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from scanner.identify.kinship import Family, Kin, host_in
from scanner.identify.lexicon import host_weight
from scanner.model.lexicon import Lexicon
from scanner.parse.placement import PlacedFrame, Script

CODE_LIMIT = 300_000  # characters of code that are looked at
ROUNDS = 2
SAW_LIMIT = 400
DECODED_LIMIT = 20_000
MOSTLY = 0.5  # share of a text that is in disguise, before it is one
NUMBER_LENGTH = 6
HITS = 40  # disguises of one script that are undone

BASE64 = re.compile(r"atob\s{0,5}\(\s{0,5}[\"']([A-Za-z0-9+/=]{24,20000})[\"']")
CODES = re.compile(r"fromCharCode\s{0,5}\(([\d\s,xXa-fA-F]{40,20000})\)")
PERCENT = re.compile(r"(?:unescape|decodeURIComponent)\s{0,5}\(\s{0,5}[\"']([^\"']{30,20000})[\"']")
HEXES = re.compile(r"[\"']((?:[^\"'\\]{0,20}\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})){8,2000})")
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")
PACKED = re.compile(
    r"eval\s{0,5}\(\s{0,5}function\s{0,5}\(\s{0,5}p\s{0,5},\s{0,5}a\s{0,5},\s{0,5}c\s{0,5},\s{0,5}k"
)
DEED = re.compile(
    r"<script|<iframe|createElement\s{0,3}\(\s{0,3}[\"'](?:script|iframe)|location\s{0,3}(?:\.href\s{0,3})?=|"
    r"location\.(?:replace|assign)|document\.write|\beval\s{0,3}\(",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]{4,200}", re.IGNORECASE)
NAMES = re.compile(r"_0x[0-9a-f]{4,6}")
SNIFF = re.compile(
    r"referrer[^;{}]{0,200}?(?:google|bing|yahoo|coc_?coc|search)|"
    r"userAgent[^;{}]{0,200}?(?:google|bing|bot\b|spider|crawler)",
    re.IGNORECASE,
)
GO = re.compile(
    r"(?:window\.|document\.|self\.|top\.|parent\.)?location(?:\.href)?\s{0,5}=\s{0,5}[\"']([^\"']{4,500})[\"']|"
    r"location\.(?:replace|assign)\s{0,5}\(\s{0,5}[\"']([^\"']{4,500})[\"']",
    re.IGNORECASE,
)
FUNCTION = re.compile(r"\bfunction\b|=>|addEventListener|onclick", re.IGNORECASE)
MINING = re.compile(r"(?:CoinHive|CryptoLoot|Client|CRLT)\.(?:Anonymous|User)\s{0,3}\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScriptSign:
    """One reason to distrust a script or frame: `kind` is a closed list, `saw` the piece that shows it."""

    kind: str  # miner disguised conditional-redirect redirect spam-host hidden-frame
    saw: str
    host: str = ""


def script_signs(
    scripts: tuple[Script, ...], frames: tuple[PlacedFrame, ...], family: Family, lexicon: Lexicon
) -> tuple[ScriptSign, ...]:
    """Every sign of a page, in document order, each once."""
    found: dict[ScriptSign, None] = {}
    left = CODE_LIMIT
    for script in scripts:
        signs = _of_address(script.url, family, lexicon) if script.url else ()
        code = script.code[:left]
        left -= len(code)
        for sign in (*signs, *_of_code(code, family, lexicon)):
            found[sign] = None
    for frame in frames:
        for sign in _of_frame(frame, family, lexicon):
            found[sign] = None
    return tuple(found)


def _of_address(url: str, family: Family, lexicon: Lexicon) -> Iterator[ScriptSign]:
    host = host_in(url)
    lowered = url.lower()
    if any(miner in lowered for miner in lexicon.miners):
        yield ScriptSign("miner", url[:SAW_LIMIT], host)
    elif family.kin(host) is Kin.STRANGER and (host_weight(host, lexicon) >= 3 or _is_number(host)):
        yield ScriptSign("spam-host", url[:SAW_LIMIT], host)


def _is_number(host: str) -> bool:
    """True for a host whose own name is a long number: betting rings change through them by the week."""
    labels = host.rpartition(".")[0].split(".")
    return len(labels[-1]) >= NUMBER_LENGTH and labels[-1].isdigit() and host.rpartition(".")[2].isalpha()


def _of_frame(frame: PlacedFrame, family: Family, lexicon: Lexicon) -> Iterator[ScriptSign]:
    host = host_in(frame.url)
    if family.kin(host) is not Kin.STRANGER:
        return
    if host_weight(host, lexicon) >= 3:
        yield ScriptSign("spam-host", frame.url[:SAW_LIMIT], host)
    elif frame.hiding is not None and (
        frame.hiding.is_strong or frame.hiding.value in ("display-none", "invisible")
    ):
        yield ScriptSign("hidden-frame", f"{frame.url[:SAW_LIMIT]} ({frame.how})", host)


def _of_code(code: str, family: Family, lexicon: Lexicon) -> Iterator[ScriptSign]:
    if not code.strip():
        return
    lowered = code.lower()
    if MINING.search(code) or any(miner in lowered for miner in lexicon.miners):
        yield ScriptSign("miner", _around(code, MINING.search(code)))
    yield from _disguised(code, family, lexicon)
    yield from _redirects(code, family, is_disguised=False)


def _disguised(code: str, family: Family, lexicon: Lexicon) -> Iterator[ScriptSign]:
    """What comes to light when disguises are undone, and code whose every name is a disguise."""
    layers = [code]
    for _round in range(ROUNDS):
        shown = "\n".join(undone for layer in layers for undone in _undo(layer))[:DECODED_LIMIT]
        if not shown:
            break
        hosts = [host_in(_whole(a)) for a in ADDRESS.findall(shown)]
        strangers = [h for h in hosts if family.kin(h) is Kin.STRANGER]
        if (DEED.search(shown) and strangers) or any(m in shown.lower() for m in lexicon.miners):
            yield ScriptSign("disguised", _readable(shown), next(iter(strangers), ""))
            return
        layers = [shown]
    names = len(NAMES.findall(code, 0, CODE_LIMIT))
    if names >= 20 and (DEED.search(code) or "referrer" in "\n".join(layers) or _builds(layers)):
        yield ScriptSign("disguised", _around(code, NAMES.search(code)))


def _builds(layers: list[str]) -> bool:
    text = "\n".join(layers)
    return any(word in text for word in ("createElement", "appendChild", "userAgent", "location"))


def _redirects(code: str, family: Family, *, is_disguised: bool) -> Iterator[ScriptSign]:
    """Redirects to strangers: for some visitors only, or at once for everybody."""
    sniffs = SNIFF.search(code)
    for number, hit in enumerate(GO.finditer(code)):
        if number >= HITS:
            return
        host = host_in(_whole(hit[1] or hit[2] or ""))
        if family.kin(host) is not Kin.STRANGER:
            continue
        if sniffs:
            yield ScriptSign("conditional-redirect", _around(code, sniffs), host)
        elif is_disguised or not FUNCTION.search(code[max(0, hit.start() - 2000) : hit.start()]):
            yield ScriptSign("redirect", _around(code, hit), host)


def _undo(code: str) -> Iterator[str]:
    for pattern, way in WAYS:
        for number, hit in enumerate(pattern.finditer(code)):
            if number >= HITS:
                break
            if undone := way(hit[1]):
                yield undone
    if PACKED.search(code):
        yield code[-DECODED_LIMIT:].replace("|", " ")


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
    except (binascii.Error, ValueError):
        return ""


def _from_codes(text: str) -> str:
    numbers = [part.strip() for part in text.split(",")]
    try:
        return "".join(chr(int(n, 0)) for n in numbers if n)
    except (ValueError, OverflowError):
        return ""


def _from_escapes(text: str) -> str:
    """Text of escapes; nothing when only a few signs are escaped, as honest code does to keep `<` out of a page."""
    undone, count = ESCAPE.subn(lambda m: chr(int(m[1] or m[2], 16)), text)
    return undone if count >= MOSTLY * len(undone) else ""


def _from_percent(text: str) -> str:
    """Text of per cent signs, likewise."""
    undone = unquote(text.replace("%u00", "%"), errors="replace")
    return undone if text.count("%") >= MOSTLY * len(undone) else ""


WAYS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (BASE64, _from_base64),
    (CODES, _from_codes),
    (PERCENT, _from_percent),
    (HEXES, _from_escapes),
)


def _whole(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address


def _around(code: str, hit: "re.Match[str] | None") -> str:
    start = max(0, hit.start() - 80) if hit else 0
    return " ".join(code[start : start + SAW_LIMIT].split())


def _readable(text: str) -> str:
    kept = "".join(sign if sign.isprintable() else " " for sign in text[: SAW_LIMIT * 2])
    return " ".join(kept.split())[:SAW_LIMIT]
