"""What an installation needs to work, looked at piece by piece. No examination stops the others.

Nothing is sent anywhere unless the caller asks for it (`online`).
"""

import asyncio
import shutil
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from scanner.config import SQLITE, find, load
from scanner.config_rules import is_open_to_others
from scanner.errors import AskingError, ConfigError, RasoatError
from scanner.inventory import lint, read_inventory
from scanner.model.agency import Inventory, Province
from scanner.model.settings import Settings
from scanner.model.text import Text
from scanner.parse.host import spelt_host, target_of
from scanner.textfile import read_text

OWNER = "rasoat"
PACKAGES = ("scanner", "checks", "reports")
OLDEST_PYTHON = (3, 11)
OLDEST_OPENSSL = (3, 0)
SPACE_WARN_MB, SPACE_FAIL_MB = 1_000, 100
DATA_FRESH_DAYS, DATA_STALE_DAYS = 30, 90
KNOWN_NAME = "chinhphu.vn"  # asked for only when the inventory names no host
NOBODY = Inventory(Province(""))


class Health(StrEnum):
    """What an examination found."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the doctor's letter: what was looked at, how it is, what to do."""

    topic: str
    health: Health
    words: Text
    remedy: Text | None = None


Notes = Iterator[Note]


def examine(
    config: Path | None, *, environ: Mapping[str, str], now: datetime, today: date, online: bool = False
) -> Iterator[Note]:
    """All notes, in the order a person would look. `now` is aware UTC, `today` the day in Vietnam."""
    yield from _machine()
    yield from _packages(import_module)
    settings, notes = _settings(config, environ)
    yield from notes
    inventory, notes = _inventory(settings, today)
    yield from notes
    yield from _store(settings, shutil.disk_usage)
    yield from _modes(settings)
    yield from _checks(settings)
    yield from _policy(settings, inventory)
    yield from _data(settings, now)
    yield from _parsers()
    if online:
        yield from _resolver(settings, inventory)


def _ok(topic: str, vi: str, en: str) -> Note:
    return Note(topic, Health.OK, Text(vi, en))


def _sick(topic: str, health: Health, words: Text, remedy: Text | None = None) -> Note:
    return Note(topic, health, words, remedy)


def _machine(
    python: tuple[int, ...] = sys.version_info[:3],
    openssl: tuple[int, ...] = ssl.OPENSSL_VERSION_INFO,
) -> Notes:
    """Python and OpenSSL."""
    spelt = f"Python {'.'.join(str(n) for n in python)}"
    if python < OLDEST_PYTHON:
        remedy = Text("cài Python 3.11 trở lên", "install Python 3.11 or newer")
        yield _sick("python", Health.FAIL, Text(f"{spelt} quá cũ", f"{spelt} is too old"), remedy)
    else:
        yield _ok("python", spelt, spelt)
    name = ssl.OPENSSL_VERSION
    if openssl[:2] < OLDEST_OPENSSL:
        yield _sick(
            "openssl",
            Health.WARN,
            Text(f"{name} đã cũ", f"{name} is old"),
            Text("cài OpenSSL 3", "install OpenSSL 3"),
        )
    else:
        yield _ok("openssl", name, name)


def _packages(load_package: Callable[[str], object]) -> Notes:
    """Our import names are plain words; another distribution may have overwritten one."""
    for name in PACKAGES:
        package = load_package(name)
        place = str(getattr(package, "__file__", "?"))
        if getattr(package, "OWNER", None) == OWNER:
            continue
        words = Text(
            f'gói "{name}" ở {place} không phải của rasoat',
            f'the package "{name}" at {place} is not part of rasoat',
        )
        remedy = Text("cài rasoat bằng pipx, trong môi trường riêng", "install rasoat with pipx, on its own")
        yield _sick("packages", Health.FAIL, words, remedy)
        return
    names = ", ".join(PACKAGES)
    yield _ok("packages", f"{names} là của rasoat", f"{names} belong to rasoat")


def _settings(config: Path | None, environ: Mapping[str, str]) -> tuple[Settings, list[Note]]:
    """The settings, or the defaults and a note for each fault."""
    try:
        settings = load(config, environ=environ)
    except ConfigError as error:
        return Settings(), [_sick("config", Health.FAIL, _of(p.into)) for p in error.problems]
    file = config or find(environ)
    notes = [_ok("config", str(file), str(file))]
    if file is None:
        words = Text(
            "chưa có rasoat.toml; dùng giá trị mặc định", "there is no rasoat.toml; defaults are used"
        )
        notes = [_sick("config", Health.WARN, words, Text("chạy `rasoat init`", "run `rasoat init`"))]
    if not settings.network.contact:
        words = Text("chưa có địa chỉ liên hệ", "owners of scanned servers cannot reach you")
        remedy = Text("điền [network] contact", "fill in [network] contact")
        notes.append(_sick("contact", Health.WARN, words, remedy))
    return settings, notes


def _of(into: Callable[..., str]) -> Text:
    return Text(into("vi"), into("en"))


