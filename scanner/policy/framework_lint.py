"""What is wrong inside well-formed framework files: names that lead nowhere, dates that contradict."""

from collections.abc import Collection, Iterator

from scanner.errors import Grade, Problem
from scanner.model.text import Text
from scanner.parse.toml_lines import KeyPath, line_at
from scanner.policy.frameworks import (
    FrameworkFile,
    Frameworks,
    Instrument,
    Loaded,
    Requirement,
    Status,
    Testable,
)

DATES = ("date", "in_force_from", "in_force_to")
LEVELS = range(1, 6)

Fault = tuple[KeyPath, Text, Grade]


def lint(frameworks: Frameworks, check_ids: Collection[str]) -> tuple[Problem, ...]:
    """All faults as errors; checks that are not built yet, and checks no clause names, as warnings."""
    ids = [i.id for f in frameworks.files for i in f.content.instrument]
    ids += [r.id for f in frameworks.files for r in f.content.requirement]
    doubles = {name for name in ids if ids.count(name) > 1}
    found = [
        Problem(file.filename, line_at(file.lines, path), message, grade=grade)
        for file in frameworks.files
        for path, message, grade in _file(file, frameworks, doubles, check_ids)
    ]
    named = {check for _f, r in frameworks.requirements() for check in r.checks}
    found += [
        Problem(
            "checks/frameworks",
            None,
            Text(f"chưa có điều khoản nào dẫn tới {check}", f"no clause names {check}"),
            grade=Grade.WARNING,
        )
        for check in sorted(set(check_ids) - named)
    ]
    return tuple(found)


def _file(
    file: Loaded, frameworks: Frameworks, doubles: set[str], check_ids: Collection[str]
) -> Iterator[Fault]:
    for number, instrument in enumerate(file.content.instrument):
        for message in _instrument(instrument, file.content, frameworks, doubles):
            yield ("instrument", number), _about(instrument.id, message), Grade.ERROR
    for number, requirement in enumerate(file.content.requirement):
        for message in _requirement(requirement, frameworks, doubles):
            yield ("requirement", number), _about(requirement.id, message), Grade.ERROR
        for check in requirement.checks:
            if check not in check_ids:
                message = Text(f"chưa có phép kiểm tra {check}", f"there is no check {check} yet")
                yield ("requirement", number, "checks"), _about(requirement.id, message), Grade.WARNING


def _instrument(
    instrument: Instrument, file: FrameworkFile, frameworks: Frameworks, doubles: set[str]
) -> Iterator[Text]:
    if instrument.id in doubles:
        yield Text("mã bị trùng", "the id is used twice")
    yield from _dates(instrument, file)
    others = (*instrument.replaces, *([instrument.replaced_by] if instrument.replaced_by else []))
    for other in others:
        if other not in frameworks.instruments:
            yield Text(f"không có văn bản {other}", f"there is no instrument {other}")
    for source in instrument.sources:
        if source not in file.sources:
            yield Text(f"không có nguồn {source}", f"there is no source {source}")


def _dates(instrument: Instrument, file: FrameworkFile) -> Iterator[Text]:
    dates = dict(
        zip(DATES, (instrument.dated, instrument.in_force_from, instrument.in_force_to), strict=True)
    )
    for name in instrument.unknown:
        if name not in dates:
            yield Text(f"`unknown` không nhận {name}", f"`unknown` cannot hold {name}")
        elif dates[name] is not None:
            yield Text(
                f"{name} vừa có giá trị vừa nằm trong `unknown`", f"{name} is both given and `unknown`"
            )
    start, end = instrument.in_force_from, instrument.in_force_to
    if start is not None and end is not None and end <= start:
        yield Text("hết hiệu lực trước khi có hiệu lực", "it ends before it begins")
    if instrument.status is Status.IN_FORCE and end is not None and end <= file.as_of:
        yield Text("ghi còn hiệu lực nhưng đã hết hạn", "said to be in force, but it has ended")


def _requirement(requirement: Requirement, frameworks: Frameworks, doubles: set[str]) -> Iterator[Text]:
    if requirement.id in doubles:
        yield Text("mã bị trùng", "the id is used twice")
    for citation in requirement.citations:
        if citation.instrument not in frameworks.instruments:
            yield Text(
                f"không có văn bản {citation.instrument}", f"there is no instrument {citation.instrument}"
            )
    if requirement.testable is Testable.YES and not requirement.checks:
        yield Text("kiểm tra được nhưng không nêu phép kiểm tra", "testable, but no check is named")
    if requirement.testable is Testable.NO and requirement.checks:
        yield Text("không kiểm tra được nhưng lại nêu phép kiểm tra", "not testable, but checks are named")
    if requirement.from_level is not None and requirement.from_level not in LEVELS:
        yield Text("from_level phải từ 1 đến 5", "from_level lies between 1 and 5")
    if requirement.fine_vnd and (
        len(requirement.fine_vnd) != 2 or requirement.fine_vnd[0] > requirement.fine_vnd[1]
    ):
        yield Text("fine_vnd phải là [từ, đến]", "fine_vnd is [from, to]")


def _about(name: str, message: Text) -> Text:
    return Text(f"{name}: {message.vi}", f"{name}: {message.en}")
