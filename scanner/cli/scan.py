"""`rasoat scan`: visit sites, judge what was seen, say what was found."""

import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from scanner.cli.guard import guarded
from scanner.cli.progress import Watch
from scanner.cli.speech import language, say
from scanner.config import load_or_default
from scanner.errors import AskingError
from scanner.model.agency import Agency, Depth, Inventory, Province, Site
from scanner.model.check import Check
from scanner.model.finding import Severity
from scanner.model.settings import Settings
from scanner.model.text import Text
from scanner.model.visit import Job

if TYPE_CHECKING:
    from scanner.execute.local import Stop
    from scanner.model.dossier import Dossier
    from scanner.pipeline import Outcome

FORMATS = ("table", "json", "csv", "sarif", "junit", "html")
NOTHING_TO_RESUME = Text("không có lượt rà soát dở dang nào", "there is no interrupted scan to resume")
NO_SITE = Text(
    "danh sách chưa có trang nào để rà soát; thêm trang bằng `rasoat inventory import`",
    "the inventory has no site to visit; add some with `rasoat inventory import`",
)
NOT_AN_ADDRESS = Text(
    "muốn xem một trang không có trong danh sách, hãy viết đủ địa chỉ, ví dụ https://{name}",
    "to look at a site that is in no inventory, write its whole address, such as https://{name}",
)
INTERRUPTED_WORDS = Text(
    "đã dừng; `rasoat scan --resume` làm tiếp từ chỗ này",
    "interrupted; `rasoat scan --resume` goes on where this stopped",
)
FINISHING = Text(
    "đang làm nốt các trang dở dang; nhấn Ctrl-C lần nữa để dừng ngay",
    "finishing the sites in flight; press Ctrl-C again to stop at once",
)
OLD = Text(
    "cảnh báo: bảng dữ liệu cũ nhất là ngày {on} ({n} ngày); xem `rasoat data status`",
    "warning: the oldest table is of {on} ({n} days); see `rasoat data status`",
)
TOO_OLD = Text(
    "LỖI: dữ liệu quá cũ, bảng cũ nhất là ngày {on} ({n} ngày, quá 90); lỗ hổng mới chưa được xét."
    " Xem `rasoat data status`, cập nhật bằng `rasoat data update`, rồi `rasoat rejudge`",
    "ERROR: the tables are too old, the oldest is of {on} ({n} days, over 90); new holes are not looked for."
    " See `rasoat data status`, update with `rasoat data update`, then `rasoat rejudge`",
)
CLEAN, FINDINGS, TOO_FEW, OUR_DEFECT, INTERRUPTED = 0, 1, 3, 4, 130


@click.command("scan")
@click.argument("targets", nargs=-1)
@click.option("--depth", type=click.Choice([d.value for d in Depth]), help="How deep to look.")
@click.option("--check", "only", multiple=True, metavar="ID", help="Run only this check or topic.")
@click.option(
    "--resolve", multiple=True, metavar="NAME:ADDRESS", help="Visit NAME at ADDRESS instead of asking DNS."
)
@click.option(
    "--resolver", multiple=True, metavar="IP:PORT", help="DNS server to ask instead of the system's."
)
@click.option("--allow-address", multiple=True, metavar="CIDR", help="Open a private or loopback block.")
@click.option(
    "--roots",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="PEM file that replaces the public roots.",
)
@click.option(
    "--extra-ca",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="PEM file of a private anchor.",
)
@click.option("--format", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead of stdout."
)
@click.option(
    "--fail-on",
    type=click.Choice([*(s.value for s in Severity), "none"]),
    default="high",
    show_default=True,
    help="Exit 1 when an open finding is at least this bad.",
)
@click.option("--resume", is_flag=True, help="Go on with the last scan that was interrupted.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
@click.pass_context
@guarded
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    depth: str | None,
    only: tuple[str, ...],
    resolve: tuple[str, ...],
    resolver: tuple[str, ...],
    allow_address: tuple[str, ...],
    roots: Path | None,
    extra_ca: tuple[Path, ...],
    format: str,  # noqa: A002 - the option's name, so that RASOAT_SCAN_FORMAT works
    output: Path | None,
    fail_on: str,
    resume: bool,
    quiet: bool,
) -> None:
    """Visit every site of the inventory, or only TARGETS: site ids, agency ids, or addresses.

    An address that is in no inventory (https://one.site.gov.vn) is looked at as a browser would look, without any
    file: the passive depth.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or configuration, 3 could not look at enough
    sites, 4 our own defect or a degraded run, 130 interrupted.
    """
    if format == "table" and output is not None:
        raise click.UsageError("-o needs a --format other than table")
    settings = load_or_default(ctx.obj)
    network = replace(
        settings.network,
        hosts={**settings.network.hosts, **_pins(resolve)},
        resolver=resolver or settings.network.resolver,
        allow_addresses=(*settings.network.allow_addresses, *allow_address),
        roots=roots or settings.network.roots,
        extra_ca=(*settings.network.extra_ca, *extra_ca),
    )
    wanted = Depth(depth) if depth else settings.scan.depth
    settings = replace(settings, network=network, scan=replace(settings.scan, depth=wanted))
    from scanner.registry import load_checks, select

    checks = select(load_checks(settings.check_packs), only)
    addresses = [t for t in targets if "://" in t]
    if addresses and len(addresses) != len(targets):
        raise click.UsageError("give either addresses or ids of the inventory, not both")
    if targets and not addresses and not settings.inventory.exists():
        raise AskingError(
            Text(*(words.format(name=targets[0]) for words in (NOT_AN_ADDRESS.vi, NOT_AN_ADDRESS.en)))
        )
    with _house(settings, addresses) as (settings, inventory):
        code = _run(
            settings, inventory, checks, targets, _Wishes(format, output, fail_on, resume=resume, quiet=quiet)
        )
    ctx.exit(code)


