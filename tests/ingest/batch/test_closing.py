"""A period is closed to every delivery once no form of the indicator takes it any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import update

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.reports import Counts
from hub.model.reporting import report_form
from tests.ingest.batch.ground import count, figures, rate

if TYPE_CHECKING:
    from hub.database.engine import Database
    from tests.ingest.batch.ground import Sender

MONTHLY = "hn.da5.bieu-xa.thang"


async def give(database: Database, **terms: object) -> None:
    """Give the monthly form of wards other *terms*."""
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(report_form).values(**terms).where(report_form.c.code == MONTHLY)
        )


async def test_a_period_whose_grace_has_run_out_is_closed(ward: Sender) -> None:
    """On the last day it is taken; what it was said to be before stays."""
    await give(ward.database, due_days=2, grace_days=18)
    assert (await ward.send(count(7), rate(1, 2))).counts.new == 2
    await give(ward.database, grace_days=17)
    report = await ward.send(count(8), rate(1, 2))
    assert [(row.code, row.column) for row in report.rows] == [("PERIOD_CLOSED", "period")] * 2
    assert [row[3:5] for row in await figures(ward.database)] == [(1, 7), (1, 50)]


async def test_a_period_that_no_form_knows_is_left_to_the_source(ward: Sender) -> None:
    """A quarter of what is reported by months, and a month before the form was in force."""
    await give(ward.database, grace_days=0)
    quarter = await ward.send(count(7, period="2026-Q3"))
    assert quarter.counts == Counts(received=1, new=1)
    await give(ward.database, valid_from=date(2026, 10, 1))
    assert (await ward.send(count(7))).counts.new == 1
