"""Two executors, one truth: whoever asks whatever, statements answer as resolvers do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.planner.drawing import Operation
from tests.planner.judging import READERS
from tests.planner.sweep import documents

if TYPE_CHECKING:
    from tests.planner.sweep import Sweep

FOUND = sorted(Path(__file__).with_name("found").glob("*.json"))
OWN = 300
GENERAL = 80

_SETTINGS = settings(
    deadline=None,
    database=None,
    derandomize=True,
    # What fails is made small by leaving out parts of the document.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_both_answer_alike_what_is_asked_of_what_is_stored(sweep: Sweep) -> None:
    """Data, order of keys, codes and paths of errors; and one statement does it."""
    judge = sweep.judge
    asked, answered, leaves = judge.asked, judge.answered, judge.leaves

    @settings(_SETTINGS, max_examples=OWN)
    @given(st.integers(0, 2**48))
    def compare(seed: int) -> None:
        failure = sweep.failure(*sweep.drawn(seed))
        assert failure is None, failure

    compare()
    assert judge.answered - answered > 0.6 * (judge.asked - asked)
    assert judge.leaves - leaves > 10 * OWN


def test_both_answer_alike_what_knows_nothing_of_what_is_stored(sweep: Sweep) -> None:
    """Documents of hypothesis-graphql's: any text, any number, any depth of filter."""
    of_somebody = st.sampled_from(READERS).flatmap(
        lambda reader: st.tuples(st.just(reader), documents(sweep.kind(reader)))
    )

    @settings(_SETTINGS, max_examples=GENERAL)
    @given(of_somebody)
    def compare(drawn: tuple[str | None, str]) -> None:
        reader, document = drawn
        failure = sweep.failure(reader, Operation(document, {}, is_sound=False))
        assert failure is None, failure

    compare()


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.stem)
def test_what_was_once_answered_in_two_ways_stays_mended(sweep: Sweep, case: Path) -> None:
    kept = json.loads(case.read_text(encoding="utf-8"))
    operation = Operation(kept["document"], kept["variables"])
    assert sweep.failure(kept["reader"], operation) is None
