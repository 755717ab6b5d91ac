"""`rasoat.toml` and the environment -> `Settings`, or every reason why not.

The first of these counts: `--config`, RASOAT_CONFIG, ./rasoat.toml, $XDG_CONFIG_HOME/rasoat/config.toml,
/etc/rasoat/config.toml. Each key can also be given as RASOAT_<SECTION>_<KEY> (lists with commas), which wins
over the file. Relative paths count from the folder of the file; those of the environment from the working
directory.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from scanner.config_rules import Place, problems_of
from scanner.errors import ConfigError, Problem
from scanner.model.settings import MailSettings, NetworkSettings, ReportSettings, Settings, StoreSettings
from scanner.model.text import Text
from scanner.parse.host import resolver_address, spelt_host
from scanner.parse.toml_lines import KeyPath, line_at, lines_of
from scanner.parse.toml_table import convert_table, parse_toml
from scanner.textfile import read_text

NAME = "rasoat.toml"
PREFIX = "RASOAT_"
ALSO_READ = frozenset({"RASOAT_CONFIG", "RASOAT_LANG", "RASOAT_MAIL_PASSWORD", "RASOAT_SIGN_PASSWORD"})
SECRET_KEYS = ("password", "passwd", "pass", "smtp_password", "mat_khau")
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
SQLITE = "sqlite:///"


def load_or_default(path: str | Path | None) -> Settings:
    """The settings of the named file, of the file found, or the defaults; the environment applied."""
    return load(Path(path) if path else None, environ=os.environ)


def load(path: Path | None, *, environ: Mapping[str, str]) -> Settings:
    """The settings of a file (None: the one found) under an environment. Raises ConfigError."""
    chosen = path or find(environ)
    if chosen is None:
        return read_settings("", filename="", base=None, environ=environ)
    return read_settings(read_text(chosen), filename=str(chosen), base=chosen.parent, environ=environ)


def find(environ: Mapping[str, str]) -> Path | None:
    """The configuration file that counts when none is named; RASOAT_CONFIG counts even if it is not there."""
    if named := environ.get("RASOAT_CONFIG"):
        return Path(named)
    home = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME") or "~").expanduser() / ".config")
    places = (Path(NAME), Path(home) / "rasoat" / "config.toml", Path("/etc/rasoat/config.toml"))
    return next((place for place in places if place.is_file()), None)


def environment_names() -> frozenset[str]:
    """Every RASOAT_* variable that means something."""
    return frozenset(_variables()) | ALSO_READ


def read_settings(text: str, *, filename: str, base: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings a text and an environment describe; `base` is the folder relative paths count from."""
    tree, fault = parse_toml(text, filename=filename)
    if fault is not None:
        raise ConfigError([fault])
    lines = lines_of(text)
    problems = list(_secrets(tree, filename, lines))
    from_file, faults = convert_table(tree, Settings, filename=filename, lines=lines)
    problems += faults
    over, origins, foreign = _from_environment(environ)
    if problems or foreign or from_file is None:
        raise ConfigError([*problems, *foreign])
    settings = _laid_over(_based(from_file, base) if base else from_file, over)
    named = frozenset(_paths(tree)) | frozenset(origins)

    def place(path: KeyPath) -> Place:
        origin = next((origins[path[:n]] for n in range(len(path), 0, -1) if path[:n] in origins), None)
        return Place(origin, None) if origin else Place(filename, line_at(lines, path))

    broken = sorted(problems_of(settings, named=named, place=place), key=lambda p: p.line or 0)
    if broken:
        raise ConfigError(broken)
    return _normal(settings)


# ---- the environment ------------------------------------------------------------------


def _variables() -> dict[str, KeyPath]:
    """Name of the variable -> path of the key."""
    return {PREFIX + "_".join(str(part) for part in path).upper(): path for path in _keys(Settings)}


def _keys(kind: type[Any], path: KeyPath = ()) -> Iterator[KeyPath]:
    hints = get_type_hints(kind)
    for spec in fields(kind):
        inner = hints[spec.name]
        if is_dataclass(inner):
            yield from _keys(inner, (*path, spec.name))  # type: ignore[arg-type]  # a type here, never an instance
        else:
            yield (*path, spec.name)


def _from_environment(
    environ: Mapping[str, str],
) -> tuple[dict[KeyPath, Any], dict[KeyPath, str], list[Problem]]:
    """Values by path, the variable each came from, and what is wrong with them."""
    over: dict[KeyPath, Any] = {}
    origins: dict[KeyPath, str] = {}
    problems: list[Problem] = []
    for name, path in _variables().items():
        if name not in environ:
            continue
        tree: Any = _typed(environ[name], _kind_at(path))
        for part in reversed(path):
            tree = {part: tree}
        settings, faults = convert_table(tree, Settings, filename=name, lines={})
        problems += faults
        origins[path] = name
        if settings is not None:
            over[path] = _at(settings, path)
    return over, origins, problems


