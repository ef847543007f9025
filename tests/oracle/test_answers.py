"""Everybody gets the whole of what the rules give them, and nothing else, whatever they ask."""

from __future__ import annotations

import csv
import io
import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hub.loaders.datasets import find_dataset
from hub.web.exports import export_csv
from tests.oracle.asking import Question
from tests.oracle.bench import SEED, bench
from tests.oracle.compare import tokens_in
from tests.oracle.exports import exported
from tests.oracle.shrink import shrunk
from tests.oracle.walks import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.database.address import Address
    from hub.database.embedded import Server
    from tests.oracle.bench import Bench

CASES = sorted(Path(__file__).with_name("cases").glob("*.json"))
BATCHES = 50
AT_ONCE = 6
WALKS = 20


def test_answers_are_the_model_s_whoever_asks_whatever(
    shown: Bench, tell: Callable[[str], None]
) -> None:
    """Rows, order, counts, sums, groups, flags, nulls: six readers at once on two connections."""

    @settings(
        max_examples=BATCHES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
    )
    @given(st.lists(st.integers(0, 2**48), min_size=AT_ONCE, max_size=AT_ONCE))
    def compare(seeds: list[int]) -> None:
        pairs = [shown.drawn(seed) for seed in seeds]
        for pair, differences in zip(pairs, shown.found(pairs), strict=True):
            assert not differences, explained(shown, *pair)

    before = shown.proof.pairs, shown.proof.comparison.leaves
    compare()
    pairs, leaves = shown.proof.pairs - before[0], shown.proof.comparison.leaves - before[1]
    tell(f"{pairs} readers' questions compared, {leaves} leaves")
    assert leaves > 10 * pairs


def test_pages_make_up_the_list_in_either_direction(shown: Bench) -> None:
    """Cursors from earlier answers lead on; a bent one or another's is refused."""
    for seed in range(WALKS):
        walk(shown, seed)


@pytest.mark.parametrize(
    "subject",
    [
        None,
        "hn.police",
        "hn.finance",
        "hn.centre",
        "hn.ubnd",
        "hn.wards.00004",
        "hn.ward-police.00004",
        "hn.double",
        "hn.lapsed",
        "hn.inspector",
        "vn.ministry",
        "hn.none",
    ],
)
def test_an_export_holds_what_its_reader_sees(shown: Bench, subject: str | None) -> None:
    proof = shown.proof
    accounts = proof.world.tables["_Account"].values()
    reader = None if subject is None else next(r["#"] for r in accounts if r["subject"] == subject)

    async def export() -> bytes:
        principal = await proof.principal(reader)
        dataset = find_dataset("observations")
        parts = export_csv(proof.database, principal, dataset)
        return b"".join([part async for part in parts])

    body = shown.run(export())
    rows = list(csv.reader(io.StringIO(body.decode()), lineterminator="\r\n"))
    assert rows == exported(proof.sight(reader))
    assert not tokens_in(body) & proof.hidden(reader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_once_went_wrong_stays_right(
    server: Server, empty: Address, shown: Bench, case: Path
) -> None:
    kept = json.loads(case.read_text(encoding="utf-8"))
    another = bench(server, empty, kept["world"])
    with nullcontext(shown) if kept["world"] == SEED else another as opened:
        accounts = opened.proof.world.tables["_Account"].values()
        reader = next((r["#"] for r in accounts if r["subject"] == kept["reader"]), None)
        question = Question(kept["document"], kept["variables"])
        assert opened.found([(reader, question)]) == [[]]


def explained(bench: Bench, reader: int | None, question: Question, world: int = SEED) -> str:
    """Return the smallest question that still fails, as a case to keep, and what is wrong."""

    def fails(smaller: Question) -> bool:
        return bool(bench.found([(reader, smaller)])[0])

    small = shrunk(question, fails) if fails(question) else question
    accounts = bench.proof.world.tables["_Account"]
    case = {
        "world": world,
        "reader": None if reader is None else accounts[reader]["subject"],
        "document": small.document,
        "variables": small.variables,
    }
    return "\n".join([json.dumps(case, ensure_ascii=False), *bench.found([(reader, small)])[0]])
