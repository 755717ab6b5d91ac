from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.config import environment_names, find, load, read_settings
from scanner.errors import ConfigError
from scanner.model.agency import Depth
from scanner.model.settings import Settings

NOBODY: Mapping[str, str] = {}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, text: str, environ: Mapping[str, str] = NOBODY) -> Settings:
    file = folder / "rasoat.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, environ=environ)


def faults(folder: Path, text: str, environ: Mapping[str, str] = NOBODY) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        settings(folder, text, environ)
    return [p.into("en").removeprefix(f"{folder}/") for p in caught.value.problems]


def test_without_a_file_the_defaults_hold(folder: Path) -> None:
    assert load(None, environ={"HOME": str(folder)}) == Settings()


def test_relative_paths_count_from_the_folder_of_the_file(folder: Path) -> None:
    (folder / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\n")

    got = settings(folder, '[network]\nextra_ca = ["ca.pem"]\n[store]\nurl = "sqlite:///x.db"\n')

    assert got.network.extra_ca == (folder / "ca.pem",)
    assert got.store.url == f"sqlite:///{folder}/x.db"
    assert got.inventory == folder / "agencies.toml"


@pytest.mark.parametrize(
    "url", ["sqlite:///:memory:", "postgresql+psycopg://db.example/rasoat", "sqlite:////a/b.db"]
)
def test_other_store_addresses_stay_as_they_are(folder: Path, url: str) -> None:
    assert settings(folder, f'[store]\nurl = "{url}"').store.url == url


def test_the_environment_wins_over_the_file(folder: Path) -> None:
    environ = {
        "RASOAT_SCAN_DEPTH": "standard",
        "RASOAT_SCAN_PER_ADDRESS_RATE": "2.5",
        "RASOAT_NETWORK_IPV6": "no",
        "RASOAT_MAIL_ATTACH": "yes",
        "RASOAT_MAIL_PORT": "25",
        "RASOAT_NETWORK_RESOLVER": "192.0.2.1, 2001:db8::1",
        "RASOAT_NETWORK_HOSTS": "A.example=192.0.2.7,192.0.2.8; b.example=192.0.2.9",
        "RASOAT_NETWORK_PORTS": "443=8443",
        "RASOAT_INVENTORY": "other.toml",
    }

    got = settings(folder, '[scan]\ndepth = "passive"\nconcurrency = 3\n', environ)

    assert (got.scan.depth, got.scan.per_address_rate, got.scan.concurrency) == (Depth.STANDARD, 2.5, 3)
    assert (got.network.ipv6, got.mail.attach, got.mail.port) == (False, True, 25)
    assert got.network.resolver == ("192.0.2.1:53", "[2001:db8::1]:53")
    assert got.network.hosts == {"a.example": ("192.0.2.7", "192.0.2.8"), "b.example": ("192.0.2.9",)}
    assert got.network.ports == {"443": 8443}
    assert got.inventory == Path("other.toml")


def test_a_bad_variable_is_named(folder: Path) -> None:
    environ = {"RASOAT_SCAN_WORKERS": "many", "RASOAT_MAIL_SECURITY": "tls"}

    assert faults(folder, "", {"RASOAT_SCAN_WORKERS": "many"})[0].startswith(
        "RASOAT_SCAN_WORKERS: scan.workers: a whole"
    )
    assert faults(folder, "", {"RASOAT_NETWORK_IPV6": "maybe"})[0].startswith("RASOAT_NETWORK_IPV6: ")
    environ.pop("RASOAT_SCAN_WORKERS")
    assert faults(folder, "", environ)[0].startswith("RASOAT_MAIL_SECURITY: mail.security: choose one of")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('[network]\nresolver = ["dns.example:53"]', '"dns.example:53" is not understood'),
        ('[network]\nresolver = ["192.0.2.1:0"]', "is not understood"),
        ('[network]\nallow_addresses = ["10.1.2.3/8"]', 'write a CIDR block such as "10.0.0.0/8"'),
        ('[network]\nallow_addresses = ["ten"]', "is not understood"),
        ('[network]\nallow_addresses = ["0.0.0.0/0"]', "too wide"),
        ('[network]\nallow_addresses = ["::/8"]', "too wide"),
        ('[network.hosts]\n"a b" = ["192.0.2.1"]', "write a host name"),
        ('[network.hosts]\n"a.example" = ["b.example"]', "write an IP address"),
        ("[network.ports]\nhttps = 8443", "is not understood"),
        ('[network.ports]\n"443" = 0', "must be 1 to 65535"),
        ('[network]\ncontact = "Sở"', "plain ASCII"),
        ('[network]\nuser_agent = "a\\nb"', "plain ASCII"),
        ('[network]\nroots = "rasoat.toml"', "holds no PEM certificate"),
        ('[network]\nextra_ca = ["rasoat.toml"]', "holds no PEM certificate"),
        ('[network]\ndnssec_anchor = "gone"', "there is no file"),
        ("[scan]\nconcurrency = 0", "must be 1 to 200, not 0"),
        ("[scan]\nminimum_reached = 80", "must be 0 to 1"),
        ('[scan]\ntls = "deep"', "choose one of"),
        ('[store]\nurl = "mysql://x"', "choose one of"),
        ('[report]\nlanguage = "fr"', "choose one of"),
        ('[report]\nwaivers = "gone.toml"', "there is no file"),
        ('[report]\nframeworks = ["gone.toml"]', "there is no file"),
        ('[mail]\nsender = "Sở <a@b.example>"', "write a mail address"),
        ('[mail]\nsecurity = "tls"', "choose one of"),
        ('[mail]\nprotect = "zip"', "choose one of"),
        ('[mail]\nprotect = "pdf"', "nothing to protect with"),
        ('[mail]\nprotect = "smime"', "nothing to protect with"),
        ('[mail]\nsign_key = "rasoat.toml"', "needed together"),
        ('[mail]\nsecurity = "none"\nhost = "mail.example"', "to this machine only"),
        ('[mail]\nlanguage = "fr"', "choose one of"),
        ('[mail]\nroles = ["boss"]', "choose one of"),
        ("concurency = 3", "unknown key"),
    ],
)
def test_each_rule_names_the_line_and_the_way_out(folder: Path, line: str, words: str) -> None:
    (only,) = faults(folder, line)

    assert only.startswith(f"rasoat.toml:{line.count(chr(10)) + (0 if 'none' in line else 1)}: ")
    assert words in only


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", ""])
def test_mail_may_go_unencrypted_to_this_machine(folder: Path, host: str) -> None:
    assert settings(folder, f'[mail]\nsecurity = "none"\nhost = "{host}"').mail.security == "none"


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ('[mail]\npassword = "s3cret"', "RASOAT_MAIL_PASSWORD"),
        ('[store]\nurl = "postgresql://u:s3cret@db/x"', "RASOAT_STORE_URL"),
    ],
)
def test_a_password_in_the_file_is_refused_and_not_repeated(folder: Path, text: str, way_out: str) -> None:
    (only,) = faults(folder, text)

    assert only.startswith("rasoat.toml:2: ")
    assert way_out in only
    assert "s3cret" not in only


