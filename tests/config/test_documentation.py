import re
from dataclasses import fields, is_dataclass
from pathlib import Path

from scanner.cli.init import template
from scanner.inventory import read_inventory
from scanner.model.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"


def keys() -> set[str]:
    found = set()
    for section in fields(Settings):
        value = getattr(Settings(), section.name)
        found |= {f.name for f in fields(value)} if is_dataclass(value) else {section.name}
    return found


def test_every_key_is_documented() -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z_0-9]+", " ".join(re.findall(r"^\|[^|]*\|", page, re.MULTILINE))))

    assert keys() - words == set()


def test_the_inventory_on_the_page_can_be_read() -> None:
    page = (DOCS / "inventory.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]

    inventory, _, problems = read_inventory(example, filename="inventory.md")

    assert problems == ()
    assert inventory is not None
    assert inventory.sites[0].id == "so-y-te"


def test_the_template_of_the_inventory_shows_what_can_be_read() -> None:
    text = template("agencies.toml", "Tỉnh Mẫu")
    shown = re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)

    inventory, _, problems = read_inventory(shown, filename="agencies.toml")

    assert problems == ()
    assert inventory is not None
    assert (len(inventory.agencies), len(inventory.sites), len(inventory.authorisations)) == (1, 1, 1)
