"""What the values of `rasoat.toml` must be, beyond their types. Each rule gives a problem with a way out."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path

from scanner.errors import Problem
from scanner.identify.profiles import PROFILES
from scanner.model.agency import Role
from scanner.model.settings import MailSettings, NetworkSettings, Settings
from scanner.model.text import LANGUAGES, Text
from scanner.parse.host import resolver_address, spelt_host
from scanner.parse.toml_lines import KeyPath

EMAIL = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$")
TLS_LISTINGS = ("verdict", "full")
SECURITIES = ("starttls", "implicit", "none")
PROTECTIONS = ("none", "smime", "pdf")
STORES = ("sqlite://", "postgresql://", "postgresql+psycopg://")
WIDEST_V4, WIDEST_V6 = 8, 16
PORTS = (1, 65_535)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was written: a line of a file, or an environment variable."""

    file: str
    line: int | None


PlaceOf = Callable[[KeyPath], Place]
Fault = tuple[KeyPath, Text, Text | None]


def problems_of(settings: Settings, *, named: frozenset[KeyPath], place: PlaceOf) -> Iterator[Problem]:
    """Everything wrong with the values. Files must exist only where somebody wrote their key (`named`)."""
    for rules in (_network, _scan, _store, _report, _mail):
        for path, message, hint in rules(settings):
            yield _problem(place(path), path, message, hint)
    for path, file in _files(settings):
        if path in named and not file.is_file():
            message = Text(f"không có tệp {file}", f"there is no file {file}")
            yield _problem(place(path), path, message, None)


def _problem(place: Place, path: KeyPath, message: Text, hint: Text | None) -> Problem:
    key = ".".join(str(part) for part in path if isinstance(part, str))
    return Problem(place.file, place.line, Text(f"{key}: {message.vi}", f"{key}: {message.en}"), hint)


def _network(settings: Settings) -> Iterator[Fault]:
    network = settings.network
    for i, words in enumerate(network.resolver):
        if resolver_address(words) is None:
            yield (
                ("network", "resolver", i),
                _bad(words),
                Text('ví dụ "203.162.4.190:53"', 'for example "203.162.4.190:53"'),
            )
    for i, words in enumerate(network.allow_addresses):
        yield from _cidr(("network", "allow_addresses", i), words)
    yield from _hosts(network.hosts)
    for key, port in network.ports.items():
        if not key.isascii() or not key.isdigit() or not PORTS[0] <= int(key) <= PORTS[1]:
            hint = Text('ví dụ "443" = 8443', 'for example "443" = 8443')
            yield ("network", "ports", key), _bad(key), hint
        yield from _between(("network", "ports", key), port, *PORTS)
    for key, words in (("user_agent", network.user_agent), ("contact", network.contact)):
        if not (words.isascii() and words.isprintable()):
            message = Text("chỉ dùng chữ không dấu, trên một dòng", "plain ASCII on one line is possible")
            yield ("network", key), message, None
    yield from _anchors(network)


