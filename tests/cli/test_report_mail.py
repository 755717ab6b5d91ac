"""`rasoat report` and `rasoat mail` over a real store and a real relay."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reports import shelf
from reports.passwords import read_passwords
from scanner.cli import main
from scanner.cli import report as report_command
from scanner.inventory.writer import write_toml
from scanner.model.agency import Agency, Contact, Role
from scanner.model.evidence import Target
from scanner.model.parcel import Posting
from scanner.model.visit import Job
from scanner.registry import load_checks
from scanner.store import Store
from tests.lab.smtp_sink import Keeper, Sink
from tests.mail.conftest import hang_up_after_the_dot, rude_relay
from tests.reports_machine.dossiers import AT, small

Run = Callable[..., Result]
SCAN_ID = "20261121T193000Z"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store that holds one finished scan of three sites, judged by six real checks."""
    dossier = small()
    ids = [check.id for check in load_checks(())][:6]
    at = f"sqlite:///{tmp_path / 'rasoat.db'}"
    with Store.open(at) as store:
        jobs = tuple(Job(SCAN_ID, site.id, Target(f"{site.id}.example")) for site in dossier.inventory.sites)
        store.begin_scan(dossier.scan, jobs, dossier.inventory)
        for visit in dossier.visits.values():
            store.start(SCAN_ID, visit.site_id)
            known = tuple(replace(f, check_id=i) for f, i in zip(visit.findings, ids, strict=True))
            store.record(replace(visit, findings=known))
        store.finish_scan(SCAN_ID, AT.replace(minute=40))
    return at


