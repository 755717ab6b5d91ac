"""The examples in the documentation are read by the program itself."""

import re
from datetime import date
from pathlib import Path

from scanner.policy import files
from scanner.policy.framework_lint import lint
from scanner.policy.frameworks import read_frameworks
from scanner.policy.waivers import read_waivers

DOCS = Path(__file__).parents[2] / "docs"


def example(page: str) -> str:
    found = re.search(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_waiver_of_the_page_is_a_waiver() -> None:
    found, problems = read_waivers(
        example("waivers.md"),
        filename="waivers.toml",
        site_ids={"so-y-te-www"},
        check_ids={"http.csp-missing"},
    )

    assert problems == ()
    assert found[0].until == date(2027, 6, 30)


def test_the_framework_of_the_page_is_a_framework_without_fault() -> None:
    frameworks = read_frameworks([("quy-dinh-tinh.toml", example("frameworks.md"))])

    assert lint(frameworks, {"http.hsts-missing", "http.hsts-short"}) == ()


def test_the_page_names_every_file_we_ship() -> None:
    page = (DOCS / "frameworks.md").read_text(encoding="utf-8")

    assert all(f"`{name}`" in page for name, _text in (*files.own_frameworks(), files.own_rules()))
