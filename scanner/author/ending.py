"""When the support of what a site runs ends: every product and server part whose calendar has a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scanner.author.cms import data_values, proof, readable
from scanner.identify.lifetime import OLD_LINES_GET_FIXES
from scanner.identify.platform import Platform
from scanner.identify.support import newest_release, newest_supported, place_of, support_of
from scanner.model.check import Context
from scanner.model.reference import ProductTable

FOLLOWED = frozenset({"php", "apache-httpd", "nginx", "tomcat", "openssl"})


@dataclass(frozen=True, slots=True)
class Ending:
    """One line of software and the day its security support ends."""

    name: str
    version: str
    ends_on: date
    target: str  # where to go
    saw: str
    is_server: bool = False


def endings_of(platform: Platform, ctx: Context) -> tuple[Ending, ...]:
    """Every published end, of products first; the latest where a reading allows several lines."""
    return (*_of_products(platform, ctx), *_of_server(platform, ctx))


def _of_products(platform: Platform, ctx: Context) -> Iterator[Ending]:
    day = ctx.seen_at.date()
    for product in platform.products:
        found = readable(platform, ctx, product.key)
        if not isinstance(found, tuple) or product.key in OLD_LINES_GET_FIXES:
            continue
        _product, reading, table = found
        ends = [s.ended_on for s in support_of(reading, table, day)]
        if reading.lines and ends and all(ends):
            target = dict(data_values(reading, table, ctx))["target"]
            last = max(end for end in ends if end)
            yield Ending(
                product.name, reading.text, last, f"{product.name} {target}", proof(product, reading)
            )


def _of_server(platform: Platform, ctx: Context) -> Iterator[Ending]:
    day = ctx.seen_at.date()
    for part in platform.components:
        table = ctx.ref.products.get(part.key)
        if not part.version or part.key not in FOLLOWED or table is None:
            continue
        ended_on = place_of(part.version, table, day).ended_on
        if ended_on is not None:
            saw = f"{part.header}: {part.saw}"
            yield Ending(
                part.name, part.version, ended_on, f"{part.name} {_target(table, day)}", saw, is_server=True
            )


def _target(table: ProductTable, day: date) -> str:
    goal = newest_supported(table, day)
    return (newest_release(goal.line, table, day) or goal.line) if goal else ""
