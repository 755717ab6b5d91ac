"""Whose host a host is, as seen from a site: its own family, an official one, one every page links, or a stranger's."""

from enum import StrEnum
from functools import lru_cache

from scanner.model.lexicon import Lexicon
from scanner.model.reference import Reference, SuffixTable
from scanner.parse.suffix import registrable


class Kin(StrEnum):
    """The closed list."""

    OWN = "own"  # same registrable domain
    OFFICIAL = "official"
    FAMILIAR = "familiar"
    STRANGER = "stranger"
    NONE = "none"  # no host: mailto, javascript, nonsense


class Family:
    """Answers for one site; each host is looked up once."""

    def __init__(self, host: str, ref: Reference) -> None:
        self._home = home_of(host, ref.suffixes)
        self._host = host
        self._suffixes = ref.suffixes
        self._lexicon = ref.lexicon
        self._known: dict[str, Kin] = {"": Kin.NONE}

    def kin(self, host: str) -> Kin:
        """What a host is to the site."""
        known = self._known.get(host)
        if known is None:
            known = self._known[host] = self._look(host)
        return known

    def _look(self, host: str) -> Kin:
        if host == self._host or home_of(host, self._suffixes) == self._home:
            return Kin.OWN
        if is_below(host, self._lexicon.official):
            return Kin.OFFICIAL
        return Kin.FAMILIAR if is_familiar(host, self._lexicon) else Kin.STRANGER


def home_of(host: str, suffixes: SuffixTable) -> str:
    """The registrable domain of a host, or the host itself where there is none."""
    return registrable(host, suffixes) or host


def is_below(host: str, suffixes: tuple[str, ...]) -> bool:
    """True for a host that is one of the names or lies below one."""
    return any(host == suffix or host.endswith(f".{suffix}") for suffix in suffixes)


def is_familiar(host: str, lexicon: Lexicon) -> bool:
    """True for hosts nearly every honest page links or embeds."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in lexicon.familiar for at in range(len(labels) - 1))


@lru_cache(maxsize=4096)
def host_in(url: str) -> str:
    """The host of an http(s) address, lower case; empty when it has none. Cheap, for pages with thousands of links."""
    scheme, mark, rest = url.partition("://")
    if not mark or scheme.lower() not in ("http", "https"):
        return ""
    for sign in "/?#":
        rest = rest.partition(sign)[0]
    name = rest.rpartition("@")[2].lower()
    return name.partition("]")[0].lstrip("[") if name.startswith("[") else name.partition(":")[0].rstrip(".")
