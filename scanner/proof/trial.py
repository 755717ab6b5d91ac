"""Trials: a release, a way to serve it, and what the real visit made of it."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from scanner.collect.limits import Limits
from scanner.collect.net import Net
from scanner.collect.visit import collect
from scanner.data.fingerprint import Order
from scanner.data.history import Release, releases_in, static_files
from scanner.identify.platform import Platform, platform_of
from scanner.identify.support import Reading, reading_of
from scanner.model.agency import Depth
from scanner.model.evidence import Target
from scanner.model.reference import Reference
from scanner.model.settings import NetworkSettings, ScanSettings
from scanner.model.visit import Job
from scanner.parse.version import parse_version
from scanner.proof.site import LOOPBACK, Installation, Server
from scanner.proof.unlisted import newest_of_lines, without

AT_ONCE = 8
PACE = 10_000.0  # our own server needs no politeness
HOME_PAGE = "/"


class Way(StrEnum):
    """How a release is served."""

    OPEN = "open"  # every file
    BLIND = "blind"  # files that print the version are refused
    UNLISTED = "unlisted"  # blind, and the tables do not know the newest release of any line


@dataclass(frozen=True, slots=True)
class Trial:
    """One release, one way, one answer. `reading` is None when nothing was determined."""

    product: str
    release: str
    way: Way
    reading: Reading | None
    requests: int

    @property
    def is_wrong(self) -> bool:
        """True when a release is named exactly and it is another one."""
        exact = self.reading.exact if self.reading else None
        return exact is not None and exact != parse_version(self.release)

    @property
    def is_inside(self) -> bool:
        """True when the answer holds the true release."""
        true, found = parse_version(self.release), self.reading
        if found is None:
            return False
        if not found.candidates:
            return any(true.belongs_to(line) for line in found.lines)
        named = [parse_version(text) for text in found.candidates]
        is_between = self.way is Way.UNLISTED and min(named) <= true <= max(named)  # the set is a stretch
        return true in named or is_between or (found.or_later and true > max(named))


def trials(order: Order, page: str, ref: Reference, *, count: int, seed: int) -> tuple[Trial, ...]:
    """`count` random releases served open and blind, and the newest of each line with tables that lack it."""
    product = order.history.product
    releases = releases_in(
        order.clones,
        layout=order.history.layout,
        untagged=order.untagged if order.history.has_untagged else None,
    )
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    chosen = chance.sample(releases, min(count, len(releases)))
    listed = {v for family in ref.fingerprints[product].families for v in family.versions}
    newest = frozenset(newest_of_lines(listed))
    last = [release for release in releases if str(release.version) in newest]
    before = without(ref, product, newest)
    return (
        *asyncio.run(_tried(order, page, ref, chosen, Way.OPEN)),
        *asyncio.run(_tried(order, page, ref, chosen, Way.BLIND)),
        *asyncio.run(_tried(order, page, before, chance.sample(last, min(count, len(last))), Way.UNLISTED)),
    )


@dataclass(frozen=True, slots=True)
class _Bench:
    """What the trials of one way share."""

    order: Order
    page: str
    ref: Reference
    way: Way
    net: Net
    server: Server


async def _tried(
    order: Order, page: str, ref: Reference, releases: Sequence[Release], way: Way
) -> list[Trial]:
    async with Server() as server:
        network = NetworkSettings(
            hosts={_host(place): (LOOPBACK,) for place in range(len(releases))},
            allow_addresses=(f"{LOOPBACK}/32",),
            ports={"80": server.port},
            ipv6=False,
        )
        limits = replace(Limits(), file_gap_s=0.0, connections=AT_ONCE)
        net = Net(network, ScanSettings(per_address_rate=PACE), limits=limits, tables=ref)
        bench = _Bench(order, page, ref, way, net, server)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(place: int, release: Release) -> Trial:
            async with gate:
                return await _trial(bench, release, _host(place))

        return await asyncio.gather(*(one(place, release) for place, release in enumerate(releases)))


def _host(place: int) -> str:
    return f"ban-{place}.example"


async def _trial(bench: _Bench, release: Release, host: str) -> Trial:
    history, ref = bench.order.history, bench.ref
    blocked = () if bench.way is Way.OPEN else _printing(bench.order, ref)
    site = Installation(release, bench.page, static_files(release, history.layout), frozenset(blocked))
    bench.server.sites[host] = site
    job = Job("proof", host, Target(host, None, HOME_PAGE, "http"), Depth.STANDARD, probes=("http", "cms"))
    seen = await collect(job, bench.net, now=lambda: datetime.now(UTC))
    del bench.server.sites[host]
    platform = platform_of(seen, ref)
    found = platform.product(history.product) if isinstance(platform, Platform) else None
    reading = reading_of(found, ref.products.get(history.product)) if found else None
    asked = len(site.asked) - site.asked.count(HOME_PAGE)
    return Trial(history.product, str(release.version), bench.way, reading, asked)


def _printing(order: Order, ref: Reference) -> Iterator[str]:
    """Every file that prints the version."""
    yield from order.version_files
    for family in ref.fingerprints[order.history.product].families:
        yield from (file.path for file in family.files if file.layer == 0)
