"""Batches and their rows in GraphQL: to their agency and the standing one; figures know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import insert

from hub.access.principal import LOADER
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from hub.ingest.batch.processing import process_batch
from hub.model.intake import quality_check
from tests.callers import Callers
from tests.ingest.batch.ground import COMMITTEE, count

if TYPE_CHECKING:
    from tests.ingest.batch.ground import Sender

_BATCH: Final = """
query B($code: String!) {
  batch(code: $code) {
    code status channel format entersAs received new rejected warned
    source { code openFrom } agency { code }
    rows(orderBy: [LINE_ASC]) { nodes { line column code outcome candidates } }
  }
  batches { totalCount }
}
"""
_FIGURES: Final = """
query F($code: String!) {
  observations(where: {batch: {is: {code: {eq: $code}}}}) {
    nodes { value status warnings batchLine batch { code } source }
  }
}
"""


async def test_a_batch_is_told_to_its_agency_and_to_the_standing_one(ward: Sender) -> None:
    async with begin(ward.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            insert(quality_check).values(
                code="thu.khoang", rule="bounds", upper_bound=10, unit="count", outcome="warn"
            )
        )
    number = await ward.record(count(12), count(-1, period="2026-08"))
    await process_batch(ward.shop, number)
    callers = Callers(ward.database, Executor(ward.database, system_clock))
    told = {
        "code": str(number),
        "status": "DONE",
        "channel": "PUSH",
        "format": "NDJSON",
        "entersAs": "SUBMITTED",
        "received": 2,
        "new": 1,
        "rejected": 1,
        "warned": 1,
        "source": {"code": "thu.phuong", "openFrom": "2026-01-01"},
        "agency": {"code": COMMITTEE},
        "rows": {
            "nodes": [
                _row(1, "QUALITY_BOUNDS", "WARNED"),
                _row(2, "NEGATIVE_NUMBER", "REJECTED"),
            ]
        },
    }
    for agency in (COMMITTEE, "hn.cong-an"):
        caller = await callers(agency)
        assert await caller.ask(_BATCH, code=str(number)) == {
            "batch": told,
            "batches": {"totalCount": 1},
        }, agency
    for agency in ("hn.so-y-te", "hn.ubnd-cap-xa.00008", "ct.cong-an"):
        caller = await callers(agency)
        assert await caller.ask(_BATCH, code=str(number)) == {
            "batch": None,
            "batches": {"totalCount": 0},
        }, agency


async def test_a_figure_says_with_which_batch_it_came_and_what_was_odd(ward: Sender) -> None:
    number = await ward.record(count(12))
    await process_batch(ward.shop, number)
    caller = await Callers(ward.database, Executor(ward.database, system_clock))(COMMITTEE)
    answer = await caller.ask(_FIGURES, code=str(number))
    assert answer["observations"]["nodes"] == [
        {
            "value": 12,
            "status": "SUBMITTED",
            "warnings": [],
            "batchLine": 1,
            "batch": {"code": str(number)},
            "source": "thu.phuong",
        }
    ]


def _row(line: int, code: str, outcome: str) -> dict[str, object]:
    return {
        "line": line,
        "column": "value",
        "code": code,
        "outcome": outcome,
        "candidates": [],
    }
