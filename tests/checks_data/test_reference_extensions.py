"""The tables of extensions, administrations and packages: read whole, or refused by name."""

import pytest

from scanner.errors import RegistryError
from scanner.identify.components import Component
from scanner.identify.packaged import packager_of
from scanner.model.pattern import Pattern, any_of
from scanner.model.reference import Packaged, Reference
from scanner.reference_extensions import read_extensions, read_logins, read_packaged

EXTENSION = """format = "extensions/1"
[[extension]]
product = "joomla"
kind = "module"
asset = '/modules/mod_{name}/'
manifest = "modules/mod_{name}/mod_{name}.xml"
number = '<version>{version}'
core = ["Menu"]
misses = ["https://so.example/a.js"]
[extension.matches]
"https://so.example/modules/mod_x/a.js" = "x"
[extension.reads]
"<version>1.2" = "1.2"
"""
LOGIN = """format = "logins/1"
[[login]]
product = "joomla"
path = "administrator/"
pattern = 'id="form-login"'
matches = ['<form id="form-login">']
misses = ['<form>']
"""
PACKAGED = (
    'format = "packaged/1"\n[[package]]\nproduct = "wordpress"\ndistribution = "debian"\nline = "6.1"\n'
)


def test_good_tables_are_read() -> None:
    (rule,) = read_extensions(EXTENSION, "x")
    (login,) = read_logins(LOGIN, "x")
    (row,) = read_packaged(PACKAGED, "x")

    assert (rule.kind, rule.core, rule.query) == ("module", frozenset({"menu"}), None)
    assert (login.product, login.path) == ("joomla", "administrator/")
    assert row == Packaged("wordpress", "debian", "6.1")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "module"', 'kind = "thing"', "a known kind"),
        ("mod_{name}/'", "mod_x/'", "asset with {name}"),
        ("number = '<version>{version}'", "", "a manifest needs a number"),
        ("'<version>{version}'", "'<version>.*{version}'", "repetition without limit"),
        ('= "x"', '= "y"', "gives 'x', not 'y'"),
        ('= "1.2"', '= "1.3"', "does not give '1.3'"),
        ('"https://so.example/a.js"', '"https://so.example/modules/mod_x/"', "is found"),
        ('misses = ["https://so.example/a.js"]', "", "needs examples"),
        ("extensions/1", "extensions/2", "format is"),
    ],
)
def test_a_rule_that_breaks_the_rules_is_named(old: str, new: str, words: str) -> None:
    with pytest.raises(RegistryError, match=words):
        read_extensions(EXTENSION.replace(old, new, 1), "extensions.toml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('path = "administrator/"', "", "must be given"),
        ('"administrator/"', '"/administrator/"', "must be relative"),
        ("'id=\"form-login\"'", "'(id)'", "capturing group"),
        ("'<form id=\"form-login\">'", "'<form>'", "is not found"),
        ("misses = ['<form>']", "", "needs examples"),
        ("misses = ['<form>']", "misses = ['id=\"form-login\"']", "is found"),
    ],
)
def test_a_login_that_breaks_the_rules_is_named(old: str, new: str, words: str) -> None:
    with pytest.raises(RegistryError, match=words):
        read_logins(LOGIN.replace(old, new, 1), "logins.toml")


def test_a_package_without_a_line_is_named() -> None:
    with pytest.raises(RegistryError, match="package 1"):
        read_packaged(PACKAGED.replace('line = "6.1"\n', ""), "packaged.toml")


def test_tables_that_were_checked_are_read_without_trying_every_example() -> None:
    wrong = EXTENSION.replace('= "x"', '= "y"')

    assert read_extensions(wrong, "x", is_strict=False)


def part(key: str, distribution: str = "") -> Component:
    return Component(key, key, "1", "server", key, distribution)


@pytest.mark.parametrize(
    ("releases", "parts", "expected"),
    [
        (("6.1.9",), (), "Debian"),  # nothing names a system, and it is the very release of the package
        (("6.1.7",), (), ""),
        (("6.1.7",), (part("nginx", "Debian"),), "Debian"),
        (("6.1.7",), (part("php", "deb12"),), "Debian"),
        (("6.1.9",), (part("nginx", "Ubuntu"),), ""),  # that system packages another line
        (("6.4.3",), (part("nginx", "Ubuntu"),), "Ubuntu"),
        (("6.1.9",), (part("iis"),), ""),
        (("6.0.1", "6.1.2"), (part("apache-httpd", "Debian"),), "Debian"),
        (("7.1",), (part("apache-httpd", "Debian"),), ""),
        ((), (part("apache-httpd", "Debian"),), ""),
    ],
)
def test_a_package_of_a_distribution_is_told_from_the_makers_own(
    reference: Reference, releases: tuple[str, ...], parts: tuple[Component, ...], expected: str
) -> None:
    assert packager_of("wordpress", releases, parts, reference.packaged) == expected


def test_a_product_nobody_packages_has_no_packager(reference: Reference) -> None:
    assert packager_of("joomla", ("6.1.9",), (part("nginx", "Debian"),), reference.packaged) == ""


def test_one_pattern_stands_for_many() -> None:
    gate = any_of((Pattern(r"a(?P<version>\d)"), Pattern(r"^b(?P<version>\d)$")))

    assert [bool(gate.search(text)) for text in ("xa1", "B2", "xb2", "c")] == [True, True, False, False]
