"""Clauses: which are met, which are not, which need paper; in words as strong as the text, never stronger."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.clean import one_line
from reports.dates import day
from reports.view.counts import is_hole, is_waived
from reports.view.desk import Desk
from reports.view.marks import Mark, bad, good, paper, unknown, waived
from reports.words import Say
from reports.words.clauses import TERMS
from scanner.model.finding import Verdict
from scanner.model.paper import Paper
from scanner.model.ruling import Binding, Clause, Ruling
from scanner.model.text import Language
from scanner.policy.papers import paper_of

NOTE_LIMIT = 300
BINDING = frozenset({Binding.COMPULSORY, Binding.BY_REFERENCE})


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause and what this scan says about it. `standing` is met, unmet, other or paper."""

    title: str
    text: str
    force: str
    mark: Mark
    notes: str
    jobs: tuple[int, ...]
    standing: str
    filed: "Filed | None" = None  # the paper that answers it, where an officer filed one


@dataclass(frozen=True, slots=True)
class Filed:
    """A document filed for a demand: quoted, not judged."""

    document: str
    day: str
    note: str


@dataclass(frozen=True, slots=True)
class ClauseTable:
    """Clauses of one strength; the four numbers add up to the rows."""

    caption: str
    rows: tuple[ClauseRow, ...]

    def count(self, standing: str) -> int:
        """How many rows have this standing."""
        return sum(row.standing == standing for row in self.rows)

    @property
    def testable(self) -> int:
        """Rows something outside can be seen of."""
        return len(self.rows) - self.count("paper")


@dataclass(frozen=True, slots=True)
class Law:
    """The two tables: what binds, and what is advised."""

    binding: ClauseTable
    advice: ClauseTable

    @property
    def is_empty(self) -> bool:
        """True when no framework was loaded."""
        return not self.binding.rows and not self.advice.rows


def law(
    rulings: Iterable[Ruling], jobs: Mapping[tuple[str, str], int], desk: Desk, agency_id: str = ""
) -> Law:
    """Both tables. `jobs` tells the number of the job that closes a finding, by (site id, check id).

    Papers count that were filed for the agency, for one above it, or for all.
    """
    by_clause: dict[Clause, list[Ruling]] = {}
    for ruling in rulings:
        for clause in ruling.clauses:
            by_clause.setdefault(clause, []).append(ruling)
    rows = [
        (clause, _row(clause, found, jobs, desk.say))
        for clause, found in by_clause.items()
        if any(r.finding.verdict != Verdict.NOTAPPLICABLE for r in found)
    ]
    cited = {(clause.instrument, clause.clause) for clause in by_clause}
    rows += [
        (c, _unanswered_row(c, desk.say))
        for c in desk.dossier.unanswered
        if (c.instrument, c.clause) not in cited
    ]
    lineage = desk.dossier.inventory.lineage(agency_id)
    rows += [(c, _paper_row(c, lineage, desk)) for c in desk.dossier.notchecked if c not in by_clause]
    return Law(
        _table("clauses.binding", [row for c, row in rows if c.binding in BINDING], desk.say),
        _table("clauses.advice", [row for c, row in rows if c.binding not in BINDING], desk.say),
    )


def place_in_law(text: str, language: Language) -> str:
    """The place of a clause, "Điều 9 khoản 2", with its nouns in the language of the report."""
    shown = one_line(text)
    if language == "vi":
        return shown
    for vietnamese, english in TERMS:
        shown = re.sub(rf"\b{vietnamese}\b", english, shown)
    return shown


def _table(key: str, rows: list[ClauseRow], say: Say) -> ClauseTable:
    bare = ClauseTable("", tuple(rows))
    counts = {name: bare.count(name) for name in ("met", "unmet", "other", "paper")}
    return ClauseTable(say(key, **counts), bare.rows)


def _row(clause: Clause, rulings: list[Ruling], jobs: Mapping[tuple[str, str], int], say: Say) -> ClauseRow:
    mark, standing = _standing(clause, rulings, say)
    closing = {jobs.get((r.finding.site_id, r.finding.check_id), 0) for r in rulings if r.is_open}
    return ClauseRow(
        title=say.text(clause.title),
        text=_citation(clause, say),
        force=_force(clause, say),
        mark=mark,
        notes=_notes(rulings, say),
        jobs=tuple(sorted(closing - {0})),
        standing=standing,
    )


def _unanswered_row(clause: Clause, say: Say) -> ClauseRow:
    return ClauseRow(
        title=say.text(clause.title),
        text=_citation(clause, say),
        force=_force(clause, say),
        mark=unknown(say("clause.unanswered")),
        notes="",
        jobs=(),
        standing="other",
    )


def _paper_row(clause: Clause, lineage: tuple[str, ...], desk: Desk) -> ClauseRow:
    say = desk.say
    found = paper_of(desk.dossier.papers, clause.requirement, lineage)
    return ClauseRow(
        title=say.text(clause.title),
        text=_citation(clause, say),
        force=_force(clause, say),
        mark=paper(say("verdict.notchecked")),
        notes="",
        jobs=(),
        standing="paper",
        filed=_filed(found, desk) if found else None,
    )


def _filed(found: Paper, desk: Desk) -> Filed:
    """The document as it was filed; one that no longer holds says so."""
    notes = [one_line(found.note, NOTE_LIMIT)] if found.note else []
    if found.until is not None:
        key = "clauses.paper_over" if found.until < desk.today else "clauses.paper_until"
        notes.append(desk.say(key, on=found.until))
    return Filed(one_line(found.document), day(found.signed_on), ". ".join(notes))


def _standing(clause: Clause, rulings: list[Ruling], say: Say) -> tuple[Mark, str]:
    """One open failure decides, then holes, then accepted risks; met only when all of it was seen."""
    if any(r.is_open for r in rulings):
        return bad(say(f"unmet.{clause.binding.value}")), "unmet"
    if any(is_hole(r) for r in rulings):
        return unknown(say("verdict.unknown")), "other"
    if any(is_waived(r) for r in rulings):
        return waived(say("verdict.waived")), "other"
    if not clause.whole:
        return unknown(say("clause.met_partly")), "other"
    return good(say("clause.met")), "met"


def _citation(clause: Clause, say: Say) -> str:
    place = place_in_law(clause.clause, say.language)
    return ", ".join(part for part in (one_line(clause.instrument), place) if part)


def _force(clause: Clause, say: Say) -> str:
    """How strongly it binds, and every doubt about the citation."""
    words = [say(f"binding.{clause.binding.value}")]
    if clause.contested:
        words.append(say("clause.contested"))
    if clause.evidence == "U":
        words.append(say("clause.unverified"))
    elif clause.evidence != "V1":
        words.append(say("clause.reported"))
    return "; ".join(words)


def _notes(rulings: list[Ruling], say: Say) -> str:
    counts = (
        ("clauses.fails", sum(r.is_open for r in rulings)),
        ("clauses.unknowns", sum(is_hole(r) for r in rulings)),
        ("clauses.waived", sum(is_waived(r) for r in rulings)),
        ("clauses.passes", sum(r.finding.verdict == Verdict.PASS for r in rulings)),
    )
    return ", ".join(say(key, n=n) for key, n in counts if n)
