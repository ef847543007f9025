"""What a list adds up to is what its rows add up to, in all and part by part."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.loaders.rows import Grouping, Listing
from hub.model.aggregates import Measure, Summed, groups_of, measures_of, target_of
from hub.model.catalogue import BY_NAME
from hub.model.entities import Entity, Field, ToOne
from tests.loaders.questions import comparisons
from tests.loaders.world import Key, World, Worlds, key_of

if TYPE_CHECKING:
    import asyncpg
    from hypothesis.strategies import DataObject

ENTITIES = st.sampled_from(("Observation", "Target", "Indicator", "Assignment", "Agency", "Area"))

PLACES = 6
"""Digits to which means are compared."""


def key_in(world: World, row: asyncpg.Record, member: Field | ToOne) -> Any:  # noqa: ANN401
    """Return what *row* is grouped under: a value, or the row that it leads to."""
    if isinstance(member, Field):
        return row[member.column.name]
    other = world.linked(row, member)
    return None if other is None else key_of(target_of(member), other)


def measured(summed: Summed, rows: list[asyncpg.Record]) -> Any:  # noqa: ANN401
    values = [row[summed.field.column.name] for row in rows]
    values = [value for value in values if value is not None]
    if not values:
        return None
    match summed.measure:
        case Measure.SUM:
            return sum(values)
        case Measure.AVG:
            return round(sum(values) / Decimal(len(values)), PLACES)
        case Measure.MIN:
            return min(values)
        case Measure.MAX:
            return max(values)


@pytest.mark.parametrize("agency", ["hn.ubnd-cap-xa.00004", None])
@given(data=st.data())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_the_parts_of_a_list_are_its_rows(
    worlds: Worlds, agency: str | None, data: DataObject
) -> None:
    """Each row is in one part, each part has its count and its extremes, none is empty."""
    world, bundle = await worlds(agency)
    entity = BY_NAME[data.draw(ENTITIES, "entity")]
    groups = groups_of(entity)
    names = st.lists(st.sampled_from(list(groups)), max_size=2, unique=True)
    by = tuple(data.draw(names, "by"))
    listing = Listing(data.draw(comparisons(world, entity)))
    rows = world.satisfying(entity, world.newest(entity), listing.condition)
    parts: defaultdict[Key, list[asyncpg.Record]] = defaultdict(list)
    if not by:
        parts[()] = rows
    for row in rows if by else ():
        parts[tuple(key_in(world, row, groups[name]) for name in by)].append(row)
    async with bundle:
        found = await bundle.summary(entity, listing, Grouping(by, 5000))
        keys = [await _keys(world, entity, summary, by) for summary in found]
        assert len(set(keys)) == len(keys)
        assert set(keys) == set(parts)
    for key, summary in zip(keys, found, strict=True):
        assert summary.record["count"] == len(parts[key])
        for summed in measures_of(entity):
            if entity.figures is None or summed.field.column is not entity.figures.value:
                value = summary.record[summed.label]
                is_mean = value is not None and summed.measure is Measure.AVG
                shown = round(value, PLACES) if is_mean else value
                assert shown == measured(summed, parts[key]), summed.label


async def _keys(world: World, entity: Entity, summary: Any, by: tuple[str, ...]) -> Key:  # noqa: ANN401
    keys = []
    for name in by:
        member, value = groups_of(entity)[name], summary.key(name)
        if isinstance(member, ToOne) and value is not None:
            target = target_of(member)
            [row] = [row for row in world.every(target) if row[member.remote.name] == value]
            value = key_of(target, row)
        keys.append(value)
    return tuple(keys)


@given(data=st.data())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_a_rate_is_a_sum_over_a_sum(worlds: Worlds, data: DataObject) -> None:
    """Never a mean of rates; rows that lack either part are left out, counts are summed."""
    world, bundle = await worlds("hn.ubnd-cap-xa.00004")
    entity, indicators = BY_NAME["Observation"], BY_NAME["Indicator"]
    listing = Listing(data.draw(comparisons(world, entity)))
    kinds = {row["id"]: row["aggregation"] for row in world.every(indicators)}
    by = data.draw(st.sampled_from(("INDICATOR", "PERIOD", "AREA")))
    member = groups_of(entity)[by]
    assert isinstance(member, ToOne)
    parts: defaultdict[object, list[asyncpg.Record]] = defaultdict(list)
    for row in world.satisfying(entity, world.newest(entity), listing.condition):
        parts[row[member.local.name]].append(row)
    async with bundle:
        found = await bundle.summary(entity, listing, Grouping((by,), 5000))
    assert {summary.key(by) for summary in found} == set(parts)
    for summary in found:
        rows = parts[summary.key(by)]
        rates = [
            row
            for row in rows
            if kinds[row["indicator_id"]] == "ratio_of_sums"
            and row["numerator"] is not None
            and row["denominator"] is not None
        ]
        whole = sum(row["denominator"] for row in rates)
        part = 100 * Decimal(sum(row["numerator"] for row in rates))
        rate = round(part / whole, 4) if whole else None
        assert summary.record["rate"] == rate
        is_summed = {kinds[row["indicator_id"]] for row in rows} == {"sum"}
        values = [row["value"] for row in rows if row["value"] is not None]
        assert summary.record["sum_value"] == (sum(values) if is_summed and values else None)
        reported = {
            (row["indicator_id"], row["area_id"], row["period_id"], row["agency_id"])
            for row in rows
            if row["value"] is not None
        }
        assert summary.record["reported"] <= len(reported)
        assert summary.record["expected"] >= summary.record["reported"]
