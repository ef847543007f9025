"""A condition finds in the database what it finds in Python, whatever it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.loaders.rows import Listing, Page
from hub.model.catalogue import BY_NAME
from hub.model.catalogue.indicators import INDICATOR
from hub.model.catalogue.measurement import OBSERVATION
from hub.model.catalogue.programme import PROJECT
from hub.model.catalogue.territory import AREA
from hub.model.conditions import AnyOf, Compare, Condition, Linked, Not, Operator
from hub.model.entities import Entity, Field, ToMany, ToOne
from hub.model.orders import total_order
from tests.loaders.questions import conditions
from tests.loaders.world import World, Worlds, key_of

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

    from hub.loaders.bundle import Bundle

ENTITIES = st.sampled_from(
    (
        "Project",
        "Agency",
        "Assignment",
        "Document",
        "Area",
        "Indicator",
        "Target",
        "Observation",
        "Task",
        "Facility",
        "BudgetLine",
    )
)
WARD = "hn.ubnd-cap-xa.00004"


async def found(bundle: Bundle, entity: Entity, condition: Condition) -> set[object]:
    """Return the keys of the rows that the loaders find."""
    async with bundle:
        page = Page(total_order(entity, ()), 5000)
        listing = Listing(condition)
        rows = (await bundle.page(entity, listing, page)).rows
        assert await bundle.count(entity, listing) == len(rows)
    return {row.identity for row in rows}


def expected(world: World, entity: Entity, condition: Condition) -> set[object]:
    """Return the keys of the rows that satisfy *condition* in Python."""
    rows = world.satisfying(entity, world.newest(entity), condition)
    return {key_of(entity, row) for row in rows}


@pytest.mark.parametrize("agency", [WARD, None])
@given(data=st.data())
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_condition_finds_what_it_says(
    worlds: Worlds, agency: str | None, data: DataObject
) -> None:
    """And, or, not, links to one row and to many, nested at random, nulls and all."""
    world, bundle = await worlds(agency)
    entity = BY_NAME[data.draw(ENTITIES, "entity")]
    condition = data.draw(conditions(world, entity))
    assert await found(bundle, entity, condition) == expected(world, entity, condition)


def field(entity: Entity, name: str) -> Field:
    member = entity.by_name[name]
    assert isinstance(member, Field)
    return member


def link(entity: Entity, name: str) -> ToOne | ToMany:
    member = entity.by_name[name]
    assert isinstance(member, ToOne | ToMany)
    return member


YEAR = field(INDICATOR, "finalYear")


@pytest.mark.parametrize(
    ("condition", "share"),
    [
        (Compare(YEAR, Operator.EQ, None), "empty"),
        (Compare(YEAR, Operator.NE, None), "filled"),
        (Compare(YEAR, Operator.IS_NULL, True), "empty"),
        (Compare(YEAR, Operator.IN, (None,)), "empty"),
        (Compare(YEAR, Operator.NOT_IN, (None,)), "filled"),
        (Compare(YEAR, Operator.IN, ()), "none"),
        (Compare(YEAR, Operator.NOT_IN, ()), "all"),
        (Compare(YEAR, Operator.LT, None), "none"),
        (Not(Compare(YEAR, Operator.LT, None)), "all"),
        (Compare(YEAR, Operator.GTE, 100_000), "none"),
        (Not(Compare(YEAR, Operator.GTE, -(2**31))), "empty"),
        (AnyOf(()), "none"),
    ],
)
async def test_nothing_given_and_nothing_stored_meet_as_described(
    worlds: Worlds, condition: Condition, share: str
) -> None:
    """Null equals null, and is neither more nor less than anything."""
    world, bundle = await worlds(None)
    every = {key_of(INDICATOR, row) for row in world.every(INDICATOR)}
    empty = {key_of(INDICATOR, row) for row in world.every(INDICATOR) if row["final_year"] is None}
    assert empty
    assert (
        await found(bundle, INDICATOR, condition)
        == {
            "all": every,
            "none": set(),
            "empty": empty,
            "filled": every - empty,
        }[share]
    )


async def test_a_row_that_is_not_seen_satisfies_nothing(worlds: Worlds) -> None:
    """To the public a local project is no link, whatever is asked of it."""
    _, bundle = await worlds(None)
    to_project = link(INDICATOR, "project")
    there_is_one = Linked(to_project, PROJECT, None)
    named = Linked(
        to_project, PROJECT, Compare(field(PROJECT, "code"), Operator.STARTS_WITH, "hn.")
    )
    assert await found(bundle, INDICATOR, AnyOf((there_is_one, named))) == set()
    world, bundle = await worlds("hn.cong-an")
    with_project = {
        key_of(INDICATOR, row) for row in world.every(INDICATOR) if row["project_id"] is not None
    }
    assert await found(bundle, INDICATOR, named) == with_project != set()


async def test_letters_that_mean_something_to_sql_mean_themselves(worlds: Worlds) -> None:
    world, bundle = await worlds(None)
    name = field(AREA, "name")
    for text in ("%", "_", "\\", "'", "Phường%"):
        contains = Compare(name, Operator.CONTAINS, text)
        assert await found(bundle, AREA, contains) == expected(world, AREA, contains) == set()
        _, bundle = await worlds(None)


async def test_only_the_newest_revision_that_is_seen_counts_in_a_link(worlds: Worlds) -> None:
    """What a correction took back makes its indicator none that was ever at that value."""
    world, bundle = await worlds(WARD)
    newest = {key_of(OBSERVATION, row) for row in world.newest(OBSERVATION)}
    corrected = [row for row in world.every(OBSERVATION) if key_of(OBSERVATION, row) not in newest]
    assert corrected
    recorded = Compare(
        field(OBSERVATION, "recordedAt"),
        Operator.IN,
        tuple(row["recorded_at"] for row in corrected),
    )
    some = Linked(link(INDICATOR, "observations"), OBSERVATION, recorded)
    assert await found(bundle, INDICATOR, some) == expected(world, INDICATOR, some)
    of_first = Compare(field(OBSERVATION, "revision"), Operator.EQ, 1)
    _, bundle = await worlds(WARD)
    assert await found(bundle, OBSERVATION, of_first) == expected(world, OBSERVATION, of_first)
