"""Figures of a category are those of the part, an indicator of its own, and add to no total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.reports import Counts
from hub.model.measurement import disaggregation, indicator
from tests.ingest.batch.ground import COUNT, Sender, count, figures, register
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

PART: Final = "hn.da5.so-nguoi-tai-nghien"


async def break_down(database: Database) -> None:
    """Have the count broken down: one of its parts is that of women."""
    ids = dict(await fetch(database, select(indicator.c.code, indicator.c.id)))
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            insert(disaggregation).values(
                indicator_id=ids[COUNT],
                code="nu",
                dimension="gioi-tinh",
                name_vi="Nữ",
                part_id=ids[PART],
            )
        )


async def test_a_row_of_a_category_is_a_figure_of_its_part_and_needs_the_right_to_it(
    undemonstrated: Database, tmp_path: Path
) -> None:
    await break_down(undemonstrated)
    source = await register(undemonstrated, "push.by-sex", indicators=(COUNT, PART))
    sender = Sender(undemonstrated, source, tmp_path)
    report = await sender.send(
        count(12),
        count(5, disaggregation="nu"),
        count(4, disaggregation="NU", period="2026-08"),
        count(7, disaggregation="nam"),
        count(1, disaggregation="nu", indicator=PART, period="2026-07"),
    )
    assert [(row.line, row.code, row.column, row.found) for row in report.rows] == [
        (4, "DISAGGREGATION_UNKNOWN", "disaggregation", "nam"),
        (5, "DISAGGREGATION_UNKNOWN", "disaggregation", "nu"),
    ]
    assert report.counts == Counts(received=5, new=3, rejected=2)
    assert [(row[0], row[2], int(str(row[4]))) for row in await figures(undemonstrated)] == [
        (COUNT, "2026-09", 12),
        (PART, "2026-08", 4),
        (PART, "2026-09", 5),
    ]
    assert (await sender.send(count(5, indicator=PART))).counts == Counts(received=1, unchanged=1)
    only = Sender(
        undemonstrated, await register(undemonstrated, "push.total", indicators=(COUNT,)), tmp_path
    )
    report = await only.send(count(5, disaggregation="nu"))
    assert [row.code for row in report.rows] == ["INDICATOR_NOT_WITHIN_RIGHT"]
