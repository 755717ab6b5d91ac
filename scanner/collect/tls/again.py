"""Which hellos ask the closed questions again: as few as can be, since each is a connection.

A hello that several questions share is as good as one for each when it is closed too: what it offers is refused.
"""

from collections.abc import Mapping
from functools import partial

from scanner.collect.tls.hello import SSL3, TLS10, TLS11, TLS12, TLS13
from scanner.collect.tls.inquiry import Again, Key, Pending
from scanner.collect.tls.question import choice, choice12_or_13
from scanner.collect.tls.suites import HELLO_LIMIT
from scanner.collect.tls.suites import TLS13 as SUITES13

VERSION, SUITES, CLASS = "version", "suites", "class"
OLD = (TLS11, TLS10, SSL3)


def merged(pending: Mapping[Key, Pending], host: str) -> list[Again]:
    """The hellos, those about suites first: the gravest verdicts hang on them."""
    left = dict(pending)
    found = [*_classes(left, host), *_suites(left, host), *_old_versions(left)]
    return [*found, *((p.question.make, (key,)) for key, p in left.items())]


def _classes(left: dict[Key, Pending], host: str) -> list[Again]:
    """The class of harmful suites in TLS 1.2 together with TLS 1.3: a server without both closes once for both."""
    harmful, newest = Key(CLASS, TLS12), Key(VERSION, TLS13)
    if harmful not in left or newest not in left:
        return []
    suites = left.pop(harmful).question.suites
    del left[newest]
    return [(partial(choice12_or_13, host, (*SUITES13, *suites)[:HELLO_LIMIT]), (harmful, newest))]


def _suites(left: dict[Key, Pending], host: str) -> list[Again]:
    """The ends of the lists of one version, as far as one hello holds them."""
    found: list[Again] = []
    for version in {key.version for key in left if key.about == SUITES}:
        keys = [key for key in left if key.about == SUITES and key.version == version]
        offered = {key: left[key].question.suites for key in keys}
        while len(keys) > 1 and sum(len(offered[key]) for key in keys) > HELLO_LIMIT:
            keys.remove(max(keys, key=lambda key: len(offered[key])))
        if len(keys) > 1 and version != TLS13:
            suites = tuple(s for key in keys for s in offered[key])
            found.append((partial(choice, version, host, suites), tuple(keys)))
            for key in keys:
                del left[key]
    return found


def _old_versions(left: dict[Key, Pending]) -> list[Again]:
    """A hello of the newest one offers the older ones as well (RFC 5246 appendix E.1)."""
    keys = tuple(Key(VERSION, v) for v in OLD if Key(VERSION, v) in left)
    if not keys:
        return []
    make = left[keys[0]].question.make
    for key in keys:
        del left[key]
    return [(make, keys)]