def _inventory(settings: Settings, today: date) -> tuple[Inventory, list[Note]]:
    """The inventory and how sound it is."""
    path = settings.inventory
    if not path.exists():
        words = Text(f"chưa có {path}", f"there is no {path}")
        remedy = Text(
            "chạy `rasoat init` rồi `rasoat inventory import`", "run `rasoat init`, then import a list"
        )
        return NOBODY, [_sick("inventory", Health.WARN, words, remedy)]
    try:
        inventory, marks, problems = read_inventory(read_text(path), filename=str(path))
    except ConfigError as error:
        return NOBODY, [_sick("inventory", Health.FAIL, _of(p.into)) for p in error.problems]
    if inventory is None:
        return NOBODY, [_sick("inventory", Health.FAIL, _of(p.into)) for p in problems]
    remarks = lint(inventory, today, filename=str(path), marks=marks)
    notes = [_sick("inventory", Health.FAIL, _of(p.into)) for p in remarks if p.is_error]
    warnings = sum(1 for p in remarks if not p.is_error)
    if warnings:
        words = Text(f"{path}: {warnings} lưu ý", f"{path}: {warnings} warnings")
        notes.append(
            _sick(
                "inventory",
                Health.WARN,
                words,
                Text("xem `rasoat inventory lint`", "see `rasoat inventory lint`"),
            )
        )
    agencies, sites = len(inventory.agencies), len(inventory.sites)
    sound = _ok("inventory", f"{agencies} cơ quan, {sites} trang", f"{agencies} agencies, {sites} sites")
    return inventory, notes or [sound]


def _store(settings: Settings, disk_usage: Callable[[Path], tuple[int, int, int]]) -> Notes:
    """Where history is written, and how much room there is."""
    if not settings.store.url.startswith(SQLITE):
        yield from _driver(settings.store.url)
    for folder in _folders(settings):
        standing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
        if not standing.is_dir() or not _is_writable(standing):
            words = Text(f"không ghi được vào {folder}", f"{folder} cannot be written")
            yield _sick(
                "store", Health.FAIL, words, Text("sửa quyền thư mục", "correct the rights of the folder")
            )
            continue
        free_mb = disk_usage(standing)[2] // 1_000_000
        words = Text(f"{folder}: còn trống {free_mb} MB", f"{folder}: {free_mb} MB are free")
        remedy = Text("giải phóng dung lượng đĩa", "make room on the disk")
        if free_mb < SPACE_WARN_MB:
            yield _sick("store", Health.FAIL if free_mb < SPACE_FAIL_MB else Health.WARN, words, remedy)
        else:
            yield Note("store", Health.OK, words)


def _driver(url: str) -> Notes:
    """Whether the database of a server can be spoken to from here; nothing is sent."""
    from scanner.store.engine import open_engine  # noqa: PLC0415 - loaded only for this examination

    try:
        kind = open_engine(url).dialect.name
    except AskingError as error:
        yield _sick("store", Health.FAIL, error.message)
        return
    yield _ok("store", f"có trình điều khiển {kind}", f"the driver for {kind} is installed")


def _folders(settings: Settings) -> list[Path]:
    """Folders rasoat writes to, each once."""
    folders = [settings.store.evidence, settings.report.folder]
    database = _database(settings)
    if database:
        folders.insert(0, database.parent)
    return list(dict.fromkeys(folders))


def _database(settings: Settings) -> Path | None:
    rest = settings.store.url.removeprefix(SQLITE)
    return Path(rest) if settings.store.url.startswith(SQLITE) and not rest.startswith(":") else None


def _is_writable(folder: Path) -> bool:
    """Try it: rights alone lie on network drives and for root."""
    probe = folder / ".rasoat-doctor"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


def _modes(settings: Settings) -> Notes:
    """Findings and passwords are nobody else's business."""
    files = [settings.mail.password_file, _database(settings), settings.store.evidence]
    for file in files:
        if file is None or not file.exists() or not is_open_to_others(file):
            continue
        words = Text(f"người dùng khác mở được {file}", f"other users can open {file}")
        mode = "700" if file.is_dir() else "600"
        yield _sick(
            "modes", Health.WARN, words, Text(f"chạy: chmod {mode} {file}", f"run: chmod {mode} {file}")
        )


def _checks(settings: Settings) -> Notes:
    from scanner.registry import load_checks  # noqa: PLC0415 - a broken check must not stop the doctor

    try:
        count = len(load_checks(settings.check_packs))
    except (RasoatError, ImportError) as error:
        remedy = Text("cài lại rasoat hoặc gói phép kiểm tra", "install rasoat or the check pack again")
        yield _sick("checks", Health.FAIL, Text(str(error), str(error)), remedy)
        return
    yield _ok("checks", f"{count} phép kiểm tra", f"{count} checks")


