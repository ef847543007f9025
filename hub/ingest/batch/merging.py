"""Checked set-wise, then merged: every step is one statement over all rows of the delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from hub.clock import VIETNAM
from hub.ingest.batch.expectations import EXPECTED, HELD_CODES
from hub.ingest.batch.meaning import read_meaning
from hub.ingest.batch.reports import Counts
from hub.ingest.batch.statements import statement
from hub.ingest.filling import bring, owed_by
from hub.model.intake import quality_check

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from hub.database.transaction import Transaction
    from hub.ingest.batch.sources import Source

_TURN: Final = 4_861_010
"""With the owner's id, the number that merges in one agency's name take turns under."""
_FEWEST_POINTS: Final = 6
_MANY: Final = 250
"""From so many rows on, each step is planned for the very rows there are. Fewer are done by plans
that the connection has kept from batches before: to plan anew would take longer than to run."""

_HELD: Final = sorted(HELD_CODES)


@dataclass(frozen=True, slots=True)
class Taking:
    """How the rows in ``arrived`` are to be taken.

    Attributes:
        received: how many there are.
        is_accepted: whether a person has accepted what would otherwise be held.
    """

    source: Source
    batch_id: UUID
    enters_as: str
    now: datetime
    received: int
    is_accepted: bool = False


async def merge_rows(transaction: Transaction, taking: Taking, *, report: bool = True) -> Counts:
    """Check the rows in ``arrived`` and merge those that are right; return what became of them.

    With *report*, the record of the batch says so of each row that was not taken.
    """
    source = taking.source
    is_planned = taking.received >= _MANY
    if is_planned:
        await transaction.run("SET LOCAL plan_cache_mode TO force_custom_plan")
        await transaction.run("ANALYZE arrived (indicator, area, period, facility)")
    meaning = await read_meaning(transaction, source, taking.now)
    today = taking.now.astimezone(VIETNAM).date()
    if meaning.shares:
        await transaction.query(statement("share"), *meaning.shares)
    await transaction.query(statement("check"), *meaning.words, today)
    if is_planned:
        await transaction.run("ANALYZE checked (indicator_id, area_id, period_id, facility_id)")
    await transaction.query(statement("twice"))
    # Until here nothing was compared: from here on nobody else merges for this agency.
    await transaction.fetch(select(func.pg_advisory_xact_lock(_TURN, source.owner_id)))
    [[moment]] = await transaction.fetch(select(func.clock_timestamp()))
    asked = (source.id, source.code, source.owner_id, taking.batch_id, taking.is_accepted)
    if meaning.is_inherited:
        await transaction.query(statement("compare_contributions"), *asked)
        await transaction.query(statement("sum_contributions"), *asked[:3])
    await transaction.query(statement("judge"), *asked)
    if is_planned:
        await transaction.run(
            "ANALYZE judged (indicator_id, area_id, period_id, facility_id, fate)"
        )
    await _check_quality(transaction, taking)
    if meaning.is_inherited:
        await transaction.query(statement("tell_contributions"))
        await transaction.query(statement("carry_contributions"), source.id)
        await transaction.query(statement("keep_contributions"), source.id, taking.batch_id)
    if is_planned:
        # Else what each row sets off would be planned with each row.
        await transaction.run("SET LOCAL plan_cache_mode TO DEFAULT")
    return await _write(transaction, taking, moment, report=report)


async def _write(
    transaction: Transaction, taking: Taking, moment: datetime, *, report: bool
) -> Counts:
    """Record what is to be recorded; no statement is planned for rows that there are not."""
    source = taking.source
    [told] = await transaction.query(statement("count"), _HELD)
    counts = Counts.of(dict(told))
    if report and counts.held:
        await transaction.query(statement("waiting"), source.id, _HELD)
        [told] = await transaction.query(statement("count"), _HELD)
        counts = Counts.of(dict(told))
    if counts.revised or counts.withdrawn:
        await transaction.query(statement("supersede"), moment)
    if recorded := counts.new + counts.revised + counts.withdrawn:
        await transaction.query(
            statement("record"),
            *(source.owner_id, taking.enters_as, source.code, taking.batch_id, moment),
        )
        await transaction.execute(bring(owed_by(source.owner_id)))
        await transaction.fetch(select(func.hub_figures_added(recorded)))
    if told["versioned"]:
        await transaction.query(statement("versions"), source.id)
    if report and (counts.held or counts.rejected or counts.warned):
        await transaction.query(
            statement("rows"),
            *(taking.batch_id, source.owner_id, source.jurisdiction_id),
            *(list(EXPECTED), list(EXPECTED.values()), _HELD),
        )
    return counts


async def _check_quality(transaction: Transaction, taking: Taking) -> None:
    rules = {rule for (rule,) in await transaction.fetch(select(quality_check.c.rule).distinct())}
    if not rules:
        return
    owner = taking.source.owner_id
    if "bounds" in rules:
        await transaction.query(statement("bounds"))
    if "parts" in rules:
        await transaction.query(statement("parts"), owner)
    if "last_period" in rules:
        await transaction.query(statement("last_period"), owner)
    if "outlier" in rules:
        await transaction.query(statement("outlier"), owner, _FEWEST_POINTS)
    await transaction.query(statement("fail"), taking.is_accepted)