def _typed(words: str, kind: Any) -> Any:
    """The TOML value a variable stands for; words that fit no type stay words and are reported so."""
    if get_origin(kind) is tuple:
        return [part.strip() for part in words.split(",") if part.strip()]
    if get_origin(kind) is dict:
        return {key.strip(): _typed(rest, get_args(kind)[1]) for key, rest in _pairs(words)}
    if kind is bool:
        folded = words.strip().lower()
        return True if folded in YES else False if folded in NO else words
    if kind in (int, float):
        try:
            return kind(words)
        except ValueError:
            return words
    return words


def _pairs(words: str) -> list[tuple[str, str]]:
    """`a.example=192.0.2.1,192.0.2.2; b.example=...` as pairs."""
    parts = [part.partition("=") for part in words.split(";") if part.strip()]
    return [(key, rest) for key, _, rest in parts]


def _kind_at(path: KeyPath) -> Any:
    kind: Any = Settings
    for part in path:
        kind = get_type_hints(kind)[str(part)]
    return kind


def _at(value: Any, path: KeyPath) -> Any:
    for part in path:
        value = getattr(value, str(part))
    return value


def _laid_over(settings: Settings, over: Mapping[KeyPath, Any]) -> Settings:
    for path, value in over.items():
        if len(path) == 1:
            settings = replace(settings, **{str(path[0]): value})
        else:
            section = replace(getattr(settings, str(path[0])), **{str(path[1]): value})
            settings = replace(settings, **{str(path[0]): section})
    return settings


# ---- secrets and paths ------------------------------------------------------------------


def _secrets(tree: dict[str, Any], filename: str, lines: Mapping[KeyPath, int]) -> Iterator[Problem]:
    """Take passwords out of the tree, each with a word on where it belongs; the value is never shown."""
    mail = tree.get("mail")
    for key in [k for k in SECRET_KEYS if isinstance(mail, dict) and k in mail]:
        del tree["mail"][key]
        yield Problem(
            filename,
            line_at(lines, ("mail", key)),
            Text("mật khẩu không được để trong tệp này", "a password may not stand in this file"),
            Text(
                "đặt vào biến RASOAT_MAIL_PASSWORD, hoặc vào tệp riêng và ghi password_file = đường dẫn",
                "put it into RASOAT_MAIL_PASSWORD, or into a file of its own named by password_file",
            ),
        )
    store = tree.get("store")
    url = store.get("url") if isinstance(store, dict) else None
    if isinstance(url, str) and _has_password(url):
        del tree["store"]["url"]
        yield Problem(
            filename,
            line_at(lines, ("store", "url")),
            Text(
                "mật khẩu cơ sở dữ liệu không được để trong tệp này",
                "a database password may not stand in this file",
            ),
            Text(
                "đặt cả địa chỉ vào biến RASOAT_STORE_URL, hoặc dùng ~/.pgpass",
                "use RASOAT_STORE_URL or ~/.pgpass",
            ),
        )


def _has_password(url: str) -> bool:
    user, at, _ = url.partition("://")[2].partition("/")[0].rpartition("@")
    return bool(at) and ":" in user


def _paths(tree: Mapping[str, Any], path: KeyPath = ()) -> Iterator[KeyPath]:
    for key, value in tree.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from _paths(value, (*path, key))


def _based(settings: Settings, base: Path) -> Settings:
    """The same settings with relative paths counted from the folder of the file."""

    def at(path: Path) -> Path:
        return base / path.expanduser()

    def maybe(path: Path | None) -> Path | None:
        return at(path) if path else None

    network: NetworkSettings = settings.network
    store: StoreSettings = settings.store
    report: ReportSettings = settings.report
    mail: MailSettings = settings.mail
    return replace(
        settings,
        inventory=at(settings.inventory),
        network=replace(
            network,
            roots=maybe(network.roots),
            extra_ca=tuple(at(p) for p in network.extra_ca),
            dnssec_anchor=maybe(network.dnssec_anchor),
        ),
        store=replace(
            store,
            evidence=at(store.evidence),
            tables=at(store.tables),
            cache=at(store.cache),
            url=_based_url(store.url, base),
        ),
        report=replace(
            report,
            folder=at(report.folder),
            frameworks=tuple(at(p) for p in report.frameworks),
            policy=maybe(report.policy),
            form=maybe(report.form),
            waivers=maybe(report.waivers),
            papers=maybe(report.papers),
        ),
        mail=replace(
            mail,
            ca_file=maybe(mail.ca_file),
            password_file=maybe(mail.password_file),
            sign_certificate=maybe(mail.sign_certificate),
            sign_key=maybe(mail.sign_key),
            certificates=maybe(mail.certificates),
            passwords=maybe(mail.passwords),
        ),
    )


def _based_url(url: str, base: Path) -> str:
    """`sqlite:///name.db` is a relative path too; other addresses stay as they are."""
    rest = url.removeprefix(SQLITE)
    if not url.startswith(SQLITE) or not rest or rest.startswith((":memory:", "file:")):
        return url
    return SQLITE + str(base / rest)


def _normal(settings: Settings) -> Settings:
    """Resolvers with their port, host names as DNS spells them; everything has been checked before."""
    network = settings.network
    hosts = {spelt_host(name) or name: addresses for name, addresses in network.hosts.items()}
    resolver = tuple(resolver_address(r) or r for r in network.resolver)
    return replace(settings, network=replace(network, hosts=hosts, resolver=resolver))
