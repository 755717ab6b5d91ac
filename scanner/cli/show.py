"""A scan on the terminal: one block per site for people, tab-separated rows for pipes."""

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from reports.clean import one_line
from reports.sentence import sentence
from scanner.cli.progress import STATES
from scanner.model.dossier import Dossier
from scanner.model.finding import Severity, SiteState, Verdict
from scanner.model.ruling import Ruling, SiteRulings
from scanner.model.text import Language, Text

COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "blue",
    Severity.INFO: "dim",
}
SEVERITIES = {
    Severity.CRITICAL: Text("Nghiêm trọng", "Critical"),
    Severity.HIGH: Text("Cao", "High"),
    Severity.MEDIUM: Text("Trung bình", "Medium"),
    Severity.LOW: Text("Thấp", "Low"),
    Severity.INFO: Text("Thông tin", "Info"),
}
COVERAGE = Text(
    "kiểm tra được {decided} trên {applicable} phép kiểm tra", "{decided} of {applicable} checks decided"
)
NOTHING = Text("Không có phát hiện nào.", "No finding.")
UNKNOWN = Text("Chưa kiểm tra được", "Could not be checked")
PROOF_WIDTH = 160


def show(dossier: Dossier, language: Language) -> None:
    """Print the findings of every site to stdout."""
    if sys.stdout.isatty():
        console = Console(highlight=False)
        for site_id, ruled in dossier.rulings.items():
            _show_site(console, dossier, site_id, ruled, language)
        return
    for site_id, ruled in dossier.rulings.items():
        for ruling in _worst_first(ruled.rulings):
            finding = ruling.finding
            if finding.verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.ERROR):
                row = (site_id, finding.verdict.value, ruling.severity.value, finding.check_id)
                proof = one_line(finding.saw or finding.why, PROOF_WIDTH)
                print("\t".join((*row, proof)))  # noqa: T201 - results go to stdout


def _show_site(
    console: Console, dossier: Dossier, site_id: str, ruled: SiteRulings, language: Language
) -> None:
    site = next(s for s in dossier.inventory.sites if s.id == site_id)
    coverage = COVERAGE.into(language).format(decided=ruled.decided, applicable=ruled.applicable)
    state = STATES[SiteState(ruled.state)].into(language)
    console.print(Styled(f"\n{site.url}", style="bold"), Styled(f"  {state}, {coverage}", style="dim"))
    failed = [r for r in _worst_first(ruled.rulings) if r.finding.verdict is Verdict.FAIL]
    if not failed and ruled.decided:
        console.print(NOTHING.into(language))
    table = Table.grid(padding=(0, 2))
    for ruling in failed:
        check = dossier.checks.get(ruling.finding.check_id)
        title = sentence(check, ruling.finding, language) if check else ruling.finding.check_id
        word = SEVERITIES[ruling.severity].into(language)
        proof = one_line(ruling.finding.saw, PROOF_WIDTH)
        cell = Styled(one_line(title, 300)).append(f"\n{ruling.finding.check_id}  {proof}", style="dim")
        table.add_row(Styled(word, style=COLOURS[ruling.severity]), cell)
    console.print(table)
    unknown = sorted(
        {r.finding.check_id for r in ruled.rulings if r.finding.verdict in (Verdict.UNKNOWN, Verdict.ERROR)}
    )
    if unknown:
        console.print(Styled(f"{UNKNOWN.into(language)} ({len(unknown)}): {', '.join(unknown)}", style="dim"))


def _worst_first(rulings: Iterable[Ruling]) -> list[Ruling]:
    return sorted(rulings, key=lambda r: (r.severity.rank, r.finding.check_id))
