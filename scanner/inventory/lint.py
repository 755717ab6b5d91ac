"""What is wrong, or looks wrong, in an inventory whose form is right.

Errors make it unusable (ids that clash, a parent nobody knows, an address that is none). Warnings are what a
careful colleague would point out (a permit that has run out, a merged agency with a living site).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from ipaddress import ip_network

from scanner.config_rules import is_email
from scanner.errors import Grade, Problem
from scanner.model.agency import Agency, Authorisation, Contact, Inventory, Lifecycle
from scanner.model.evidence import Target
from scanner.model.text import Text
from scanner.parse.host import target_of
from scanner.parse.toml_lines import KeyPath, line_at
from scanner.parse.vietnamese import fold

ID = re.compile(r"^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$")
LEVELS = range(1, 6)
PLACEHOLDER = "Tỉnh ..."  # what `rasoat init` writes when no province is named
PUBLIC_BODIES = (
    ".gov.vn",
    ".example",
    ".test",
)  # the last two are reserved for examples (RFC 2606 section 2)
Remark = tuple[KeyPath, Grade, Text]


def lint(
    inventory: Inventory,
    today: date | None,
    *,
    filename: str = "agencies.toml",
    marks: Mapping[KeyPath, int] | None = None,
) -> tuple[Problem, ...]:
    """Everything worth saying about an inventory, in file order. Without `today` no date is judged."""
    rules = (_province, _agencies, _tree, _sites, _hosts, _reach, _authorisations)
    remarks = [remark for rule in rules for remark in rule(inventory)]
    if today is not None:
        remarks += _dates(inventory, today)
    problems = [
        Problem(filename, line_at(marks or {}, path), text, None, grade) for path, grade, text in remarks
    ]
    return tuple(sorted(problems, key=lambda p: p.line or 0))


def _error(path: KeyPath, vi: str, en: str) -> Remark:
    return path, Grade.ERROR, Text(vi, en)


def _warning(path: KeyPath, vi: str, en: str) -> Remark:
    return path, Grade.WARNING, Text(vi, en)


def _province(inventory: Inventory) -> Iterator[Remark]:
    if not inventory.province.name.strip():
        yield _error(("province", "name"), "chưa ghi tên tỉnh", "the province has no name")
    if inventory.province.name == PLACEHOLDER:
        yield _warning(
            ("province", "name"), "chưa điền tên tỉnh", "the name of the province is not filled in"
        )
    if inventory.province.officer:
        yield from _contact(("province", "officer"), inventory.province.officer)


def _agencies(inventory: Inventory) -> Iterator[Remark]:
    """Ids, names and contacts of the agencies."""
    yield from _ids("agencies", [a.id for a in inventory.agencies], Text("cơ quan", "agency"))
    names = Counter(fold(a.name) for a in inventory.agencies)
    for i, agency in enumerate(inventory.agencies):
        if not agency.name.strip():
            yield _error(
                ("agencies", i, "name"),
                f"cơ quan {agency.id} không có tên",
                f"agency {agency.id} has no name",
            )
        elif names[fold(agency.name)] > 1:
            name = agency.name
            yield _warning(
                ("agencies", i, "name"), f"hai cơ quan cùng tên {name}", f"two agencies are called {name}"
            )
        for j, contact in enumerate(agency.contacts):
            yield from _contact(("agencies", i, "contact", j), contact)


def _ids(kind: str, ids: list[str], noun: Text) -> Iterator[Remark]:
    seen: set[str] = set()
    for i, one in enumerate(ids):
        if not ID.match(one) or len(one) > 100:
            vi = f'mã {noun.vi} "{one}": chỉ dùng chữ thường không dấu, chữ số, gạch nối'
            yield _error(
                (kind, i, "id"), vi, f'{noun.en} id "{one}": lower-case letters, digits and hyphens only'
            )
        if one in seen:
            yield _error(
                (kind, i, "id"), f"trùng mã {noun.vi} {one}", f"the {noun.en} id {one} is used twice"
            )
        seen.add(one)


def _contact(path: KeyPath, contact: Contact) -> Iterator[Remark]:
    if not is_email(contact.email):
        words = contact.email
        yield _error((*path, "email"), f'địa chỉ thư "{words}" không hợp lệ', f'"{words}" is no mail address')


def _tree(inventory: Inventory) -> Iterator[Remark]:
    """Parents and mergers must exist and may not go round in circles."""
    by_id = {a.id: a for a in inventory.agencies}
    for i, agency in enumerate(inventory.agencies):
        for key, to in (("parent", agency.parent), ("merged_into", agency.merged_into)):
            if to is None:
                continue
            path = ("agencies", i, key)
            if to not in by_id:
                yield _error(path, f'{key}: không có cơ quan "{to}"', f'{key}: there is no agency "{to}"')
            elif _returns(agency, by_id, key):
                yield _error(
                    path, f"{key}: {agency.id} quay về chính nó", f"{key}: {agency.id} comes back to itself"
                )


def _returns(start: Agency, by_id: Mapping[str, Agency], key: str) -> bool:
    """True when following `key` from an agency leads back to it."""
    seen: set[str] = set()
    current: str | None = getattr(start, key)
    while current is not None and current not in seen:
        if current == start.id:
            return True
        seen.add(current)
        current = getattr(by_id[current], key) if current in by_id else None
    return False


def _sites(inventory: Inventory) -> Iterator[Remark]:
    """Ids, owners, levels and addresses of the sites."""
    yield from _ids("sites", [s.id for s in inventory.sites], Text("trang", "site"))
    known = {a.id for a in inventory.agencies}
    for i, site in enumerate(inventory.sites):
        if site.agency_id not in known:
            to = site.agency_id
            yield _error(("sites", i, "agency"), f'không có cơ quan "{to}"', f'there is no agency "{to}"')
        if site.level is not None and site.level not in LEVELS:
            yield _error(
                ("sites", i, "level"),
                f"cấp độ {site.level}: chỉ từ 1 đến 5",
                f"level {site.level}: only 1 to 5",
            )
        target = target_of(site.url)
        if isinstance(target, Text):
            yield _error(("sites", i, "url"), f'"{site.url}": {target.vi}', f'"{site.url}": {target.en}')


def _hosts(inventory: Inventory) -> Iterator[Remark]:
    """The same address twice is a mistake, the same host twice may be; foreign names deserve a look."""
    targets: dict[Target, str] = {}
    hosts: dict[str, str] = {}
    for i, site in enumerate(inventory.sites):
        target = target_of(site.url)
        if isinstance(target, Text):
            continue
        path = ("sites", i, "url")
        if target in targets:
            yield _error(
                path, f"trùng địa chỉ với {targets[target]}", f"the same address as {targets[target]}"
            )
        elif target.host in hosts:
            other = hosts[target.host]
            yield _warning(path, f"cùng máy chủ tên miền với {other}", f"the same host as {other}")
        targets.setdefault(target, site.id)
        hosts.setdefault(target.host, site.id)
        if site.lifecycle is Lifecycle.ACTIVE and not f".{target.host}".endswith(PUBLIC_BODIES):
            yield _warning(path, f"{target.host} không thuộc .gov.vn", f"{target.host} is not below .gov.vn")


def _reach(inventory: Inventory) -> Iterator[Remark]:
    """Agencies whose report would reach nobody, and merged ones with a living site."""
    active: dict[str, list[str]] = defaultdict(list)
    for site in inventory.sites:
        if site.lifecycle is Lifecycle.ACTIVE:
            active[site.agency_id].append(site.id)
    by_id = {a.id: a for a in inventory.agencies}
    for i, agency in enumerate(inventory.agencies):
        if agency.merged_into and active[agency.id]:
            listed = ", ".join(active[agency.id])
            vi = f"{agency.id} đã hợp nhất nhưng còn trang hoạt động: {listed}"
            yield _warning(("agencies", i), vi, f"{agency.id} is merged but has active sites: {listed}")
        heir = by_id.get(agency.merged_into or "", agency)
        if active[agency.id] and not agency.contacts and not heir.contacts:
            vi = f"{agency.id} có trang nhưng không có người nhận báo cáo"
            yield _warning(("agencies", i), vi, f"{agency.id} has sites but nobody who gets its report")


def _authorisations(inventory: Inventory) -> Iterator[Remark]:
    known = {a.id for a in inventory.agencies}
    for i, record in enumerate(inventory.authorisations):
        path = ("authorisations", i)
        if not record.document.strip():
            yield _error((*path, "document"), "chưa ghi số văn bản", "the document is not named")
        if record.valid_until < record.valid_from:
            yield _error((*path, "valid_until"), "hết hiệu lực trước khi bắt đầu", "ends before it begins")
        for one in record.agencies:
            if one not in known:
                yield _error((*path, "agencies"), f'không có cơ quan "{one}"', f'there is no agency "{one}"')
        for block in record.allow_addresses:
            yield from _block((*path, "allow_addresses"), block)
        if record.signed_on > record.valid_from:
            vi = f"{record.document}: ký sau ngày có hiệu lực"
            yield _warning((*path, "signed_on"), vi, f"{record.document}: signed after it begins")


def _block(path: KeyPath, words: str) -> Iterator[Remark]:
    try:
        ip_network(words)
    except ValueError:
        yield _error(path, f'"{words}" không phải khối địa chỉ CIDR', f'"{words}" is no CIDR block')


def _dates(inventory: Inventory, today: date) -> Iterator[Remark]:
    """Permits that do not count today."""
    if inventory.sites and not inventory.authorisations:
        vi = "chưa có văn bản phê duyệt: chỉ được quét ở mức passive"
        yield _warning((), vi, "no written authorisation: only the passive depth is allowed")
    for i, record in enumerate(inventory.authorisations):
        if record.valid_until < today:
            yield _dated(i, "valid_until", record, Text("đã hết hiệu lực", "has expired"))
        elif record.valid_from > today:
            yield _dated(i, "valid_from", record, Text("chưa có hiệu lực", "is not yet in force"))


def _dated(index: int, key: str, record: Authorisation, what: Text) -> Remark:
    when: date = getattr(record, key)
    vi = f"{record.document} {what.vi} ({when:%d/%m/%Y})"
    return _warning(("authorisations", index, key), vi, f"{record.document} {what.en} ({when:%d/%m/%Y})")
