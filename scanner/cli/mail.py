"""`rasoat mail`: post the reports of a scan, or show what would be posted."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from reports.clean import file_name
from scanner.cli.guard import guarded
from scanner.cli.report import known_agencies
from scanner.cli.speech import say
from scanner.config import load_or_default
from scanner.errors import ConfigError, Problem
from scanner.model.agency import Agency
from scanner.model.dossier import Dossier
from scanner.model.parcel import Parcel, Posting
from scanner.model.settings import Settings
from scanner.model.text import Language, Text
from scanner.store import Store

DELIVERED, UNADDRESSED, UNDELIVERED = 0, 2, 4
LOOK_IS_FRESH = timedelta(hours=1)  # a repeated command does not visit the same sites again
UNFINISHED = Text(
    "lần quét này chưa kết thúc nên chưa gửi được; chạy tiếp: rasoat scan --resume",
    "this scan has not ended, so nothing is posted; go on with it: rasoat scan --resume",
)


NO_PASSWORDS = Text("[mail] passwords: chưa ghi tệp nào", "[mail] passwords: no file is named")
PASSWORDS_HINT = Text(
    'ghi chẳng hạn passwords = "mat-khau-pdf.toml"', 'write for example passwords = "pdf-passwords.toml"'
)


@click.group("mail", invoke_without_command=True)
@click.option("--scan", default="latest", show_default=True, metavar="ID", help="Which scan's reports.")
@click.option("--agency", multiple=True, metavar="ID", help="Only this agency; repeatable.")
@click.option("--language", type=click.Choice(["vi", "en"]), help="Default: as configured under [mail].")
@click.option("--send", is_flag=True, help="Really post. Without it, only .eml files are written.")
@click.option(
    "--verify/--no-verify",
    default=None,
    help="With --send: look once more at new grave findings first. Default: as configured.",
)
@click.option("--all", "everybody", is_flag=True, help="Also agencies that have nothing new to read.")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for .eml files."
)
@click.pass_context
@guarded
def command(
    ctx: click.Context,
    *,
    scan: str,
    agency: tuple[str, ...],
    language: Language | None,
    send: bool,
    verify: bool | None,
    everybody: bool,
    output: Path | None,
) -> None:
    """Write one message per agency and registered contact to .eml files; with --send, post them.

    An agency with nothing new is written to only when the last message is old enough (digest_days), when it is
    named with --agency, or with --all. What is new and grave is looked at once more before it is posted, and
    told as awaiting confirmation when it passes. Prints a line per message on stdout: recipient, state, detail.
    A message is posted once: repeating the command sends only what is still due.

    Exit codes: 0 all is done, 2 configuration, or an agency nobody can be written to about, 4 a message is
    not delivered (waiting for another try, failed, or unknown).
    """
    if ctx.invoked_subcommand is not None:
        return
    from reports.mail import compose
    from reports.rhythm import last_written
    from reports.seal import seals_of
    from scanner.pipeline import issue, utc_now

    settings = load_or_default(ctx.find_root().obj)
    with Store.open(settings.store.url) as store:
        this = store.scan(scan)
        if send and this.finished_at is None:
            raise ConfigError([Problem("--send", None, UNFINISHED)])
        dossier = issue(settings, store, this.id)
        only = known_agencies(dossier, agency)
        if send and (settings.mail.verify if verify is None else verify):
            dossier = _verified(store, settings, dossier, only)
        last = None if everybody or only else last_written(store.parcels(), store.scans(), this)
        seals = seals_of(settings.mail, os.environ, _addresses(dossier))
        post = compose(
            dossier, settings.mail, now=utc_now(), only=only, language=language, last=last, seals=seals
        )
        if send:
            code = _send(store, settings, post.parcels)
        else:
            code = _dry_run(dossier, output or settings.report.folder / this.id / "mail", post.parcels)
    _name_silent(post.silent)
    _name_unreachable(post.unreachable)
    ctx.exit(code or (UNADDRESSED if post.unreachable else DELIVERED))


@command.command("status")
@click.option("--scan", metavar="ID", help="Only the messages of this scan.")
@click.pass_context
@guarded
def status_command(ctx: click.Context, scan: str | None) -> None:
    """Show where every message of the outbox stands: recipient, state, detail. Nothing is sent.

    Exit codes: 0 all are delivered, 4 one is not.
    """
    settings = load_or_default(ctx.find_root().obj)
    with Store.open(settings.store.url) as store:
        this = store.scan(scan).id if scan else None
        ctx.exit(_show(store.parcels(this)))


@command.command("retry")
@click.argument("message_id", nargs=-1)
@click.pass_context
@guarded
def retry_command(ctx: click.Context, message_id: tuple[str, ...]) -> None:
    """Post again what failed, and each MESSAGE-ID. A message of unknown fate is posted only when it is named.

    Exit codes: 0 these are delivered now, 2 configuration, 4 one is not, or there is no such message.
    """
    from scanner.pipeline import utc_now

    settings = load_or_default(ctx.find_root().obj)
    with Store.open(settings.store.url) as store:
        store.recover_post()
        failed = [p.message_id for p in store.parcels() if p.state is Posting.FAILED]
        wanted = frozenset({*failed, *message_id})
        for one in wanted:
            store.mark(one, Posting.QUEUED)
        if wanted:
            _deliver(store, settings, utc_now)
        ctx.exit(_show(parcel for parcel in store.parcels() if parcel.message_id in wanted))


@command.command("passwords")
@click.pass_context
@guarded
def passwords_command(ctx: click.Context) -> None:
    """Draw a password for each agency that has none yet, into the file named by [mail] passwords.

    Prints the id of each agency that got one, never a password: hand those over by another way than mail.
    """
    from reports.passwords import add_passwords
    from scanner.inventory import load_inventory

    settings = load_or_default(ctx.find_root().obj)
    path = settings.mail.passwords
    if path is None:
        raise ConfigError([Problem("rasoat.toml", None, NO_PASSWORDS, PASSWORDS_HINT)])
    new = add_passwords(path, (agency.id for agency in load_inventory(settings.inventory).agencies))
    for agency_id in new:
        click.echo(agency_id)
    say(
        Text(
            f"{path}: thêm {len(new)} mật khẩu; trao cho cơ quan bằng đường khác, không gửi qua thư",
            f"{path}: {len(new)} passwords added; hand them over by another way than mail",
        )
    )


def eml_name(parcel: Parcel) -> str:
    """A file name for one message: the agency, and the start of the message's own digest."""
    return f"{file_name(parcel.agency_id)}-{parcel.message_id[1:9]}.eml"


