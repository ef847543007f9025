"""A source writes what it has a right to, and the database refuses the rest (rule 32)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import delete, insert, literal, select, update

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.sources import UnknownSourceError, get_source
from hub.model.authority import account
from hub.model.facilities import facility
from hub.model.intake import batch, batch_row
from hub.model.measurement import indicator, observation, period
from hub.model.organisation import agency
from hub.model.territory import area
from tests.ingest.batch.ground import (
    COMMITTEE,
    COUNT,
    NOW,
    WARD,
    Sender,
    count,
    figures,
    rate,
    register,
)
from tests.ingest.rows import contents, fetch

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import ColumnElement, Table

    from hub.database.engine import Database

_TRANSGRESSIONS: Final[dict[str, dict[str, Any]]] = {
    "approves": {"status": "approved"},
    "publishes": {"status": "published"},
    "makes up": {"synthetic": True},
    "another source": {"source": "demo.so-lieu"},
    "no batch": {"batch_id": None},
    "another agency": {"agency_id": (agency, "code", "hn.so-y-te")},
    "another area": {"area_id": (area, "code", "00008")},
    "another indicator": {"indicator_id": (indicator, "code", "hn.da5.so-nguoi-tai-nghien")},
    "another's facility": {"facility_id": (facility, "code", "hn.tram-y-te.00008")},
}


@pytest.mark.parametrize("act", _TRANSGRESSIONS)
async def test_no_figure_is_written_beyond_the_right(ward: Sender, act: str) -> None:
    """The same figure within it is written, so that it is the transgression that is refused."""
    cells = await _figure(ward)
    await _write(ward, cells)
    before = await contents(ward.database, observation)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _write(ward, {**cells, "revision": 2, **_resolved(_TRANSGRESSIONS[act])})
    assert await contents(ward.database, observation) == before


@pytest.mark.parametrize(
    "claim", [{"period_end": date(2026, 12, 31)}, {"reporting_area_id": (area, "code", "00008")}]
)
async def test_no_figure_is_claimed_for_another_place_or_end(
    ward: Sender, claim: dict[str, Any]
) -> None:
    """Who may read a figure follows from its place: what a source says of that is proved."""
    cells = {**await _figure(ward), "period_end": date(2026, 9, 30)}
    cells["reporting_area_id"] = cells["area_id"]
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await _write(ward, {**cells, **_resolved(claim)})
    assert await figures(ward.database) == []
    await _write(ward, cells)
    assert len(await figures(ward.database)) == 1


@pytest.mark.parametrize(
    ("owner", "areas"),
    [(COMMITTEE, (WARD,)), (COMMITTEE, ("00008",)), ("hn.so-y-te", (WARD,)), ("hn.so-y-te", ())],
    ids=["its area's", "one that it manages", "one kept in its area", "any"],
)
async def test_a_facility_is_written_of_by_whom_it_concerns(
    undemonstrated: Database, tmp_path: Path, owner: str, areas: tuple[str, ...]
) -> None:
    """The figure counts for the ward that keeps the facility, whatever else was said."""
    source = await register(undemonstrated, "thu.co-so", owner=owner, areas=areas)
    sender = Sender(undemonstrated, source, tmp_path)
    said = {"area": areas[0]} if areas else {}
    report = await sender.send(count(3, **said, facility=f"hn.tram-y-te.{WARD}"))
    assert [(row.code, row.found) for row in report.rows] == []
    here = select(area.c.id).where(area.c.code == WARD, area.c.valid_to.is_(None))
    [(kept,)] = await fetch(undemonstrated, select(observation.c.reporting_area_id))
    assert await fetch(undemonstrated, here) == [(kept,)]


async def test_a_figure_is_neither_altered_nor_deleted(ward: Sender) -> None:
    await ward.send(count(12))
    for act in (
        update(observation).values(status="accepted"),
        update(observation).values(value=13),
        delete(observation),
        update(batch).values(agency_id=1),
        delete(batch),
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with begin(ward.database, ward.source.principal, Mode.WRITE) as transaction:
                await transaction.execute(act)
    assert [row[4:8] for row in await figures(ward.database)] == [(12, None, None, "submitted")]


async def test_a_source_sees_nothing_of_others(undemonstrated: Database, tmp_path: Path) -> None:
    ours = Sender(undemonstrated, await register(undemonstrated, "thu.phuong"), tmp_path)
    foreign = await register(
        undemonstrated, "thu.khac", owner="hn.ubnd-cap-xa.00008", areas=("00008",)
    )
    theirs = Sender(undemonstrated, foreign, tmp_path)
    await ours.send(count(12), count(-1))
    await theirs.send(count(15, area="00008"))
    async with begin(undemonstrated, theirs.source.principal, Mode.READ) as transaction:
        for table, rows in ((batch, 1), (batch_row, 0), (observation, 1)):
            assert len(await transaction.fetch(select(table.c.id))) == rows, table.name


async def test_a_suspended_source_writes_nothing(ward: Sender) -> None:
    number = await ward.record(count(12))
    async with begin(ward.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(account).where(account.c.subject == "thu.phuong").values(suspended_at=NOW)
        )
    with pytest.raises(UnknownSourceError):
        await process_batch(ward.shop, number)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ward.record(count(13))
    assert await fetch(ward.database, select(batch.c.id, batch.c.status)) == [(number, "queued")]
    assert await figures(ward.database) == []


async def test_a_source_without_an_account_writes_nothing(scratch: Database) -> None:
    with pytest.raises(UnknownSourceError):
        await get_source(scratch, "demo.hn.vneid")
    with pytest.raises(UnknownSourceError):
        await get_source(scratch, "khong.co")


async def test_a_right_to_everywhere_ends_with_the_place(
    undemonstrated: Database, tmp_path: Path
) -> None:
    source = await register(undemonstrated, "thu.so", owner="hn.so-y-te", areas=())
    sender = Sender(undemonstrated, source, tmp_path)
    here = select(area.c.jurisdiction_id).where(area.c.code == WARD)
    elsewhere = await fetch(
        undemonstrated,
        select(area.c.code).where(area.c.jurisdiction_id.not_in(here), area.c.valid_to.is_(None)),
    )
    rows = (rate(1, 2, area=code) for (code,) in elsewhere)
    report = await sender.send(rate(1, 2, area="00008"), *rows)
    assert report.counts.new == 1
    assert report.counts.rejected == len(elsewhere)


async def _figure(ward: Sender) -> dict[str, object]:
    """Return the cells of a figure that the ward's source may write."""
    number = await ward.record(count(12))
    [(indicator_id, project_id, place)] = await fetch(
        ward.database,
        select(indicator.c.id, indicator.c.project_id, indicator.c.jurisdiction_id).where(
            indicator.c.code == COUNT
        ),
    )
    [(period_id, starts_on)] = await fetch(
        ward.database,
        select(period.c.id, period.c.starts_on).where(
            period.c.label == "2026-09", period.c.calendar == "calendar"
        ),
    )
    [(area_id,)] = await fetch(
        ward.database, select(area.c.id).where(area.c.code == WARD, area.c.valid_to.is_(None))
    )
    return {
        "origin_id": uuid4(),
        "jurisdiction_id": place,
        "project_id": project_id,
        "indicator_id": indicator_id,
        "area_id": area_id,
        "agency_id": ward.source.owner_id,
        "period_id": period_id,
        "period_start": starts_on,
        "value": 12,
        "status": "submitted",
        "revision": 1,
        "recorded_at": NOW,
        "source": ward.source.code,
        "batch_id": number,
    }


async def _write(ward: Sender, cells: dict[str, object]) -> None:
    async with begin(ward.database, ward.source.principal, Mode.WRITE) as transaction:
        await transaction.execute(insert(observation).values(cells))


def _resolved(cells: dict[str, Any]) -> dict[str, Any]:
    return {name: _id(*cell) if isinstance(cell, tuple) else cell for name, cell in cells.items()}


def _id(table: Table, column: str, value: str) -> ColumnElement[int]:
    found = select(table.c.id).where(table.c[column] == literal(value))
    if table is area:
        found = found.where(area.c.valid_to.is_(None))
    return found.scalar_subquery()
