"""Addresses as browsers resolve them: stray tabs, backslashes and missing slashes do not hide where they lead."""

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

IGNORED = str.maketrans("", "", "\t\n\r")
OUTER = "".join(map(chr, range(0x21)))  # C0 controls and the blank (URL standard section 4.4)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
WEB = re.compile(r"(https?):", re.IGNORECASE)
PLAIN = re.compile(
    r"(https?:/)?/[^\x00-\x20/\\][^\x00-\x20\\]*"
)  # nothing to forgive: most references of most pages


def resolve(base: str, reference: str) -> str:
    """One reference against its base; see `resolver`."""
    return resolver(base)(reference)


def resolver(base: str) -> Callable[[str], str]:
    """A function that resolves references against this base.

    A reference nobody could resolve is given back as it stands; other schemes (data:, mailto:) too.
    """
    scheme, origin = _origin(base)

    def absolute(reference: str) -> str:
        plain = PLAIN.fullmatch(reference)
        if plain and (plain[1] or (origin and "/." not in reference)):
            return reference if plain[1] else origin + reference
        text = reference.strip(OUTER).translate(IGNORED)
        web = WEB.match(text)
        if web:
            found, rest = web[1].lower(), _forward(text[web.end() :])
            if found != scheme or rest.startswith("//"):
                return f"{found}://{rest.lstrip('/')}"
            text = rest  # "https:page" under https is a relative reference
        elif SCHEME.match(text):
            return text
        else:
            text = _forward(text)
        if text.startswith("//"):
            return f"{scheme}:{text}" if scheme else text
        if origin and text.startswith("/") and "/." not in text:
            return origin + text  # the common case, without the cost of the general one
        return _joined(base, text)

    return absolute


def _forward(text: str) -> str:
    """Backslashes before the query are slashes on the Web (URL standard section 4.4)."""
    end = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def _origin(base: str) -> tuple[str, str]:
    """The scheme and the origin of a base on the Web; empty when it is none."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return "", ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "", ""
    return parts.scheme, f"{parts.scheme}://{parts.netloc}"


def _joined(base: str, text: str) -> str:
    try:
        return urljoin(base, text)
    except ValueError:
        return text


def host_of(url: str) -> str:
    """The host of an absolute address, lower case; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