def _verified(store: Store, settings: Settings, dossier: Dossier, only: Sequence[str]) -> Dossier:
    """The dossier after one more look at the sites with something new and grave.

    Not at those just looked at, nor where the message is in the outbox already, nor for an older scan: what is seen
    now belongs to the newest one.
    """
    from reports.rhythm import fresh_and_grave
    from scanner.model.visit import VERIFY
    from scanner.pipeline import issue, look_again, utc_now

    if store.scan().id != dossier.scan.id:
        return dossier
    just_now = utc_now() - LOOK_IS_FRESH
    looks = store.second_looks(dossier.scan.id)
    fresh = {look.visit.site_id for look in looks if look.visit.finished_at > just_now}
    written = {parcel.agency_id for parcel in store.parcels(dossier.scan.id)}
    done = fresh | {site.id for site in dossier.inventory.sites if site.agency_id in written}
    sites = [site for site in fresh_and_grave(dossier, only) if site not in done]
    if not sites:
        return dossier
    n = len(sites)
    say(
        Text(
            f"xem lại {n} trang có phát hiện nặng vừa có, trước khi gửi",
            f"looking once more at {n} sites with new grave findings before posting",
        )
    )
    as_then = replace(settings, scan=replace(settings.scan, depth=dossier.scan.depth))
    look_again(store, as_then, dossier.inventory, sites, purpose=VERIFY)
    return issue(settings, store, dossier.scan.id)


def _addresses(dossier: Dossier) -> list[str]:
    """Everybody of the inventory who can be written to."""
    contacts = [c for agency in dossier.inventory.agencies for c in agency.contacts]
    officer = dossier.inventory.province.officer
    return [c.email for c in (*contacts, *((officer,) if officer else ()))]


def _dry_run(dossier: Dossier, folder: Path, parcels: tuple[Parcel, ...]) -> int:
    from reports.writing import write

    for parcel in parcels:
        path = write(folder / eml_name(parcel), parcel.eml)
        click.echo(f"{parcel.recipient}\tdry-run\t{path}")
    say(
        Text(
            f"lần quét {dossier.scan.id}: {len(parcels)} thư đã soạn, chưa gửi; thêm --send để gửi",
            f"scan {dossier.scan.id}: {len(parcels)} messages written, none sent; add --send to post them",
        )
    )
    return DELIVERED


def _send(store: Store, settings: Settings, parcels: tuple[Parcel, ...]) -> int:
    """Queue what is new, post what is due, and show where every message of these agencies stands."""
    from scanner.pipeline import utc_now

    store.recover_post()
    store.queue_all(parcels)
    _deliver(store, settings, utc_now)
    ours = {parcel.message_id for parcel in parcels}
    kept = {parcel.message_id: parcel for parcel in store.parcels() if parcel.message_id in ours}
    return _show(kept.values())


def _deliver(store: Store, settings: Settings, now: Callable[[], datetime]) -> None:
    from reports.post import deliver, password_for

    password = password_for(settings.mail, os.environ)
    for receipt in deliver(store, settings.mail, password=password, now=now):
        say(f"{receipt.parcel.recipient}: {receipt.state.value}")


def _show(parcels: Iterable[Parcel]) -> int:
    """One line per message; the exit code says whether all are delivered."""
    code = DELIVERED
    for parcel in parcels:
        click.echo(f"{parcel.recipient}\t{parcel.state.value}\t{_detail(parcel)}")
        if parcel.state is not Posting.SENT:
            code = UNDELIVERED
    return code


def _detail(parcel: Parcel) -> str:
    """What an officer needs to act on a message that has not arrived."""
    if parcel.state is Posting.SENT:
        return parcel.message_id
    again = f"; again at {parcel.next_try_at.isoformat(timespec='seconds')}" if parcel.next_try_at else ""
    return f"{parcel.message_id}; {parcel.attempts} tries; {parcel.last_error}{again}"


def _name_unreachable(agencies: Iterable[tuple[Agency, Text]]) -> None:
    for agency, reason in agencies:
        say(Text(f"{agency.id}: {reason.vi}", f"{agency.id}: {reason.en}"))


def _name_silent(agencies: Sequence[Agency]) -> None:
    if agencies:
        ids, n = ", ".join(agency.id for agency in agencies), len(agencies)
        say(
            Text(
                f"{n} cơ quan không có gì mới, lần này không gửi (thêm --all để gửi): {ids}",
                f"{n} agencies have nothing new and are not written to (--all does): {ids}",
            )
        )