def test_a_password_file_others_can_read_is_refused(folder: Path) -> None:
    secret = folder / "secret"
    secret.write_text("x")
    secret.chmod(0o644)
    assert "chmod 600" in faults(folder, '[mail]\npassword_file = "secret"')[0]

    secret.chmod(0o600)
    assert settings(folder, '[mail]\npassword_file = "secret"').mail.password_file == secret


def test_faults_of_file_and_environment_come_together(folder: Path) -> None:
    found = faults(folder, "x = 1\n[scan]\ndepth = 'deep'\n", {"RASOAT_SCAN_WORKERS": "a"})

    assert [f.partition(": ")[0] for f in found] == ["rasoat.toml:1", "rasoat.toml:3", "RASOAT_SCAN_WORKERS"]


def test_a_fault_of_syntax_is_reported_alone(folder: Path) -> None:
    (only,) = faults(folder, "[scan\n")

    assert only.startswith("rasoat.toml:1: no valid TOML")


def test_the_search_order_is_folder_then_home(folder: Path) -> None:
    home = folder / "home"
    (home / "rasoat").mkdir(parents=True)
    far = home / "rasoat" / "config.toml"
    far.touch()
    environ = {"XDG_CONFIG_HOME": str(home)}

    assert find(environ) == far
    Path("rasoat.toml").touch()
    assert find(environ) == Path("rasoat.toml")
    assert find({**environ, "RASOAT_CONFIG": "named.toml"}) == Path("named.toml")


def test_a_named_file_must_exist(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"named.toml: there is no such file; `rasoat init`"):
        load(None, environ={"RASOAT_CONFIG": "named.toml"})


def test_a_file_that_is_not_utf8_is_told_the_line(folder: Path) -> None:
    Path("x.toml").write_bytes(b"# a\n# \xff\n")

    with pytest.raises(ConfigError, match=r"x.toml:2: is not UTF-8"):
        load(Path("x.toml"), environ=NOBODY)


def test_a_folder_cannot_be_read_as_a_file(folder: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(folder, environ=NOBODY)


def test_a_giant_file_is_not_read(folder: Path) -> None:
    with Path("big.toml").open("wb") as file:
        file.truncate(21 * 1024 * 1024)

    with pytest.raises(ConfigError, match="20 MB"):
        load(Path("big.toml"), environ=NOBODY)


def test_every_key_has_a_variable() -> None:
    assert {"RASOAT_SCAN_DEPTH", "RASOAT_CHECK_PACKS", "RASOAT_MAIL_PASSWORD"} <= environment_names()


@given(st.text())
def test_any_text_gives_settings_or_a_config_error(text: str) -> None:
    with suppress(ConfigError):
        assert isinstance(read_settings(text, filename="x", base=None, environ=NOBODY), Settings)
