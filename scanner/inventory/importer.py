"""Rows of a list -> an inventory. A bad row is reported with its number; the good ones are kept.

What is there already (same address) is left alone. An empty agency cell means the agency of the row above, as
in lists whose cells are merged.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from scanner.config_rules import is_email
from scanner.errors import ConfigError, Grade, Problem
from scanner.inventory.columns import Columns, field_of, heading_row
from scanner.inventory.sheet import Row, read_sheet
from scanner.model.agency import Agency, Contact, Inventory, Lifecycle, Province, Role, Site
from scanner.model.evidence import Target
from scanner.model.text import Text
from scanner.parse.host import site_id_of, target_of
from scanner.parse.vietnamese import fold, slug, tidy

SEPARATORS = re.compile(r"[\s;,]+")
LEVEL = re.compile(r"^(?:cap(?: do)?|level|muc)?\s*([1-5]|iii|ii|iv|i|v)$")
ROMAN: Mapping[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
STATES: Mapping[str, Lifecycle] = {
    "": Lifecycle.ACTIVE,
    "hoat dong": Lifecycle.ACTIVE,
    "dang hoat dong": Lifecycle.ACTIVE,
    "dang su dung": Lifecycle.ACTIVE,
    "active": Lifecycle.ACTIVE,
    "chuyen huong": Lifecycle.REDIRECT_ONLY,
    "redirect only": Lifecycle.REDIRECT_ONLY,
    "redirect-only": Lifecycle.REDIRECT_ONLY,
    "ngung": Lifecycle.RETIRED,
    "da ngung": Lifecycle.RETIRED,
    "ngung hoat dong": Lifecycle.RETIRED,
    "ngung su dung": Lifecycle.RETIRED,
    "dung hoat dong": Lifecycle.RETIRED,
    "da dung": Lifecycle.RETIRED,
    "khong hoat dong": Lifecycle.RETIRED,
    "retired": Lifecycle.RETIRED,
}
LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list came to. `agencies` and `sites` are new; `problems` name rows by their number."""

    agencies: tuple[Agency, ...]
    sites: tuple[Site, ...]
    problems: tuple[Problem, ...]
    rows: int
    known: int = 0  # addresses that were in the inventory already

    def inventory(self, province: Province) -> Inventory:
        """The new part as an inventory of its own."""
        ordered = tuple(s for a in self.agencies for s in self.sites if s.agency_id == a.id)
        return Inventory(province, self.agencies, ordered)


def import_sheet(path: Path, *, existing: Inventory | None = None, sheet: str | None = None) -> Imported:
    """The agencies and sites of a list that `existing` lacks. Raises ConfigError when nothing can be read."""
    for name, rows in read_sheet(path, sheet=sheet):
        found = heading_row(rows)
        if found is not None:
            position, columns = found
            return import_rows(rows[position + 1 :], columns, existing=existing, filename=f"{path} [{name}]")
    message = Text(
        "không thấy dòng tiêu đề có cột địa chỉ web và một cột khác",
        "no row of headings with a column for the web address and another one",
    )
    least = '"Tên cơ quan", "Địa chỉ website"'
    hint = Text(f"cần ít nhất {least}", f"write at least {least}")
    raise ConfigError([Problem(str(path), None, message, hint)])


def import_rows(
    rows: Iterable[Row], columns: Columns, *, existing: Inventory | None, filename: str
) -> Imported:
    """The same for rows whose columns are known."""
    desk = _Desk(filename, columns)
    if existing is not None:
        desk.know(existing)
    count = 0
    for row in rows:
        count += 1
        desk.take(row)
    known = {a.id for a in existing.agencies} if existing else set()
    agencies = tuple(a for a in desk.agencies.values() if a.id not in known)
    return Imported(agencies, tuple(desk.sites), tuple(desk.problems), count, desk.known)


