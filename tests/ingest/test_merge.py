"""A table is brought to hold a set of rows, and the counts say what that took."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.merge import RowSet, merge, number
from hub.ingest.staging import Merged
from hub.model.measurement import period
from hub.model.territory import area, jurisdiction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.database.engine import Database

Periods = dict[str, date]


def row_set(periods: Periods) -> RowSet:
    """Return that *periods*, by label, are the only ones of the calendar, each ending then."""
    rows: list[Mapping[str, object]] = [
        {
            "calendar": "calendar",
            "label": label,
            "kind": "month",
            "starts_on": date(2026, 1, 1),
            "ends_on": ends_on,
        }
        for label, ends_on in periods.items()
    ]
    owned = period.c.calendar == "calendar"
    return RowSet(period, ("calendar", "label"), rows, owned=owned)


async def test_any_set_of_rows_follows_any_other(bare: Database) -> None:
    """What is held afterwards is the set; new, changed, unchanged and removed add up."""
    source = Random(7)  # noqa: S311 (chooses what to try)
    held: Periods = {}
    for _ in range(25):
        labels = source.sample("abcdefgh", source.randint(0, 8))
        wanted = {label: date(2026, 1, source.randint(1, 3)) for label in labels}
        async with begin(bare, LOADER, Mode.WRITE) as transaction:
            [merged] = await merge(transaction, [row_set(wanted)])
            rows = await transaction.fetch(select(period.c.label, period.c.ends_on))
        assert {label: ends_on for label, ends_on in rows} == wanted  # noqa: C416 (not a dict)
        assert merged == Merged(
            "period",
            new=len(wanted.keys() - held.keys()),
            changed=sum(held[each] != wanted[each] for each in wanted.keys() & held.keys()),
            unchanged=len(wanted.items() & held.items()),
            removed=len(held.keys() - wanted.keys()),
        )
        held = wanted


async def test_what_is_not_owned_stays(bare: Database) -> None:
    async with begin(bare, LOADER, Mode.WRITE) as transaction:
        await merge(transaction, [row_set({"a": date(2026, 1, 2)})])
    async with begin(bare, LOADER, Mode.WRITE) as transaction:
        [nothing] = await merge(transaction, [RowSet(period, ("calendar", "label"), [])])
        assert not nothing.is_change
        assert len(await transaction.fetch(select(period.c.id))) == 1


async def test_a_row_keeps_its_number(bare: Database) -> None:
    """What is numbered but not written is numbered anew; what is written keeps its id."""
    keys = [("01", None), ("01", date(2025, 7, 1))]
    place = {
        "code": "hn",
        "name_vi": "Hà Nội",
        "name_en": "Ha Noi",
        "level": "city",
        "role": "implementing",
    }
    async with begin(bare, LOADER, Mode.WRITE) as transaction:
        [place_id] = (await number(transaction, jurisdiction, ("code",), [("hn",)])).values()
        ids = await number(transaction, area, ("code", "valid_from"), keys)
        rows = [
            {
                "id": ids[key],
                "code": key[0],
                "valid_from": key[1],
                "jurisdiction_id": place_id,
                "level": "city",
                "type": "thanh-pho",
                "name": "Thành phố Hà Nội",
                "short_name": "Hà Nội",
            }
            for key in keys
        ]
        await merge(
            transaction,
            [
                RowSet(jurisdiction, ("id",), [{"id": place_id, **place}]),
                RowSet(area, ("id",), rows),
            ],
        )
    async with begin(bare, LOADER, Mode.WRITE) as transaction:
        again = await number(transaction, area, ("code", "valid_from"), [*keys, ("02", None)])
    assert {key: again[key] for key in keys} == ids
    assert len(set(again.values())) == 3
