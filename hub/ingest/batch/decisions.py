"""A row that waited: a person accepts it, corrects it or drops it, and it goes the same way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, select, update

from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.ingest.batch.expectations import EXPECTED
from hub.ingest.batch.merging import Taking, merge_rows
from hub.ingest.batch.processing import JOB, hold_batch, leave_entry
from hub.ingest.batch.reports import Counts
from hub.ingest.batch.sources import get_source_of
from hub.ingest.batch.staging import CELLS, stage_rows
from hub.ingest.batch.statements import statement
from hub.ingest.batch.words import parted
from hub.ingest.delivered import SourceRow
from hub.ingest.formats.options import Limits, ReadOptions
from hub.ingest.guards import Guard
from hub.model.intake import batch, batch_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hub.audit.access import Origin
    from hub.database.transaction import Transaction
    from hub.ingest.batch.processing import Workshop

ACCEPT: Final = "accept"
CORRECT: Final = "correct"
DROP: Final = "drop"
_PREDECESSOR: Final = "predecessor"
"""In the content of a row that waits, beside its cells: the area of before that it came of."""


class RowNotHeldError(HubError):
    """No such row of the batch waits for a decision."""

    code = "ROW_NOT_HELD"
    vi = "Không có dòng nào như vậy đang chờ quyết định."
    en = "No such row waits for a decision."


class RowStillWrongError(HubError):
    """What was decided does not make the row one that can be taken."""

    code = "ROW_STILL_WRONG"
    vi = "Dòng vẫn chưa nhận được ({trouble}): cần {expected}."
    en = "The row cannot be taken yet ({trouble}): correct it, or drop it."


class CorrectionError(HubError):
    """A correction names no cell, or one that rows do not have."""

    code = "CORRECTION_UNKNOWN"
    vi = "Bản sửa phải nêu ít nhất một trong các ô: {cells}."
    en = "A correction names at least one of the cells: {cells}."


class Decision(NamedTuple):
    """What somebody decided.

    Attributes:
        what: ``accept``, ``correct`` or ``drop`` (``BatchRowDecision``).
        by: the account that decided.
        cells: what is put instead, by name; for a correction alone.
        origin: where it comes from, as the audit trail has it.
    """

    what: str
    by: int
    cells: Mapping[str, str] = {}
    origin: Origin = JOB


async def decide_row(shop: Workshop, batch_id: UUID, row_id: UUID, decision: Decision) -> Counts:
    """Carry out *decision* and return the batch's counts; what still cannot be taken stays held.

    Raises ``RowNotHeldError`` for a row that does not wait, or no longer.
    """
    if (decision.what == CORRECT) != bool(decision.cells) or not set(decision.cells) <= set(CELLS):
        raise CorrectionError(cells=", ".join(CELLS))
    source = await get_source_of(shop.database, batch_id)
    async with begin(shop.database, source.principal, Mode.WRITE) as transaction:
        await hold_batch(transaction, batch_id)
        row = await _held(transaction, batch_id, row_id)
        changes = Counts(held=-1, rejected=1)
        if decision.what != DROP:
            calendar, period = parted(row.cells.get("period", ""))
            cells = {**row.cells, "period": period, **decision.cells}
            await transaction.run(statement("tables"))
            corrected = SourceRow(row.sheet, row.line, cells, calendar=calendar)
            received = await stage_rows(transaction, [_guard().take(corrected)])
            # What was shared out goes by the area that it came of, unless another is put.
            if row.predecessor is not None and "area" not in decision.cells:
                await transaction.query(statement("set_predecessor"), row.predecessor)
            taking = Taking(
                source, batch_id, row.enters_as, shop.clock(), received, is_accepted=True
            )
            taken = await merge_rows(transaction, taking, report=False)
            if taken.held or taken.rejected:
                wrong, *_ = await transaction.query(statement("wrong"))
                raise RowStillWrongError(
                    trouble=wrong["code"], expected=EXPECTED.get(wrong["code"], "")
                )
            changes = taken.changed_by(received=-1, held=-1)
        await transaction.execute(
            update(batch_row)
            .where(batch_row.c.id == row_id)
            .values(
                decision=decision.what,
                correction=dict(decision.cells) or None,
                decided_by_id=decision.by,
                decided_at=func.now(),
                content=None,
            )
        )
        counts = await _count(transaction, batch_id, changes)
        target = f"{batch_id}/{row_id}"
        await leave_entry(
            transaction, shop, source, "DecideBatchRow", target, origin=decision.origin
        )
    return counts


def _guard() -> Guard:
    """Return who stands where a delivery's cells come in: a correction is one as well."""
    return Guard(ReadOptions().number_columns, longest=Limits().cell)


class _Held(NamedTuple):
    sheet: str | None
    line: int
    cells: dict[str, str]
    enters_as: str
    predecessor: int | None


async def _held(transaction: Transaction, batch_id: UUID, row_id: UUID) -> _Held:
    r = batch_row.c
    rows = await transaction.fetch(
        select(r.sheet, r.line, r.content, batch.c.enters_as)
        .join_from(batch_row, batch, r.batch_id == batch.c.id)
        .where(r.id == row_id, batch.c.id == batch_id, r.outcome == "held", r.decision.is_(None))
    )
    if not rows:
        raise RowNotHeldError
    [(sheet, line, content, enters_as)] = rows
    cells = json.loads(content)
    return _Held(sheet, line, cells, enters_as, cells.pop(_PREDECESSOR, None))


async def _count(transaction: Transaction, batch_id: UUID, changes: Counts) -> Counts:
    columns = {name: batch.c[name] + more for name, more in changes.columns().items() if more}
    await transaction.execute(update(batch).where(batch.c.id == batch_id).values(columns))
    [row] = await transaction.fetch(
        select(*(batch.c[f"rows_{name}"].label(name) for name in Counts.names())).where(
            batch.c.id == batch_id
        )
    )
    return Counts.of(dict(row))
