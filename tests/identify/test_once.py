"""A reading is made once for the same evidence, and anew for other evidence or other tables."""

from dataclasses import replace

from scanner.identify.once import once
from scanner.model.evidence import Evidence
from scanner.model.reference import Reference
from scanner.samples import sample_reference, seen


def test_the_same_evidence_is_read_once_and_other_evidence_again() -> None:
    asked: list[Evidence] = []

    @once
    def reading(evidence: Evidence, _ref: Reference) -> int:
        asked.append(evidence)
        return len(asked)

    evidence, ref = seen(), sample_reference()
    equal = replace(evidence)

    assert [reading(evidence, ref), reading(evidence, ref)] == [1, 1]
    assert reading(equal, ref) == 2  # equal is not the same: nothing is compared but identity
    assert reading(equal, replace(ref)) == 3
