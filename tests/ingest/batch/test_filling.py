"""Figures bring what their unit owes from expected to submitted, and back, and undo no decision."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import asyncpg
import pytest
from sqlalchemy import select, update

from hub.access.principal import LOADER
from hub.clock import VIETNAM
from hub.database.transaction import Mode, begin
from hub.ingest.submissions import keep_submissions
from hub.model.measurement import indicator, period
from hub.model.organisation import agency
from hub.model.reporting import form_cell, report_form, submission
from tests.ingest.batch.ground import COMMITTEE, WARD, Sender, register
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

MONTHLY = "hn.da5.bieu-xa.thang"


def october() -> datetime:
    """Return a moment at which September is over."""
    return datetime(2026, 10, 20, 10, tzinfo=VIETNAM)


@pytest.fixture
async def sender(undemonstrated: Database, tmp_path: Path) -> Sender:
    """A source that may write every line of the monthly form."""
    await keep_submissions(undemonstrated, october)
    cells = await _cells(undemonstrated)
    source = await register(undemonstrated, "thu.phuong", indicators=list(cells))
    return Sender(undemonstrated, source, tmp_path)


async def _cells(database: Database) -> dict[str, tuple[str, bool]]:
    """Return the unit of each indicator of the form, and whether it is compulsory."""
    rows = await fetch(
        database,
        select(indicator.c.code, indicator.c.unit, form_cell.c.is_compulsory)
        .join_from(form_cell, indicator, indicator.c.id == form_cell.c.indicator_id)
        .join(report_form, report_form.c.id == form_cell.c.form_id)
        .where(report_form.c.code == MONTHLY)
        .order_by(form_cell.c.position),
    )
    return {code: (unit, is_compulsory) for code, unit, is_compulsory in rows}


def _row(code: str, unit: str, **more: object) -> dict[str, object]:
    row = {"indicator": code, "area": WARD, "period": "2026-09", **more}
    if "withdrawn" in more:
        return row
    return row | ({"numerator": 1, "denominator": 2} if unit == "percent" else {"value": 3})


async def _statuses(database: Database) -> tuple[str, dict[str, int]]:
    """Return how far the ward's own monthly report of September is, and how many are how far."""
    rows = await fetch(
        database,
        select(submission.c.status, agency.c.code)
        .join(agency, agency.c.id == submission.c.agency_id)
        .join(report_form, report_form.c.id == submission.c.form_id)
        .join(period, period.c.id == submission.c.period_id)
        .where(report_form.c.code == MONTHLY, period.c.label == "2026-09"),
    )
    [own] = [str(status) for status, code in rows if code == COMMITTEE]
    return own, Counter(str(status) for status, _ in rows)


async def test_what_is_owed_follows_its_figures(sender: Sender) -> None:
    """Of its own unit and period alone; a line that may be empty is not waited for."""
    cells = await _cells(sender.database)
    first, *others = [(code, unit) for code, (unit, compulsory) in cells.items() if compulsory]
    assert (await _statuses(sender.database))[0] == "expected"
    await sender.send(_row(*first))
    assert await _statuses(sender.database) == ("draft", {"draft": 1, "expected": 125})
    await sender.send(*(_row(*each) for each in others))
    assert await _statuses(sender.database) == ("submitted", {"submitted": 1, "expected": 125})
    await keep_submissions(sender.database, october)
    assert (await _statuses(sender.database))[0] == "submitted"
    await sender.send(_row(*first, withdrawn="true"))
    assert (await _statuses(sender.database))[0] == "draft"
    await sender.send(*(_row(*each, withdrawn="true") for each in others))
    assert await _statuses(sender.database) == ("expected", {"expected": 126})


async def test_a_form_that_is_made_after_its_figures_finds_them(sender: Sender) -> None:
    cells = await _cells(sender.database)
    await sender.send(*(_row(code, unit) for code, (unit, _) in cells.items()))
    async with begin(sender.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(update(submission).values(status="expected"))
    await keep_submissions(sender.database, october)
    assert await _statuses(sender.database) == ("submitted", {"submitted": 1, "expected": 125})


async def test_what_people_decided_stays(sender: Sender) -> None:
    async with begin(sender.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(update(submission).values(status="returned"))
    cells = await _cells(sender.database)
    await sender.send(*(_row(code, unit) for code, (unit, _) in cells.items()))
    assert (await _statuses(sender.database))[0] == "returned"
    async with begin(sender.database, sender.source.principal, Mode.WRITE) as transaction:
        assert await transaction.execute(update(submission).values(status="draft")) == 0


@pytest.mark.parametrize("status", ["accepted", "approved", "published", "returned"])
async def test_a_source_approves_nothing(sender: Sender, status: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with begin(sender.database, sender.source.principal, Mode.WRITE) as transaction:
            await transaction.execute(update(submission).values(status=status))
