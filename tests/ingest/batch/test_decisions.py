"""A held row waits for a person, and then goes the way of the others, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.decisions import (
    ACCEPT,
    CORRECT,
    DROP,
    CorrectionError,
    Decision,
    RowNotHeldError,
    RowStillWrongError,
    decide_row,
)
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.reports import Counts
from hub.ingest.guards import PersonsDeliveredError
from hub.model.intake import batch_row, quality_check
from hub.model.measurement import observation
from tests.ingest.batch.ground import WARD, count, figures
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from uuid import UUID

    from tests.ingest.batch.ground import Sender

DIVIDED = "Phường Điện Biên, quận Ba Đình"
"""It went to Ba Đình for the most part, and not whole."""


async def test_a_divided_area_waits_with_its_candidates_until_it_is_corrected(ward: Sender) -> None:
    number = await _send(ward, count(12, area=DIVIDED))
    [(row, code, candidates, content)] = await _held(ward)
    assert code == "AREA_DIVIDED"
    assert WARD in candidates
    assert content is not None
    assert await figures(ward.database) == []
    with pytest.raises(RowStillWrongError, match="AREA_DIVIDED"):
        await decide_row(ward.shop, number, row, Decision(ACCEPT, ward.source.account))
    with pytest.raises(RowStillWrongError, match="AREA_NOT_WITHIN_RIGHT"):
        await decide_row(ward.shop, number, row, _correction(ward, area="00008"))
    assert await figures(ward.database) == []
    counts = await decide_row(ward.shop, number, row, _correction(ward, area=WARD))
    assert counts == Counts(received=1, new=1)
    o, r = observation.c, batch_row.c
    assert await fetch(
        ward.database, select(o.batch_id, o.batch_line).where(o.batch_id.is_not(None))
    ) == [(number, 1)]
    decided = select(r.decision, r.decided_by_id, r.content)
    assert await fetch(ward.database, decided) == [("correct", ward.source.account, None)]
    with pytest.raises(RowNotHeldError):
        await decide_row(ward.shop, number, row, _correction(ward, area=WARD))


async def test_what_waits_waits_once(ward: Sender) -> None:
    """However often it is sent meanwhile; another figure of the same place waits beside it."""
    await _send(ward, count(12, area=DIVIDED))
    again = await ward.send(count(12, area=DIVIDED), count(3))
    assert again.counts == Counts(received=2, new=1, unchanged=1)
    other = await ward.send(count(13, area=DIVIDED))
    assert other.counts == Counts(received=1, held=1)
    assert len(await _held(ward)) == 2


async def test_what_is_dropped_is_not_taken(ward: Sender) -> None:
    number = await _send(ward, count(12, area=DIVIDED), count(3))
    [(row, *_)] = await _held(ward)
    counts = await decide_row(ward.shop, number, row, Decision(DROP, ward.source.account))
    assert counts == Counts(received=2, new=1, rejected=1)
    assert [line[4] for line in await figures(ward.database)] == [3]


async def test_what_a_check_holds_is_taken_with_its_warning_once_accepted(ward: Sender) -> None:
    async with begin(ward.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            insert(quality_check).values(
                code="thu.khoang", rule="bounds", upper_bound=100, unit="count", outcome="hold"
            )
        )
    number = await _send(ward, count(12_000))
    [(row, code, *_)] = await _held(ward)
    assert code == "QUALITY_BOUNDS"
    assert await figures(ward.database) == []
    counts = await decide_row(ward.shop, number, row, Decision(ACCEPT, ward.source.account))
    assert counts == Counts(received=1, new=1, warned=1)
    warned = select(observation.c.warnings).where(observation.c.batch_id == number)
    assert await fetch(ward.database, warned) == [(["bounds"],)]


@pytest.mark.parametrize(
    "decision",
    [(CORRECT, {}), (CORRECT, {"ghi_chu": "x"}), (ACCEPT, {"value": "1"})],
    ids=["no cell", "no such cell", "accepted and corrected"],
)
async def test_a_correction_names_cells_of_rows(
    ward: Sender, decision: tuple[str, dict[str, str]]
) -> None:
    number = await _send(ward, count(12, area=DIVIDED))
    [(row, *_)] = await _held(ward)
    what, cells = decision
    with pytest.raises(CorrectionError):
        await decide_row(ward.shop, number, row, Decision(what, ward.source.account, cells))


async def test_a_correction_comes_in_by_the_same_gate(ward: Sender) -> None:
    """What no delivery may hold, none may."""
    number = await _send(ward, count(12, area=DIVIDED))
    [(row, *_)] = await _held(ward)
    with pytest.raises(RowStillWrongError, match="CONTROL_CHARACTER"):
        await decide_row(ward.shop, number, row, _correction(ward, area=WARD, value="1\0"))
    with pytest.raises(PersonsDeliveredError):
        await decide_row(ward.shop, number, row, _correction(ward, area="0912 345 678"))
    assert len(await _held(ward)) == 1


async def _send(ward: Sender, *rows: object) -> UUID:
    number = await ward.record(*rows)
    await process_batch(ward.shop, number)
    return number


async def _held(ward: Sender) -> list[tuple[UUID, str, list[str], str | None]]:
    r = batch_row.c
    return await fetch(
        ward.database, select(r.id, r.code, r.candidates, r.content).where(r.outcome == "held")
    )


def _correction(ward: Sender, **cells: str) -> Decision:
    return Decision(CORRECT, ward.source.account, cells)
