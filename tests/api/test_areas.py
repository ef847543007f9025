"""A code names an area on a day; names come in two languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hub.api.execution import Executor
from tests.callers import Callers

if TYPE_CHECKING:
    from hub.database.engine import Database
    from tests.callers import Caller

ON = "query ($code: String!, $on: Date) { area(code: $code, on: $on) { name validFrom validTo } }"
OLD = {"name": "Phường Trúc Bạch", "validFrom": None, "validTo": "2025-06-30"}
NEW = {"name": "Phường Ba Đình", "validFrom": "2025-07-01", "validTo": None}


@pytest.mark.parametrize(
    ("on", "area"),
    [
        ("0001-01-01", OLD),
        ("2025-06-30", OLD),
        ("2025-07-01", NEW),
        ("2026-09-30", NEW),
        ("9999-12-31", NEW),
        (None, NEW),
    ],
)
async def test_a_code_names_who_bore_it_on_that_day(
    public: Caller, on: str | None, area: dict[str, str | None]
) -> None:
    assert (await public.ask(ON, code="00004", on=on))["area"] == area


async def test_a_code_that_nobody_bore_on_that_day_names_nothing(public: Caller) -> None:
    """A district is closed, a new ward was not there before."""
    assert (await public.ask(ON, code="001", on="2025-06-30"))["area"]["name"] == "Quận Ba Đình"
    assert (await public.ask(ON, code="001"))["area"] is None
    assert (await public.ask(ON, code="4"))["area"] is None


@pytest.mark.parametrize(
    ("now", "name"),
    [
        # In Hà Nội it is the first of July from 17:00 UTC on.
        (datetime(2025, 6, 30, 16, 59, tzinfo=UTC), "Phường Trúc Bạch"),
        (datetime(2025, 6, 30, 17, 0, tzinfo=UTC), "Phường Ba Đình"),
    ],
)
async def test_today_is_today_in_vietnam(database: Database, now: datetime, name: str) -> None:
    caller = await Callers(database, Executor(database, lambda: now))(None)
    assert (await caller.ask(ON, code="00004"))["area"]["name"] == name


async def test_the_land_of_an_old_ward_is_found_again(public: Caller) -> None:
    document = """{ area(code: "00004", on: "2025-06-30") {
      successors { share successor { code name predecessors { predecessor { code name } } } }
    } }"""
    [successor] = (await public.ask(document))["area"]["successors"]
    assert successor["share"] == "WHOLE"
    assert (successor["successor"]["code"], successor["successor"]["name"]) == (
        "00004",
        "Phường Ba Đình",
    )
    came_from = [row["predecessor"]["name"] for row in successor["successor"]["predecessors"]]
    assert "Phường Trúc Bạch" in came_from


async def test_a_name_is_vietnamese_unless_english_is_asked_for(public: Caller) -> None:
    document = """{ agency(code: "hn.ubnd") {
      name vi: name(lang: VI) en: name(lang: EN)
    } }"""
    assert (await public.ask(document))["agency"] == {
        "name": "Ủy ban nhân dân thành phố Hà Nội",
        "vi": "Ủy ban nhân dân thành phố Hà Nội",
        "en": "Ha Noi People's Committee",
    }


async def test_a_name_that_has_no_gloss_has_none(callers: Callers) -> None:
    """English is null there, and never the Vietnamese in its place."""
    caller = await callers("hn.cong-an")
    document = """{ agencies(where: { group: { isNull: false } }, first: 1) {
      nodes { name vi: name(lang: VI) en: name(lang: EN) }
    } }"""
    [ward] = (await caller.ask(document))["agencies"]["nodes"]
    assert ward["name"] == ward["vi"]
    assert ward["en"] is None
