"""Writes docs/checks: one page per check in both languages, and the index. `make docs` runs it; a test compares."""

import sys
from pathlib import Path

from scanner.explain import SEVERITY, page_of
from scanner.howto import load_howto
from scanner.model.text import LANGUAGES
from scanner.registry import load_checks

FOLDER = Path(__file__).parents[2] / "docs" / "checks"


def pages() -> dict[str, str]:
    """File name -> content for every page of docs/checks."""
    checks, howtos = load_checks(), load_howto()
    written = {f"{c.id}.{lang}.md": page_of(c, howtos, lang) for c in checks for lang in LANGUAGES}
    rows = [
        f"| [`{c.id}`]({c.id}.vi.md) | {SEVERITY[c.severity.value].vi} | {c.title.vi} "
        f"| [{c.title.en}]({c.id}.en.md) |"
        for c in checks
    ]
    head = [
        "# Các phép kiểm tra / The checks",
        "",
        f"{len(checks)} phép kiểm tra, trang do `make docs` sinh ra. / {len(checks)} checks, written by `make docs`.",
        "",
        "| | Mức độ | Tiếng Việt | English |",
        "|---|---|---|---|",
    ]
    written["README.md"] = "\n".join([*head, *rows]) + "\n"
    return written


def main() -> None:
    """Write the pages and remove those of checks that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, content in wanted.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    sys.stdout.write(f"{len(wanted)} pages\n")


if __name__ == "__main__":
    main()
