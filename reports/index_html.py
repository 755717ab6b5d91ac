"""The contents page of a folder of reports: what to open first. No remote text stands on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.clean import file_name, one_line
from reports.dates import day
from reports.page import environment, style_hash
from reports.view.names import agency_name, marking, province_name
from reports.view.vendor import vendors_of
from reports.words import Say
from scanner.model.dossier import Dossier
from scanner.model.text import LANGUAGES, Text

PROVINCE = Text("Tổng quan toàn tỉnh", "Overview of the province")
VENDOR = Text("Phiếu việc của {name}", "Work sheet of {name}")
TABLES = {
    ".json": Text("Toàn bộ kết quả cho phần mềm", "The whole result, for programs"),
    ".jsonl": Text(
        "Kết quả theo dòng cho phần mềm (JSON Lines)", "The result line by line, for programs (JSON Lines)"
    ),
    ".csv": Text("Bảng phát hiện dạng văn bản (CSV)", "Table of findings as text (CSV)"),
    ".xlsx": Text("Bảng phát hiện cho Excel", "Table of findings for Excel"),
    ".sarif": Text("Phát hiện cho công cụ quản lý mã nguồn", "Findings for code hosting tools"),
    ".xml": Text("Kết quả cho hệ thống CI", "Results for CI systems"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the folder: its name, what it is, and the language of these words."""

    name: str
    about: str
    language: str


def render(dossier: Dossier, names: tuple[str, ...], only: tuple[str, ...] = ()) -> str:
    """The page as text; `names` are the files of the folder, linked in their order."""
    env = environment()
    about = dict(_pages(dossier, only))
    style = env.get_template("index.css.j2").render()
    return env.get_template("index.html.j2").render(
        entries=[about.get(name) or _table(name) for name in names],
        style_hash=style_hash(style),
        province=province_name(dossier),
        scan=one_line(dossier.scan.id),
        on=day(dossier.scan.started_at),
        marking=marking(dossier.settings, Say("vi")),
    )


def _pages(dossier: Dossier, only: tuple[str, ...]) -> Iterator[tuple[str, Entry]]:
    """What every page of this scan is about, in its own language."""
    agencies = [a for a in dossier.agencies() if not only or a.id in only]
    for language in LANGUAGES:
        labels = {
            "province": PROVINCE.into(language),
            **{file_name(a.id): agency_name(a, Say(language)) for a in agencies},
            **{
                f"vendor.{file_name(v)}": VENDOR.into(language).format(name=one_line(v))
                for v in vendors_of(dossier)
            },
        }
        for stem, words in labels.items():
            name = f"{stem}.{language}.html"
            yield name, Entry(name, words, language)


def _table(name: str) -> Entry:
    """A table; one in English says so in its name."""
    language = "en" if ".en." in name else "vi"
    words = next((text for ending, text in TABLES.items() if name.endswith(ending)), None)
    return Entry(name, words.into("en" if language == "en" else "vi") if words else name, language)
