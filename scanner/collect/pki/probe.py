"""Fetches the addresses written inside certificates, one after the other, as the pure readings ask for them.

These addresses come from the scanned party. So: plain http on port 80 only, public addresses only - even where the
configuration opens private blocks for sites -, three redirects at most under the same rules, one mebibyte, five
seconds, a dozen for a visit, each once for a scan and a day.
"""

import asyncio
from dataclasses import replace
from urllib.parse import urlsplit

from scanner.collect.failure import NETWORK_ERRORS, missing_from
from scanner.collect.http.redirect import location_of
from scanner.collect.http.transport import Client
from scanner.collect.net import VisitNet
from scanner.errors import ProbeError
from scanner.identify.certificates import next_address
from scanner.identify.revoked import Ask
from scanner.model.evidence import Body, Evidence, Fetched, Missing, PkiEvidence, Response, Why
from scanner.parse.certificate_url import led_to

REDIRECTS = 3
OK = 200


async def probe_pki(visit: VisitNet, seen: Evidence, *, until: float) -> PkiEvidence:
    """What the addresses gave. `seen` holds the TLS part; `until` is loop time."""
    pki = PkiEvidence()
    async with visit.outside() as outside:
        while len(pki.fetched) < visit.net.limits.certificate_urls:
            ask = next_address(replace(seen, pki=pki), visit.net.tables)
            if ask is None:
                break
            pki = PkiEvidence((*pki.fetched, await _once(outside, ask, seen, until)))
    return pki


async def _once(outside: VisitNet, ask: Ask, seen: Evidence, until: float) -> Fetched:
    """What an address gives: what is kept of it, or what it says now. Visits that want the same one wait."""
    shelf = outside.net.shelf
    async with shelf.turn(ask):
        kept = shelf.find(ask, at=seen.seen_at)
        if kept is not None:
            return kept
        fetched = Fetched(ask.purpose, ask.url, await _content(outside, ask.url, until), seen.seen_at)
        if not (isinstance(fetched.content, Missing) and fetched.content.why is Why.BUDGET):
            shelf.keep(fetched)
        return fetched


async def _content(outside: VisitNet, url: str, until: float) -> bytes | Missing:
    limits = outside.net.limits
    client = Client(outside)
    now = asyncio.get_running_loop().time()
    if now >= until:
        return Missing(Why.BUDGET)
    try:
        async with asyncio.timeout_at(min(now + limits.certificate_url_s, until)) as deadline:
            client.on_wait(lambda seconds: _extend(deadline, seconds, until))
            return await _followed(client, url, limits.certificate_bytes)
    except TimeoutError:
        over = asyncio.get_running_loop().time() >= until
        return Missing(Why.BUDGET if over else Why.TIMEOUT, urlsplit(url).hostname or "")
    except NETWORK_ERRORS as error:
        return missing_from(error)
    finally:
        await client.aclose()


def _extend(deadline: asyncio.Timeout, seconds: float, until: float) -> None:
    """Politeness costs a fetch no time, but the site's budget holds."""
    when = deadline.when()
    if when is not None:
        deadline.reschedule(min(when + seconds, until))


async def _followed(client: Client, url: str, size: int) -> bytes | Missing:
    """The content behind at most three redirects."""
    for _ in range(REDIRECTS + 1):
        answer = await client.get(url, headers=(("Accept", "*/*"),), cap_bytes=size)
        location = location_of(answer.status, answer.headers)
        if location is None:
            return _read(answer)
        target = led_to(url, location) if isinstance(location, str) else None
        if target is None:
            raise ProbeError(Why.OUT_OF_SCOPE, f"redirect to {location}"[:200])
        url = target
    raise ProbeError(Why.OUT_OF_SCOPE, f"more than {REDIRECTS} redirects")


def _read(answer: Response) -> bytes | Missing:
    body = answer.body
    if answer.status != OK:
        return Missing(Why.MALFORMED, f"HTTP {answer.status}")
    if not isinstance(body, Body):
        return body
    if body.truncated:
        return Missing(Why.TOO_LARGE, f"more than {body.size_bytes} bytes")
    return body.content