@dataclass(slots=True)
class _Desk:
    """Takes row after row and keeps what is needed to read the next one."""

    filename: str
    columns: Columns
    agencies: dict[str, Agency] = field(default_factory=dict)  # by folded name
    sites: list[Site] = field(default_factory=list)
    targets: dict[Target, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    known: int = 0
    above: Agency | None = None

    def know(self, existing: Inventory) -> None:
        """Note what an inventory holds already."""
        self.agencies = {fold(a.name): a for a in existing.agencies}
        self.ids = {s.id for s in existing.sites}
        for site in existing.sites:
            target = target_of(site.url)
            if isinstance(target, Target):
                self.targets[target] = site.id

    def take(self, row: Row) -> None:
        """Read one row."""
        if self._repeats_headings(row):
            return
        targets = self._targets(row)
        agency = self._agency(row) if targets else None
        if agency is None:
            return
        for target, url in targets.items():
            if target in self.targets:
                self._seen_before(row, target, self.targets[target])
            else:
                self._add(row, agency, target, url)

    def _cell(self, row: Row, name: str) -> str:
        index = self.columns.get(name)
        return tidy(row.cells[index]) if index is not None and index < len(row.cells) else ""

    def _repeats_headings(self, row: Row) -> bool:
        return field_of(self._cell(row, "url")) == "url"

    def _targets(self, row: Row) -> dict[Target, str]:
        """The addresses in the cell of a row and how to write them; several may stand in one cell."""
        words = self._cell(row, "url")
        if not words:
            vi = "không có địa chỉ web; bỏ qua dòng này (ô công thức cần được lưu giá trị)"
            en = "no web address; the row is skipped (a formula needs its value stored)"
            self._report(row, Text(vi, en), Grade.WARNING)
            return {}
        targets = {}
        for part in filter(None, SEPARATORS.split(words)):
            target = target_of(part)
            if isinstance(target, Target) and ("." in target.host or ":" in target.host):
                plain = target.port is None and part.lower().startswith("http://")
                targets[target] = target.url("http" if plain else target.scheme)
            else:
                message = Text(f'"{part}" không phải địa chỉ web', f'"{part}" is no web address')
                self._report(row, message, Grade.ERROR)
        return targets

    def _agency(self, row: Row) -> Agency | None:
        """The agency of a row, made or completed; that of the row above when the cell is empty."""
        name = self._cell(row, "agency")
        if not name and self.above is None:
            self._report(row, Text("không có tên cơ quan", "no agency is named"), Grade.ERROR)
            return None
        if not name and self.above is not None:
            agency = self.above
            vi = f"ô cơ quan trống; lấy theo dòng trên: {agency.name}"
            en = f"no agency; taken from the row above: {agency.name}"
            self._report(row, Text(vi, en), Grade.WARNING)
        else:
            agency = self._called(name, self._cell(row, "agency_id"))
        agency = self._with_contacts(row, self._with_parent(row, agency))
        self.agencies[fold(agency.name)] = agency
        self.above = agency
        return agency

    def _called(self, name: str, wanted_id: str = "") -> Agency:
        key = fold(name)
        if key not in self.agencies:
            taken = {a.id for a in self.agencies.values()}
            self.agencies[key] = Agency(_free(agency_id(wanted_id or name), taken), name)
        return self.agencies[key]

    def _with_parent(self, row: Row, agency: Agency) -> Agency:
        name = self._cell(row, "parent")
        if not name or agency.parent or fold(name) == fold(agency.name):
            return agency
        parent = self._called(name)
        if self._is_below(parent, agency):
            message = Text(
                f"{name} vừa là cấp trên vừa là cấp dưới", f"{name} is above and below {agency.name}"
            )
            self._report(row, message, Grade.ERROR)
            return agency
        return replace(agency, parent=parent.id)

    def _is_below(self, lower: Agency, upper: Agency) -> bool:
        by_id = {a.id: a for a in self.agencies.values()}
        current: Agency | None = lower
        while current is not None:
            if current.id == upper.id:
                return True
            current = by_id.get(current.parent or "")
        return False

    def _with_contacts(self, row: Row, agency: Agency) -> Agency:
        people = [(Role.HEAD, "email_head", ""), (Role.WEBMASTER, "email", self._cell(row, "contact"))]
        contacts = list(agency.contacts)
        for role, column, name in people:
            for email in filter(None, SEPARATORS.split(self._cell(row, column))):
                if not is_email(email):
                    message = Text(f'"{email}" không phải địa chỉ thư', f'"{email}" is no mail address')
                    self._report(row, message, Grade.WARNING)
                elif all((c.role, c.email.lower()) != (role, email.lower()) for c in contacts):
                    phone = self._cell(row, "phone") if role is Role.WEBMASTER else ""
                    contacts.append(Contact(role, email, name, phone))
        return replace(agency, contacts=tuple(contacts))

    def _add(self, row: Row, agency: Agency, target: Target, url: str) -> None:
        site = Site(
            id=_free(site_id_of(target), self.ids),
            agency_id=agency.id,
            url=url,
            name=self._cell(row, "name"),
            level=self._level(row),
            lifecycle=self._lifecycle(row),
            vendor=self._cell(row, "vendor"),
            hosting=self._cell(row, "hosting"),
        )
        self.ids.add(site.id)
        self.targets[target] = site.id
        self.sites.append(site)

    def _level(self, row: Row) -> int | None:
        words = fold(self._cell(row, "level"))
        if not words or words in {"-", "chua", "chua phan loai", "chua xac dinh"}:
            return None
        found = LEVEL.match(words)
        if found is None:
            message = Text(
                f'không hiểu cấp độ "{words}"; để trống', f'level "{words}" is not understood; left empty'
            )
            self._report(row, message, Grade.WARNING)
            return None
        return ROMAN.get(found[1]) or int(found[1])

    def _lifecycle(self, row: Row) -> Lifecycle:
        words = fold(self._cell(row, "lifecycle"))
        if words not in STATES:
            message = Text(
                f'không hiểu trạng thái "{words}"; coi là đang hoạt động',
                f'state "{words}" is not understood; taken for active',
            )
            self._report(row, message, Grade.WARNING)
        return STATES.get(words, Lifecycle.ACTIVE)

    def _seen_before(self, row: Row, target: Target, site_id: str) -> None:
        if any(site.id == site_id for site in self.sites):
            host = target.host
            self._report(
                row, Text(f"{host}: trùng với dòng trên", f"{host}: stands further up"), Grade.WARNING
            )
        else:
            self.known += 1

    def _report(self, row: Row, message: Text, grade: Grade) -> None:
        self.problems.append(Problem(self.filename, row.number, message, None, grade))


def agency_id(name: str) -> str:
    """The id made of a name: the same name always gives the same one."""
    made = slug(name)
    digest = sha256(tidy(name).encode()).hexdigest()
    if not made:
        return f"co-quan-{digest[:8]}"
    return made if len(made) <= LONGEST_ID else f"{made[:LONGEST_ID].rstrip('-')}-{digest[:6]}"


def _free(wanted: str, taken: set[str]) -> str:
    """The id, numbered when another has it."""
    names = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