def _hosts(hosts: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    for name, addresses in hosts.items():
        if spelt_host(name) is None:
            yield ("network", "hosts", name), _bad(name), Text("viết một tên miền", "write a host name")
        for i, words in enumerate(addresses):
            if not _is_address(words):
                hint = Text("viết một địa chỉ IP", "write an IP address")
                yield ("network", "hosts", name, i), _bad(words), hint


def _anchors(network: NetworkSettings) -> Iterator[Fault]:
    extra = [(("network", "extra_ca"), file) for file in network.extra_ca]
    for path, file in [*extra, (("network", "roots"), network.roots)]:
        if file and file.is_file() and b"-----BEGIN CERTIFICATE-----" not in file.read_bytes():
            yield path, Text(f"{file} không phải tệp PEM", f"{file} holds no PEM certificate"), None


def _cidr(path: KeyPath, words: str) -> Iterator[Fault]:
    try:
        block = ip_network(words)
    except ValueError:
        yield path, _bad(words), _block_hint(words)
        return
    if block.prefixlen < (WIDEST_V4 if block.version == 4 else WIDEST_V6):
        message = Text(f"khối {words} quá rộng", f"the block {words} is too wide")
        yield path, message, Text("chỉ mở khối địa chỉ của cơ quan", "open the blocks of the agencies only")


def _block_hint(words: str) -> Text:
    try:
        meant = str(ip_network(words, strict=False))
    except ValueError:
        meant = "10.20.0.0/16"
    return Text(f'viết dạng CIDR, ví dụ "{meant}"', f'write a CIDR block such as "{meant}"')


def _scan(settings: Settings) -> Iterator[Fault]:
    scan = settings.scan
    yield from _between(("scan", "concurrency"), scan.concurrency, 1, 200)
    yield from _between(("scan", "workers"), scan.workers, 0, 64)
    yield from _between(("scan", "per_address_rate"), scan.per_address_rate, 0.1, 100)
    yield from _between(("scan", "site_budget_s"), scan.site_budget_s, 5, 3600)
    yield from _between(("scan", "worker_memory_mb"), scan.worker_memory_mb, 128, 65_536)
    yield from _between(("scan", "minimum_reached"), scan.minimum_reached, 0, 1)
    if scan.tls not in TLS_LISTINGS:
        yield ("scan", "tls"), _one_of(TLS_LISTINGS), None


def _store(settings: Settings) -> Iterator[Fault]:
    if not settings.store.url.startswith(STORES):
        hint = Text(
            'ví dụ "sqlite:///rasoat-data/rasoat.db"', 'for example "sqlite:///rasoat-data/rasoat.db"'
        )
        yield ("store", "url"), _one_of(("sqlite:///", "postgresql+psycopg://")), hint


def _report(settings: Settings) -> Iterator[Fault]:
    if settings.report.language not in LANGUAGES:
        yield ("report", "language"), _one_of(LANGUAGES), None
    for i, name in enumerate(settings.report.profiles):
        if name not in PROFILES:
            yield ("report", "profiles", i), _bad(name), _one_of(PROFILES)


def _mail(settings: Settings) -> Iterator[Fault]:
    mail = settings.mail
    for key, words in (("sender", mail.sender), ("reply_to", mail.reply_to)):
        if words and not is_email(words):
            yield ("mail", key), _bad(words), Text("viết một địa chỉ thư", "write a mail address")
    yield from _between(("mail", "port"), mail.port, *PORTS)
    for key, days in (
        ("minor_days", mail.minor_days),
        ("digest_days", mail.digest_days),
        ("escalate_after_days", mail.escalate_after_days),
    ):
        yield from _between(("mail", key), days, 0, 366)
    if mail.security not in SECURITIES:
        yield ("mail", "security"), _one_of(SECURITIES), None
    if mail.security == "none" and mail.host and not _is_loopback(mail.host):
        message = Text(
            "thư chỉ được gửi không mã hóa tới chính máy này", "mail may go unencrypted to this machine only"
        )
        yield (
            ("mail", "security"),
            message,
            Text('dùng "starttls" hoặc "implicit"', 'use "starttls" or "implicit"'),
        )
    if mail.language not in LANGUAGES:
        yield ("mail", "language"), _one_of(LANGUAGES), None
    yield from _sealing(mail)
    for i, role in enumerate(mail.roles):
        if role not in set(Role):
            yield ("mail", "roles", i), _bad(role), _one_of(tuple(Role))
    if mail.password_file and mail.password_file.is_file() and is_open_to_others(mail.password_file):
        message = Text("người dùng khác đọc được tệp mật khẩu", "other users can read the password file")
        yield (
            ("mail", "password_file"),
            message,
            Text(f"chạy: chmod 600 {mail.password_file}", f"run: chmod 600 {mail.password_file}"),
        )


def _sealing(mail: MailSettings) -> Iterator[Fault]:
    """What signing and protecting need to be told."""
    by_certificate = mail.protect == "smime" and mail.certificates
    if mail.protect not in PROTECTIONS:
        yield ("mail", "protect"), _one_of(PROTECTIONS), None
    elif mail.protect != "none" and not (mail.passwords or by_certificate):
        message = Text("chưa biết bảo vệ bằng gì", "there is nothing to protect with yet")
        hint = Text(
            'ghi passwords = "mat-khau-pdf.toml" rồi chạy: rasoat mail passwords',
            'write passwords = "pdf-passwords.toml", then run: rasoat mail passwords',
        )
        yield ("mail", "protect"), message, hint
    if (mail.sign_certificate is None) != (mail.sign_key is None):
        key = "sign_certificate" if mail.sign_certificate else "sign_key"
        message = Text(
            "cần cả sign_certificate và sign_key", "sign_certificate and sign_key are needed together"
        )
        yield ("mail", key), message, None


def is_email(words: str) -> bool:
    """True for a plain mail address, the only form we write to."""
    return len(words) <= 254 and EMAIL.match(words) is not None and ".." not in words


def is_open_to_others(file: Path) -> bool:
    """True when group or others may read or write a file; always False where modes mean nothing (Windows)."""
    return os.name == "posix" and bool(file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _files(settings: Settings) -> list[tuple[KeyPath, Path]]:
    """Files that must be there when somebody names them."""
    network, report, mail = settings.network, settings.report, settings.mail
    optional: Iterable[tuple[KeyPath, Path | None]] = (
        (("network", "roots"), network.roots),
        (("network", "dnssec_anchor"), network.dnssec_anchor),
        (("report", "policy"), report.policy),
        (("report", "form"), report.form),
        (("report", "waivers"), report.waivers),
        (("report", "papers"), report.papers),
        (("mail", "ca_file"), mail.ca_file),
        (("mail", "password_file"), mail.password_file),
        (("mail", "sign_certificate"), mail.sign_certificate),
        (("mail", "sign_key"), mail.sign_key),
    )
    lists = [(("network", "extra_ca"), p) for p in network.extra_ca]
    lists += [(("report", "frameworks"), p) for p in report.frameworks]
    return [*((path, file) for path, file in optional if file), *lists]


def _between(path: KeyPath, value: float, low: float, high: float) -> Iterator[Fault]:
    if not low <= value <= high:
        yield (
            path,
            Text(f"phải từ {low} đến {high}, không phải {value}", f"must be {low} to {high}, not {value}"),
            None,
        )


def _one_of(choices: Iterable[str]) -> Text:
    listed = ", ".join(f'"{c}"' for c in choices)
    return Text(f"chọn một trong {listed}", f"choose one of {listed}")


def _bad(words: str) -> Text:
    return Text(f'không hiểu "{words}"', f'"{words}" is not understood')


def _is_address(words: str) -> bool:
    try:
        ip_address(words)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)
