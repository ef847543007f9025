"""Everybody gets the whole of what the rules give them, and nothing else, whatever they ask."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.asking import EXPORT, Question
from tests.oracle.bench import SEED, bench
from tests.oracle.shrink import explained
from tests.oracle.walks import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.database.address import Address
    from hub.database.embedded import Server
    from tests.oracle.bench import Bench

CASES = sorted(Path(__file__).with_name("cases").glob("*.json"))
DOCUMENTS = 120
AT_ONCE = 8
WALKS = 20


def test_answers_are_the_model_s_whoever_asks_whatever(
    shown: Bench, tell: Callable[[str], None]
) -> None:
    """Rows, order, counts, sums, groups, flags, nulls: eight readers at once on two connections."""

    @settings(
        max_examples=DOCUMENTS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
    )
    @given(st.integers(0, 2**48))
    def compare(seed: int) -> None:
        pairs = shown.drawn(seed, AT_ONCE)
        for pair, differences in zip(pairs, shown.found(pairs), strict=True):
            assert not differences, explained(shown, *pair, world=SEED)

    before, began = (shown.proof.pairs, shown.proof.comparison.leaves), perf_counter()
    compare()
    pairs, leaves = shown.proof.pairs - before[0], shown.proof.comparison.leaves - before[1]
    tell(f"{pairs} readers' questions, {leaves} leaves in {perf_counter() - began:.0f} s")
    assert leaves > 10 * pairs


def test_pages_make_up_the_list_in_either_direction(shown: Bench) -> None:
    """Cursors from earlier answers lead on; a bent one or another's is refused."""
    for seed in range(WALKS):
        walk(shown, seed)


def test_an_export_holds_what_its_reader_sees(shown: Bench) -> None:
    """Of every reader, and some of what there is is seen by some and not by all."""
    pairs = [(reader, EXPORT) for reader in shown.proof.readers()]
    for pair, differences in zip(pairs, shown.found(pairs), strict=True):
        assert not differences, pair
    assert len({len(shown.proof.sight(reader).visible("Observation")) for reader, _ in pairs}) > 9


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_once_went_wrong_stays_right(
    server: Server, empty: Address, shown: Bench, case: Path
) -> None:
    kept = json.loads(case.read_text(encoding="utf-8"))
    another = bench(server, empty, kept["world"])
    with nullcontext(shown) if kept["world"] == SEED else another as opened:
        reader = opened.proof.reader(kept["reader"])
        assert opened.found([(reader, Question(kept["document"], kept["variables"]))]) == [[]]
