"""The passwords of protected PDF reports: one for each agency, in a file of its own that only its owner can read.

A password goes to the agency by another way than mail - a call, a sealed letter - and stays the same until the officer
deletes its line. It is drawn at random: nothing an outsider can look up, such as a tax or telephone number, is one.
"""

import secrets
import tomllib
from collections.abc import Iterable
from pathlib import Path

from reports.writing import write
from scanner.config_rules import is_open_to_others
from scanner.errors import ConfigError, Problem
from scanner.inventory.writer import toml_string
from scanner.model.text import Text
from scanner.parse.toml_table import parse_toml
from scanner.textfile import read_text

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another on paper
GROUPS, GROUP = 5, 4  # 31 letters to the power of 20: 99 bits
SHORTEST = 16
HEAD = """\
# Mật khẩu mở báo cáo PDF, mỗi cơ quan một dòng. Trao bằng đường khác, không gửi qua thư điện tử.
# Passwords of the PDF reports, one line an agency. Hand them over by another way than e-mail.
"""


def new_password() -> str:
    """A random password of 99 bits in five groups that can be read out over the telephone."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def read_passwords(path: Path) -> dict[str, str]:
    """Agency id -> password; empty when there is no file yet. ConfigError for a file others read, or a bad line."""
    if not path.exists():
        return {}
    if is_open_to_others(path):
        hint = Text(f"chạy: chmod 600 {path}", f"run: chmod 600 {path}")
        raise ConfigError(
            [_problem(path, Text("người khác đọc được tệp này", "others may read this file"), hint)]
        )
    tree, fault = parse_toml(read_text(path), filename=str(path))
    if fault is not None:
        raise ConfigError([fault])
    problems = [_problem(path, words) for key, value in tree.items() if (words := _wrong(key, value))]
    if problems:
        raise ConfigError(problems)
    return dict(tree)


def add_passwords(path: Path, agency_ids: Iterable[str]) -> tuple[str, ...]:
    """Write a password for each agency that has none; gives the ids that got one. The others keep theirs."""
    known = read_passwords(path)
    new = tuple(agency_id for agency_id in dict.fromkeys(agency_ids) if agency_id not in known)
    if new:
        passwords = {**known, **{agency_id: new_password() for agency_id in new}}
        lines = (f"{toml_string(key)} = {toml_string(value)}\n" for key, value in passwords.items())
        write(path, HEAD + "".join(lines), lambda data: tomllib.loads(data.decode()))
    return new


def _wrong(key: str, value: object) -> Text | None:
    if not isinstance(value, str):
        return Text(f"{key}: cần một chuỗi chữ", f"{key}: a string is needed")
    if len(value) < SHORTEST:
        return Text(
            f"{key}: mật khẩu ngắn hơn {SHORTEST} ký tự; xóa dòng này rồi chạy rasoat mail passwords",
            f"{key}: shorter than {SHORTEST} characters; delete the line and run rasoat mail passwords",
        )
    return None


def _problem(path: Path, message: Text, hint: Text | None = None) -> Problem:
    return Problem(str(path), None, message, hint)