class _Wishes:
    """What is to become of the result."""

    def __init__(self, format: str, output: Path | None, fail_on: str, *, resume: bool, quiet: bool) -> None:  # noqa: A002
        self.format, self.output, self.fail_on, self.resume, self.quiet = (
            format,
            output,
            fail_on,
            resume,
            quiet,
        )


def _pins(resolve: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """NAME:ADDRESS pairs; several addresses of one name add up."""
    pins: dict[str, tuple[str, ...]] = {}
    for pair in resolve:
        name, _, address = pair.partition(":")
        if not name or not address:
            raise click.BadParameter(f"{pair!r} is not NAME:ADDRESS", param_hint="--resolve")
        pins[name.lower()] = (*pins.get(name.lower(), ()), address.strip("[]"))
    return pins


@contextmanager
def _house(settings: Settings, addresses: Sequence[str]) -> Iterator[tuple[Settings, Inventory]]:
    """The inventory and where to store; addresses that are in no inventory get a store that leaves nothing behind."""
    if not addresses:
        from scanner.inventory import load_inventory

        yield settings, load_inventory(settings.inventory)
        return
    from scanner.pipeline import without_files

    with tempfile.TemporaryDirectory(prefix="rasoat-", ignore_cleanup_errors=True) as folder:
        yield without_files(settings, Path(folder)), _loose(addresses)


def _loose(addresses: Sequence[str]) -> Inventory:
    """An inventory of addresses nobody has listed: one agency per host."""
    from scanner.plan import site_for_url

    sites: dict[str, Site] = {}
    for address in addresses:
        site = site_for_url(address)
        sites[site.id] = site
    agencies = tuple(Agency(id=s.agency_id, name=s.name or s.url) for s in sites.values())
    return Inventory(province=Province(name=""), agencies=agencies, sites=tuple(sites.values()))


def _run(
    settings: Settings,
    inventory: Inventory,
    checks: tuple[Check, ...],
    targets: tuple[str, ...],
    wishes: _Wishes,
) -> int:
    """Scan, write, and give the exit code."""
    from scanner import pipeline
    from scanner.execute.local import Stop
    from scanner.plan import make_jobs
    from scanner.store import Store

    today = pipeline.local_day(pipeline.utc_now())
    only = () if all("://" in t for t in targets) else targets

    def jobs(scan_id: str) -> tuple[Job, ...]:
        return make_jobs(inventory, checks=checks, settings=settings, today=today, scan_id=scan_id, only=only)

    if not jobs(""):
        raise AskingError(NO_SITE)  # a scan that looks at nothing must not be green
    pipeline.check_rules(settings, inventory)

    with Store.open(settings.store.url) as store, store.locked():
        this = store.unfinished() if wishes.resume else None
        if wishes.resume and this is None:
            raise AskingError(NOTHING_TO_RESUME)
        this = this or pipeline.begin(store, settings, inventory, jobs)
        _tell_age(this.data_date, today, is_quiet=wishes.quiet)
        watch = Watch(len(store.pending(this.id)), quiet=wishes.quiet)
        stop = Stop()
        with watch.shown(), _interruptible(stop, watch.say):
            outcome = pipeline.scan(
                store, this.id, settings, checks, on_visit=watch.ended, on_start=watch.started, stop=stop
            )
        dossier = pipeline.issue(settings, store, this.id)
    _write(dossier, wishes)
    if stop.is_soft and outcome.scan.finished_at is None:
        watch.say(INTERRUPTED_WORDS.into(language()))
        return INTERRUPTED
    return exit_code(outcome, dossier, settings, wishes.fail_on)


def _tell_age(data_date: str, today: date, *, is_quiet: bool) -> None:
    """Say that tables are old; too old is said even where everything else is quiet."""
    from scanner.data.age import Age, age_of

    days = (today - date.fromisoformat(data_date)).days
    age = age_of(days)
    if age is Age.TOO_OLD or (age is Age.OLD and not is_quiet):
        words = TOO_OLD if age is Age.TOO_OLD else OLD
        on = f"{date.fromisoformat(data_date):%d/%m/%Y}"
        say(Text(words.vi.format(on=on, n=days), words.en.format(on=on, n=days)))


@contextmanager
def _interruptible(stop: "Stop", say: Callable[[str], None]) -> Iterator[None]:
    """Ctrl-C once: finish the sites in flight. Twice: end at once; the scan can be resumed either way."""

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        stop.request()
        if not stop.is_hard:
            say(FINISHING.into(language()))

    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def exit_code(outcome: "Outcome", dossier: "Dossier", settings: Settings, fail_on: str) -> int:
    """0 clean, 1 findings, 3 could not look at enough sites, 4 our own defect; the blind scan wins over 0 and 1."""
    if outcome.scan.degraded or outcome.has_errors:
        return OUR_DEFECT
    if outcome.looked_share < settings.scan.minimum_reached:
        return TOO_FEW
    if fail_on == "none":
        return CLEAN
    limit = Severity(fail_on).rank
    open_rulings = (r for s in dossier.rulings.values() for r in s.rulings if r.is_open)
    return FINDINGS if any(r.severity.rank <= limit for r in open_rulings) else CLEAN


def _write(dossier: "Dossier", wishes: _Wishes) -> None:
    """The result in the wanted format, to the wanted place."""
    if wishes.format == "table" and wishes.output is None:
        from scanner.cli.show import show

        show(dossier, language())
        return
    from reports import writing
    from reports.shelf import render

    content = render(dossier, wishes.format, language())
    if wishes.output is None:
        click.echo(content, nl=False)
    else:
        writing.write(wishes.output, content)
