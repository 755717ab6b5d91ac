"""The examples for scheduled scans use commands and options that exist, and real exit codes."""

import re
from pathlib import Path

import click
import pytest

from scanner.cli.mail import command as mail
from scanner.cli.report import command as report
from scanner.cli.scan import command as scan

EXAMPLES = sorted(path for path in Path("docs/ci").iterdir() if path.name != "README.md")
COMMANDS: dict[str, click.Command] = {"scan": scan, "report": report, "mail": mail}
LINE = re.compile(r"(?:/rasoat|\$RASOAT)(?: --config \S+)? (scan|report|mail)\b([^;|&>'\n]*)")


def uses(text: str) -> list[tuple[str, list[str]]]:
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [(name, re.findall(r"(?<=\s)-{1,2}[a-z-]+", rest)) for name, rest in LINE.findall(code)]


@pytest.mark.parametrize("path", [p for p in EXAMPLES if p.suffix != ".timer"], ids=lambda path: path.name)
def test_an_example_runs_scan_report_and_mail_with_options_that_exist(path: Path) -> None:
    used = uses(path.read_text(encoding="utf-8"))

    assert {name for name, _ in used} == set(COMMANDS)
    for name, options in used:
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert set(options) <= known, f"{path}: rasoat {name} {options}"


def test_findings_alone_never_stop_the_reports() -> None:
    assert "SuccessExitStatus=1\n" in Path("docs/ci/rasoat.service").read_text(encoding="utf-8")
    assert "exit_codes: [1]" in Path("docs/ci/gitlab-ci.yml").read_text(encoding="utf-8")
    assert '[ "$code" -le 1 ]' in Path("docs/ci/github-actions.yml").read_text(encoding="utf-8")


def test_no_example_uploads_reports_or_pins_an_action_by_name() -> None:
    for path in EXAMPLES:
        text = path.read_text(encoding="utf-8")
        assert "upload" not in re.sub(r"#.*", "", text)
        for action in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)
