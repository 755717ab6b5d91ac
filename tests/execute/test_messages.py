import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.execute.messages import (
    GO_HOME,
    Beat,
    Broken,
    Done,
    Failed,
    Ready,
    Report,
    pack,
    pack_job,
    unpack,
    unpack_job,
)
from tests.execute.workers import job, visit_of


@pytest.mark.parametrize(
    "report",
    [
        Ready(),
        Beat(),
        Broken("no memory"),
        Failed("s1", "why"),
        Done("s1", visit_of(job("s1"), "\0\udc80 ổn")),
    ],
)
def test_a_report_comes_through_unchanged(report: Report) -> None:
    assert unpack(pack(report)) == report


def test_a_job_comes_through_unchanged_and_nothing_means_go_home() -> None:
    assert unpack_job(pack_job(job("s1", budget_s=0.5))) == job("s1", budget_s=0.5)
    assert unpack_job(GO_HOME) is None


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        7,
        None,
        {"is": "well"},
        {"is": "done", "site": "s1"},
        {"is": "failed", "site": 1, "reason": "x"},
    ],
)
def test_anything_else_is_nonsense(content: object) -> None:
    with pytest.raises(ValueError, match="unknown"):
        unpack(json.dumps(content).encode())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_give_a_report_or_a_value_error(message: bytes) -> None:
    try:
        unpack(message)
    except ValueError:
        return


def test_a_visit_of_the_wrong_shape_is_nonsense() -> None:
    message = json.loads(pack(Done("s1", visit_of(job("s1")))))
    message["visit"]["findings"][0]["verdict"] = "perfect"

    with pytest.raises(ValueError, match="verdict"):
        unpack(json.dumps(message).encode())
