"""A long list that is read branch by branch is the list: nothing is missed, nothing is twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.loaders.rows import History, Listing, Page
from hub.model.catalogue.measurement import OBSERVATION
from hub.model.facilities import facility
from hub.model.orders import total_order
from hub.model.organisation import agency
from tests.loaders.world import key_of

if TYPE_CHECKING:
    from hub.database.engine import Database
    from tests.loaders.world import Worlds

READERS = (
    "hn.cong-an",
    "hn.so-y-te",
    "hn.mttq",
    "hn.ubnd",
    "hn.so-tai-chinh",
    "hn.ubnd-cap-xa.00004",
    "hn.cong-an-cap-xa.00004",
    None,
)


async def check(worlds: Worlds, reader: str | None) -> int:
    """Compare both ends of the list in both directions; return how long it is."""
    world, bundle = await worlds(reader)
    async with bundle:
        for history in (History(), History(all=True)):
            rows = world.every(OBSERVATION) if history.all else world.newest(OBSERVATION)
            rows = sorted(rows, key=lambda row: (row["period_start"], row["id"].bytes))
            keys = [key_of(OBSERVATION, row) for row in rows]
            listing = Listing(history=history)
            for name, expected in (("ASC", keys), ("DESC", keys[::-1])):
                terms = total_order(OBSERVATION, [f"PERIOD_START_{name}"])
                first = await bundle.page(OBSERVATION, listing, Page(terms, 100))
                last = await bundle.page(OBSERVATION, listing, Page(terms, 100, backward=True))
                assert [row.identity for row in first.rows] == expected[:100]
                assert [row.identity for row in last.rows] == expected[-100:]
                assert first.more == last.more == (len(keys) > 100)
    return len(world.newest(OBSERVATION))


@pytest.mark.parametrize("reader", READERS)
async def test_both_ends_of_the_figures_are_those_of_all_figures(
    worlds: Worlds, reader: str | None
) -> None:
    sees_none = reader in (None, "hn.so-tai-chinh")
    assert (await check(worlds, reader) == 0) == sees_none


async def test_whoever_runs_a_facility_is_led_to_its_figures(
    worlds: Worlds, database: Database
) -> None:
    """Though no scope leads there."""
    operators = (
        select(agency.c.code)
        .join(facility, facility.c.managed_by_id == agency.c.id)
        .where(facility.c.reporting_area_id.is_(None))
        .distinct()
        .limit(3)
    )
    async with begin(database, LOADER, Mode.READ) as transaction:
        codes = [row["code"] for row in await transaction.fetch(operators)]
    assert codes
    for code in codes:
        await check(worlds, code)
