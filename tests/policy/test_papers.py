from datetime import date

from scanner.model.paper import Paper
from scanner.policy.papers import paper_of, read_papers

GOOD = """
[[paper]]
requirement = "GOV-14"
agency = "so-y-te"
document = " 12/QĐ-SYT "
signed_on = 2026-03-01
until = 2028-03-01
"""


def read(text: str) -> tuple[tuple[Paper, ...], list[tuple[int | None, bool, str]]]:
    found, problems = read_papers(
        text, filename="papers.toml", agency_ids={"so-y-te"}, requirement_ids={"GOV-14"}
    )
    return found, [(p.line, p.is_error, p.message.en) for p in problems]


def test_a_paper_says_which_demand_it_answers_for_whom_and_until_when() -> None:
    assert read(GOOD) == (
        (Paper("GOV-14", "12/QĐ-SYT", date(2026, 3, 1), "so-y-te", date(2028, 3, 1)),),
        [],
    )


def test_every_fault_is_named_with_its_line_and_an_unknown_agency_is_only_a_warning() -> None:
    _found, problems = read(
        '[[paper]]\nrequirement = "GOV-41"\nagency = "so-y"\ndocument = ""\n'
        "signed_on = 2026-03-01\nuntil = 2025-01-01\n"
    )

    assert problems == [
        (1, True, "paper 1: `document` is empty"),
        (1, True, "paper 1: `until` lies before `signed_on`"),
        (1, True, 'paper 1: there is no `requirement` GOV-41; did you mean "GOV-14"?'),
        (1, False, 'paper 1: there is no `agency` so-y; did you mean "so-y-te"?'),
    ]


def test_a_paper_serves_its_agency_and_all_below_it_and_the_newest_one_speaks() -> None:
    old = Paper("GOV-14", "1", date(2025, 1, 1), "tinh", date(2026, 1, 1))
    new = Paper("GOV-14", "2", date(2026, 2, 1), "tinh", date(2028, 1, 1))
    for_all = Paper("GOV-11", "3", date(2026, 2, 1))

    papers = (new, old, for_all)

    assert paper_of(papers, "GOV-14", ("so-y-te", "tinh")) is new
    assert paper_of(papers, "GOV-14", ("so-xd",)) is None
    assert paper_of(papers, "GOV-11", ("so-xd",)) is for_all
    assert paper_of((), "GOV-11", ()) is None