@pytest.fixture
def rasoat(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in a folder of its own; `mail` is the text of the section of that name."""

    def run(*words: str, mail: str = "") -> Result:
        config = tmp_path / "rasoat.toml"
        sections = (f'[store]\nurl = "{url}"', '[report]\nfolder = "out"', f"[mail]\nverify = false\n{mail}")
        config.write_text("\n".join(sections), encoding="utf-8")
        return CliRunner().invoke(main, ["--config", str(config), *words])

    monkeypatch.chdir(tmp_path)
    (tmp_path / "waivers.toml").write_text("", encoding="utf-8")
    return run


@pytest.fixture
def sink() -> Iterator[tuple[Keeper, str]]:
    """A relay on this machine, and the section that names it."""
    keeper = Keeper()
    with Sink(keeper) as listening:
        yield keeper, relay(listening.port)


def relay(port: int) -> str:
    return f'sender = "annm@mau.example"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'


def test_report_writes_everything_and_prints_the_paths(rasoat: Run, tmp_path: Path) -> None:
    result = rasoat("report")

    assert result.exit_code == 0, result.output
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert [p.name for p in paths[:2]] == ["index.html", "province.vi.html"]
    assert all(p.is_file() and p.parent == tmp_path / "out" / SCAN_ID for p in paths)


@pytest.fixture
def unfinished(tmp_path: Path) -> str:
    """A store whose only scan was killed before its first site."""
    dossier, at = small(), f"sqlite:///{tmp_path / 'rasoat.db'}"
    jobs = tuple(Job(SCAN_ID, site.id, Target(f"{site.id}.example")) for site in dossier.inventory.sites)
    with Store.open(at) as store:
        store.begin_scan(replace(dossier.scan, finished_at=None), jobs, dossier.inventory)
    return at


@pytest.mark.parametrize(("words", "code"), [(("report",), 0), (("mail", "--send"), 2)])
def test_a_scan_that_has_not_ended_is_called_so_and_never_posted(
    unfinished: str, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    config = tmp_path / "rasoat.toml"
    config.write_text(
        f'[store]\nurl = "{unfinished}"\n[report]\nfolder = "{tmp_path.as_posix()}/out"\n', "utf-8"
    )

    result = CliRunner().invoke(main, ["--config", str(config), *words], env={"RASOAT_LANG": "en"})

    assert result.exit_code == code, result.output
    assert "has not ended" in result.stderr


def test_the_command_offers_the_formats_of_the_shelf(rasoat: Run) -> None:
    assert (shelf.FORMATS, shelf.DEFAULTS) == (report_command.FORMATS, report_command.DEFAULTS)
    made = rasoat("report", "--format", "form,jsonl")

    assert [Path(line).name for line in made.stdout.splitlines()] == [
        "index.html",
        "so-y-te.form.vi.html",
        "so-xay-dung.form.vi.html",
        "findings.jsonl",
    ]


def test_report_takes_formats_language_agency_and_folder(rasoat: Run, tmp_path: Path) -> None:
    words = ("--format", "json,html", "--language", "both", "--agency", "so-y-te", "-o", str(tmp_path / "x"))
    result = rasoat("report", *words)

    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == ["index.html", "so-y-te.vi.html", "so-y-te.en.html", "result.json"]
    document = json.loads((tmp_path / "x" / "result.json").read_text(encoding="utf-8"))
    assert [agency["id"] for agency in document["agencies"]] == ["so-y-te"]


@pytest.mark.parametrize(
    "words",
    [("report", "--format", "docx"), ("report", "--agency", "gone"), ("mail", "--agency", "gone")],
)
def test_what_does_not_exist_is_a_usage_error(rasoat: Run, words: tuple[str, ...]) -> None:
    result = rasoat(*words)

    assert result.exit_code == 2
    assert result.stdout == ""


def test_a_scan_that_does_not_exist_is_named(rasoat: Run) -> None:
    result = rasoat("report", "--scan", "20000101T000000Z")

    assert result.exit_code == 2
    assert "20000101T000000Z" in result.stderr


def test_mail_is_a_dry_run_unless_told_to_send(rasoat: Run, sink: tuple[Keeper, str], url: str) -> None:
    keeper, section = sink
    result = rasoat("mail", mail=section)

    assert result.exit_code == 0, result.output
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [line[:2] for line in lines] == [
        ["lanhdao@syt.mau.example", "dry-run"],
        ["web@syt.mau.example", "dry-run"],
        ["sxd@mau.example", "dry-run"],
    ]
    assert all(Path(path).read_bytes().startswith(b"To: ") for _, _, path in lines)
    assert keeper.envelopes == []
    with Store.open(url) as store:
        assert store.parcels() == ()


def test_mail_sends_once_however_often_it_is_called(rasoat: Run, sink: tuple[Keeper, str]) -> None:
    keeper, section = sink
    first = rasoat("mail", "--send", mail=section)
    second = rasoat("mail", "--send", mail=section)

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert [line.split("\t")[1] for line in second.stdout.splitlines()] == ["sent"] * 3
    assert sorted(to for _, to, _ in keeper.envelopes) == [
        ("lanhdao@syt.mau.example",),
        ("sxd@mau.example",),
        ("web@syt.mau.example",),
    ]


def test_a_message_of_unknown_fate_is_held_until_it_is_named(rasoat: Run, url: str) -> None:
    with rude_relay(hang_up_after_the_dot) as port:
        held = rasoat("mail", "--send", "--agency", "so-xay-dung", mail=relay(port))
    with Store.open(url) as store:
        (parcel,) = store.parcels(SCAN_ID)
    keeper = Keeper()
    with Sink(keeper) as listening:
        again = rasoat("mail", "--send", "--agency", "so-xay-dung", mail=relay(listening.port))
        assert keeper.envelopes == []
        released = rasoat("mail", "retry", parcel.message_id, mail=relay(listening.port))

    assert (held.exit_code, again.exit_code, released.exit_code) == (4, 4, 0)
    assert parcel.state is Posting.UNKNOWN
    assert len(keeper.envelopes) == 1


def test_status_lists_the_outbox_and_sends_nothing(rasoat: Run, sink: tuple[Keeper, str]) -> None:
    keeper, section = sink
    rasoat("mail", "--send", mail=section)
    sent = len(keeper.envelopes)

    result = rasoat("mail", "status", mail=section)

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert len(keeper.envelopes) == sent


def test_an_agency_nobody_can_be_written_to_about_is_named(rasoat: Run, sink: tuple[Keeper, str]) -> None:
    keeper, section = sink
    result = rasoat("mail", "--send", mail=f'{section}roles = ["vendor"]\n')

    assert result.exit_code == 2
    assert "so-xay-dung" in result.stderr
    assert [to for _, to, _ in keeper.envelopes] == [("hotro@congty.example",)]


def test_a_relay_that_is_not_configured_loses_nothing(rasoat: Run, url: str) -> None:
    result = rasoat("mail", "--send", mail='sender = "annm@mau.example"\n')

    assert result.exit_code == 2
    with Store.open(url) as store:
        assert {parcel.state for parcel in store.parcels()} == {Posting.QUEUED}


def test_contacts_come_from_the_snapshot_of_the_scan(
    rasoat: Run, tmp_path: Path, sink: tuple[Keeper, str]
) -> None:
    stranger = Agency("so-y-te", "Khác", contacts=(Contact(Role.HEAD, "thief@z.example"),))
    (tmp_path / "agencies.toml").write_text(f"# {stranger}\n", encoding="utf-8")

    assert "thief@z.example" not in rasoat("mail", mail=sink[1]).stdout


def test_the_next_scan_without_change_writes_to_nobody_unless_asked(
    rasoat: Run, sink: tuple[Keeper, str], url: str
) -> None:
    keeper, section = sink
    rasoat("mail", "--send", mail=section)
    sent = len(keeper.envelopes)
    with Store.open(url) as store:
        first = store.visits(SCAN_ID)
        again = replace(store.scan(SCAN_ID), id="20261122T193000Z", started_at=AT.replace(day=22))
        store.begin_scan(again, store.jobs(SCAN_ID), store.inventory(SCAN_ID))
        for visit in first:
            store.record(replace(visit, scan_id=again.id))
        store.finish_scan(again.id, AT.replace(day=22, minute=40))

    quiet = rasoat("mail", "--send", mail=section)
    assert (quiet.exit_code, len(keeper.envelopes)) == (0, sent), quiet.output
    assert "so-y-te" in quiet.stderr
    named = rasoat("mail", "--agency", "so-y-te", mail=section)
    everybody = rasoat("mail", "--all", mail=section)

    assert len(named.stdout.splitlines()) == 2
    assert len(everybody.stdout.splitlines()) == 3


def test_retry_posts_what_failed_and_says_when_there_is_nothing(
    rasoat: Run, sink: tuple[Keeper, str], url: str
) -> None:
    keeper, section = sink
    rasoat("mail", "--send", "--agency", "so-xay-dung", mail='sender = "annm@mau.example"\n')
    with Store.open(url) as store:
        (parcel,) = store.parcels()
        store.mark(parcel.message_id, Posting.FAILED, "550 no such user")

    assert rasoat("mail", "status", mail=section).exit_code == 4
    assert rasoat("mail", "retry", mail=section).exit_code == 0
    assert len(keeper.envelopes) == 1
    assert rasoat("mail", "retry", mail=section).stdout == ""
    assert rasoat("mail", "retry", "<no@such>", mail=section).exit_code != 0


def test_passwords_are_drawn_for_every_agency_and_never_printed(
    rasoat: Run, tmp_path: Path, sink: tuple[Keeper, str]
) -> None:
    keeper, section = sink
    section += 'protect = "pdf"\npasswords = "secret.toml"\n'
    (tmp_path / "agencies.toml").write_text(write_toml(small().inventory), encoding="utf-8")
    unknown = rasoat("mail", "--send", mail=section)

    drawn = rasoat("mail", "passwords", mail=section)
    again = rasoat("mail", "passwords", mail=section)
    sent = rasoat("mail", "--send", mail=section)

    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "rasoat mail passwords" in unknown.stderr
    assert (drawn.stdout.splitlines(), again.stdout) == (["so-y-te", "so-xay-dung"], "")
    for password in read_passwords(tmp_path / "secret.toml").values():
        assert password not in drawn.output
    assert sent.exit_code == 0, sent.output
    assert len(keeper.envelopes) == 3


def test_passwords_need_a_file_to_be_named(rasoat: Run) -> None:
    result = rasoat("mail", "passwords")

    assert result.exit_code == 2
    assert "passwords" in result.stderr


def test_sites_are_looked_at_again_once_and_only_for_the_newest_scan(
    rasoat: Run, sink: tuple[Keeper, str], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[tuple[str, ...]] = []
    monkeypatch.setattr("scanner.pipeline.look_again", lambda *given, **_more: looked.append(tuple(given[3])))
    _keeper, section = sink

    rasoat("mail", "--send", "--verify", mail=section)
    rasoat("mail", "--send", "--verify", mail=section)  # a timer repeats it for a relay that was busy
    assert looked == [("syt-chinh", "syt-hoidap", "sxd")]

    with Store.open(url) as store:
        again = replace(store.scan(SCAN_ID), id="20261122T193000Z", started_at=AT.replace(day=22))
        store.begin_scan(again, (), store.inventory(SCAN_ID))
        store.finish_scan(again.id, AT.replace(day=22, minute=40))
    rasoat("mail", "--send", "--verify", "--scan", SCAN_ID, mail=section)
    assert len(looked) == 1
