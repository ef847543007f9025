"""Pages put together are the whole list: in every order, forward and backward, at every size."""

from __future__ import annotations

import json
from asyncio import gather
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.api.types.connections import Related, Source, Whole
from hub.loaders.rows import History, Listing, Page, Row
from hub.model.catalogue import BY_NAME
from hub.model.conditions import ALWAYS
from hub.model.entities import Entity, ToMany
from hub.model.orders import Term, total_order
from tests.loaders.questions import comparisons, orders
from tests.loaders.world import Key, Worlds, key_of

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

SIZES = st.sampled_from((1, 2, 7, 53))
MOST_PAGES = 12
"""So many pages of one list are walked; a long list is entered somewhere in its middle."""

ENTITIES = st.sampled_from(
    ("Project", "Agency", "Assignment", "Area", "Indicator", "Target", "Period", "Observation")
)
RELATIONS = st.sampled_from(
    (
        ("Area", "children"),
        ("Area", "observations"),
        ("Area", "successors"),
        ("Indicator", "observations"),
        ("Indicator", "targets"),
        ("Project", "assignments"),
        ("Project", "indicators"),
        ("Programme", "projects"),
        ("Agency", "members"),
    )
)
AGENCIES = ("hn.ubnd-cap-xa.00004", None)

bounded = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


async def walk(source: Source, listing: Listing, terms: tuple[Term, ...], data: DataObject) -> None:
    """Follow pages from somewhere in the list to its end: together they are the rest of it."""
    rows = (await source.page(listing, Page(terms, 5000))).rows
    page = Page(terms, data.draw(SIZES, "size"), backward=data.draw(st.booleans(), "backward"))
    if page.backward:
        rows.reverse()
    # Few enough pages remain.
    taken = data.draw(st.integers(max(0, len(rows) - page.limit * MOST_PAGES), len(rows)), "start")
    edge = tuple(json.loads(rows[taken - 1].position)) if taken else None
    while True:
        turned = replace(page, before=edge) if page.backward else replace(page, after=edge)
        found = await source.page(listing, turned)
        expected = rows[taken : taken + page.limit]
        taken += len(expected)
        shown = found.rows[::-1] if page.backward else found.rows
        assert [row.identity for row in shown] == [row.identity for row in expected]
        assert found.more == (taken < len(rows))
        assert await source.beyond(listing, turned) == (edge is not None)
        if taken == len(rows):
            return
        edge = tuple(json.loads(shown[-1].position))


def identities(entity: Entity, rows: list[Row]) -> list[Key]:
    return [tuple(row[column] for column in entity.key) for row in rows]


@pytest.mark.parametrize("agency", AGENCIES)
@given(data=st.data())
@bounded
async def test_the_pages_of_an_entity_are_its_rows_in_order(
    worlds: Worlds, agency: str | None, data: DataObject
) -> None:
    world, bundle = await worlds(agency)
    entity = BY_NAME[data.draw(ENTITIES, "entity")]
    terms = total_order(entity, data.draw(orders(entity), "order"))
    history = History(all=data.draw(st.booleans(), "all revisions"))
    listing = Listing(data.draw(st.just(ALWAYS) | comparisons(world, entity)), history)
    rows = world.every(entity) if history.all else world.newest(entity)
    expected = world.ordered(world.satisfying(entity, rows, listing.condition), terms)
    async with bundle:
        source = Whole(bundle, entity)
        whole = await source.page(listing, Page(terms, 5000))
        assert identities(entity, whole.rows) == [key_of(entity, row) for row in expected]
        assert await source.count(listing) == len(expected)
        await walk(source, listing, terms, data)


@pytest.mark.parametrize("agency", AGENCIES)
@given(data=st.data())
@bounded
async def test_the_pages_of_a_relation_are_its_rows_in_order(
    worlds: Worlds, agency: str | None, data: DataObject
) -> None:
    """Of several rows at once, each its own."""
    world, bundle = await worlds(agency)
    name, member = data.draw(RELATIONS, "relation")
    entity = BY_NAME[name]
    relation = entity.by_name[member]
    assert isinstance(relation, ToMany)
    target = BY_NAME[relation.target]
    terms = total_order(target, data.draw(orders(target), "order"))
    listing = Listing(data.draw(comparisons(world, target)))
    async with bundle:
        every = (await bundle.page(entity, Listing(), Page(total_order(entity, ()), 1000))).rows
        places = data.draw(st.sets(st.integers(0, len(every) - 1), min_size=1, max_size=3), "rows")
        sources = [Related(bundle, every[place], relation) for place in sorted(places)]
        pages = await gather(*(source.page(listing, Page(terms, 5000)) for source in sources))
        counts = await gather(*(source.count(listing) for source in sources))
        for source, whole, count in zip(sources, pages, counts, strict=True):
            related = world.related(source.row.record, relation)
            kept = world.satisfying(target, related, listing.condition)
            expected = [key_of(target, row) for row in world.ordered(kept, terms)]
            assert identities(target, whole.rows) == expected
            assert count == len(expected)
            await walk(source, listing, terms, data)