def _policy(settings: Settings, inventory: Inventory) -> Notes:
    """Waivers and frameworks: a fault in them is better found before a scan than when it is written up."""
    from scanner.policy.office import load_rules  # noqa: PLC0415 - likewise
    from scanner.registry import load_checks  # noqa: PLC0415 - likewise

    try:
        checks = {check.id: check for check in load_checks(settings.check_packs)}
        rules = load_rules(settings.report, inventory, checks)
    except ConfigError as error:
        yield from (_sick("policy", Health.FAIL, _of(p.into)) for p in error.problems)
        return
    except (RasoatError, ImportError):
        return  # said under "checks"
    n = len(rules.waivers)
    yield _ok("policy", f"{n} ngoại lệ", f"{n} waivers")


def _data(settings: Settings, now: datetime) -> Notes:
    """Age of the reference tables, which also tells whether the clock is right."""
    from scanner.reference import load_reference  # noqa: PLC0415 - likewise

    try:
        ref = load_reference(roots=settings.network.roots, extra_ca=settings.network.extra_ca)
    except RasoatError as error:
        yield _sick("data", Health.FAIL, Text(str(error), str(error)))
        return
    age = (now.date() - ref.data_date).days
    if age < 0:
        words = Text(
            f"đồng hồ máy ({now:%d/%m/%Y}) chậm hơn ngày của dữ liệu ({ref.data_date:%d/%m/%Y})",
            f"the clock ({now:%d/%m/%Y}) is behind the date of the tables ({ref.data_date:%d/%m/%Y})",
        )
        yield _sick("clock", Health.FAIL, words, Text("chỉnh lại đồng hồ (NTP)", "set the clock (NTP)"))
        return
    yield _ok("clock", f"{now:%d/%m/%Y %H:%M} UTC", f"{now:%d/%m/%Y %H:%M} UTC")
    words = Text(f"dữ liệu tham chiếu cách đây {age} ngày", f"reference tables are {age} days old")
    if age <= DATA_FRESH_DAYS:
        yield Note("data", Health.OK, words)
        return
    if age > DATA_STALE_DAYS:
        words = Text(
            f"{words.vi}; kết luận về phiên bản hết hỗ trợ có thể sai",
            f"{words.en}; verdicts on versions out of support may be wrong",
        )
    yield _sick("data", Health.WARN, words, Text("cập nhật rasoat", "update rasoat"))


def _parsers() -> Notes:
    """The libraries that read hostile bytes do so."""
    broken = [name for name, works in PARSERS.items() if not works()]
    for name in broken:
        words = Text(f"bộ đọc {name} không chạy đúng", f"the {name} reader does not work")
        yield _sick("parsers", Health.FAIL, words, Text("cài lại rasoat", "install rasoat again"))
    if not broken:
        names = ", ".join(PARSERS)
        yield _ok("parsers", f"đọc được {names}", f"{names} can be read")


def _reads_html() -> bool:
    from lxml import etree  # noqa: PLC0415 - loaded only for this examination

    tree = etree.fromstring(b"<title>&#7841;</title>", etree.HTMLParser(no_network=True))
    return bool(tree.findtext(".//title") == "ạ")


def _reads_certificates() -> bool:
    import certifi  # noqa: PLC0415 - likewise
    from cryptography import x509  # noqa: PLC0415 - likewise

    end = b"-----END CERTIFICATE-----"
    first = Path(certifi.where()).read_bytes().partition(end)[0] + end + b"\n"
    return bool(x509.load_pem_x509_certificate(first).subject)


def _reads_names() -> bool:
    return spelt_host("Sở.example") == "xn--s-lym.example"


PARSERS: Mapping[str, Callable[[], bool]] = {
    "HTML": _reads_html,
    "X.509": _reads_certificates,
    "IDNA": _reads_names,
}


def _resolver(settings: Settings, inventory: Inventory) -> Notes:
    """Ask the resolver for one name; the answer does not matter, that there is one does."""
    from scanner.collect.net import Net  # noqa: PLC0415 - sockets only when asked for
    from scanner.model.evidence import DnsEvidence, DnsState, Target  # noqa: PLC0415 - likewise
    from scanner.model.visit import Job  # noqa: PLC0415 - likewise

    targets = (target_of(site.url) for site in inventory.sites)
    host = next((t.host for t in targets if isinstance(t, Target)), KNOWN_NAME)

    async def ask() -> DnsEvidence:
        job = Job("doctor", "doctor", Target(host))
        async with Net(settings.network, settings.scan).visit(job) as visit:
            return await visit.resolve(host)

    evidence = asyncio.run(ask())
    servers = ", ".join(evidence.resolver) or "?"
    if any(answer.state is not DnsState.UNKNOWN for answer in evidence.answers):
        yield _ok("resolver", f"{servers} trả lời cho {host}", f"{servers} answers for {host}")
        return
    words = Text(f"{servers} không trả lời cho {host}", f"{servers} does not answer for {host}")
    remedy = Text("kiểm tra mạng hoặc [network] resolver", "look at the network or [network] resolver")
    yield _sick("resolver", Health.FAIL, words, remedy)


def worst(notes: Sequence[Note]) -> Health:
    """The worst of all notes."""
    order = tuple(Health)
    return max((note.health for note in notes), key=order.index, default=Health.OK)
