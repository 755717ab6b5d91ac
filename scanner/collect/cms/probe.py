"""Targeted requests: files of the recognised product, scripts of the page; one at a time, where the depth allows them.

What to ask is decided by the pure `scanner.identify.next_file` after each answer. Only GET, only the site's own
host, no redirect is followed, and the site is left alone at its first wish: 429, 503, or three refusals in a row.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from scanner.collect.failure import NETWORK_ERRORS, missing_from
from scanner.collect.http.transport import Client
from scanner.identify.login import LOGIN
from scanner.identify.next_file import SCRIPT, Ask, budget_of, further_asks, next_ask
from scanner.identify.platform import Platform, platform_of
from scanner.identify.release_index import mark_of
from scanner.model.evidence import (
    Body,
    CmsEvidence,
    End,
    Evidence,
    Exchange,
    Fetch,
    Missing,
    Response,
    Why,
)

KEPT_BYTES = 4_096  # a version stands at the top of a file; the hash is of all of it
LOGIN_BYTES = 16_384  # the form stands below styles and scripts

Token = Callable[[], str]


async def probe_cms(client: Client, seen: Evidence, *, until: float, token: Token) -> CmsEvidence | Missing:
    """The files of the leading product of a page. `seen` holds the page; `until` is loop time."""
    if not budget_of(seen.depth):
        return Missing(Why.NOT_ASKED, f"depth {seen.depth.value}")
    platform = platform_of(seen, client.visit.net.tables)
    if isinstance(platform, Missing):
        return platform
    if not isinstance(platform, Platform):
        return Missing(Why.NOT_ASKED, platform.because)
    return CmsEvidence(await _walk(client, platform, seen, until=until, token=token))


async def _walk(
    client: Client, platform: Platform, seen: Evidence, *, until: float, token: Token
) -> tuple[Fetch, ...]:
    fetches: list[Fetch] = []
    loop = asyncio.get_running_loop()
    further = further_asks(platform.url, platform.extensions, platform.libraries)

    def following() -> Ask | None:
        return next_ask(
            platform.products,
            fetches,
            page_url=platform.url,
            ref=client.visit.net.tables,
            depth=seen.depth,
            token=token(),
            further=further,
        )

    while ask := following():
        if fetches:
            await asyncio.sleep(min(client.visit.net.limits.file_gap_s, max(until - loop.time(), 0.0)))
        if loop.time() >= until:
            fetches.append(_unasked(ask))
            break
        fetches.append(await _fetch(client, ask, until))
    return tuple(fetches)


def _unasked(ask: Ask) -> Fetch:
    return Fetch(ask.purpose, (Exchange(ask.url, Missing(Why.BUDGET)),), End.FAILED)


async def _fetch(client: Client, ask: Ask, until: float) -> Fetch:
    """One answer, its body as its hash and its first bytes."""
    now = asyncio.get_running_loop().time()
    answer: Response | Missing
    try:
        async with asyncio.timeout_at(min(now + client.visit.net.limits.probe_s, until)):
            cap = KEPT_BYTES if ask.purpose == SCRIPT else None  # no hash of a script is wanted
            answer = _reduced(await client.get(ask.url, cap_bytes=cap), ask)
    except NETWORK_ERRORS as error:
        answer = missing_from(error)
    except TimeoutError:
        answer = Missing(Why.TIMEOUT, "targeted request")
    end = End.FAILED if isinstance(answer, Missing) else End.FINAL
    return Fetch(ask.purpose, (Exchange(ask.url, answer, "GET", client.address),), end)


def _reduced(answer: Response, ask: Ask) -> Response:
    body = answer.body
    if not isinstance(body, Body):
        return answer
    mark = "" if body.truncated else mark_of(body.content, urlsplit(ask.url).path)
    kept = LOGIN_BYTES if ask.purpose == LOGIN else KEPT_BYTES
    cut = len(body.content) > kept
    short = replace(body, content=body.content[:kept], truncated=body.truncated or cut, mark=mark)
    return replace(answer, body=short)
