"""What a ministry's feed reads: accepted figures of every place, of its own regime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from hub.access.readers import Reader
from tests.access.paths import global_id
from tests.access.proving import CAN_THO, DA5, DA6, DA8, assert_exported, assert_figures, states
from tests.access.world import Truth, as_owner

if TYPE_CHECKING:
    from hub.database.address import Address
    from tests.callers import Callers

FEED: Final = "vn.bo-cong-an"
KEPT_BACK: Final = ("facilities", "eligibilities", "trainings", "findings", "reviews")
"""Lists whose classes of data the feed's right does not name."""


async def test_the_feed_reads_accepted_figures_of_every_place(
    people: Callers, truth: Truth
) -> None:
    """The true value, as it was known at any moment, and no draft."""
    feed = await people(FEED)
    assert feed.principal.reader is Reader.FEED
    assert await states(feed) == {"ACCEPTED", "PUBLISHED"}
    for project in (DA5, DA8, CAN_THO, "na.ctpcmt-2020.trang-bi-csdt"):
        await assert_exported(people, truth, FEED, project)
        seen = truth.reading.newest(FEED, truth.of(project))
        assert {each.status for each in seen} == {"accepted", "published"}
    await assert_figures(people, truth, FEED, CAN_THO)


async def test_the_feed_reads_values_as_they_are_stored(
    people: Callers, truth: Truth, world: Address
) -> None:
    seen = truth.reading.newest(FEED, truth.of(CAN_THO))
    data = await (await people(FEED)).ask(
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Observation { value } } }",
        ids=[global_id("Observation", each.id) for each in seen],
    )
    async with as_owner(world) as owner:
        stored = await owner.fetch(
            "SELECT v.value FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, place) "
            "JOIN observation v USING (id) ORDER BY place",
            [each.id for each in seen],
        )
    assert [node["value"] for node in data["nodes"]] == [float(value) for (value,) in stored] != []


async def test_a_feed_reads_the_classes_of_its_own_regime_alone(
    people: Callers, truth: Truth
) -> None:
    """Figures, targets, money, tasks; of projects that it has no part in, nothing else."""
    feed = await people(FEED)
    foreign = f'["{DA6}", "{DA8}", "{CAN_THO}"]'
    where = f"(where: {{ project: {{ is: {{ code: {{ in: {foreign} }} }} }} }})"
    kept_back = " ".join(f"{name}{where} {{ totalCount }}" for name in KEPT_BACK)
    found = await feed.ask(
        f"{{ {kept_back} budgetLines {{ totalCount }} tasks {{ totalCount }} "
        "viewer { grants { grant { code } } } }"
    )
    assert {found[name]["totalCount"] for name in KEPT_BACK} == {0}
    for name, table in (("budgetLines", "budget_line"), ("tasks", "task")):
        assert found[name]["totalCount"] == len(truth.rows[table]) > 0
    own = {each["grant"]["code"] for each in found["viewer"]["grants"]}
    assert "vn.bo-cong-an.feed" in own


@pytest.mark.parametrize("agency", ["vn.bo-tai-chinh", "vn.bo-quoc-phong"])
async def test_another_ministry_has_no_feed_by_being_one(
    people: Callers, truth: Truth, agency: str
) -> None:
    """Rights are data: without one, a ministry reads what the public reads."""
    assert truth.reading.sees(agency, truth.figures) == []
    caller = await people(agency)
    assert caller.principal.reader is Reader.SCOPED
    data = await caller.ask("{ observations { totalCount } budgetLines { totalCount } }")
    assert {found["totalCount"] for found in data.values()} == {0}
