"""What the city's departments see: each what it leads, guides or coordinates, on every path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.access.paths import exported
from tests.access.proving import (
    CAN_THO,
    COMMITTEE,
    COMPONENT,
    DA5,
    DA6,
    DA7,
    DA8,
    DA9,
    assert_exported,
    assert_figures,
    assert_no_figures,
    assert_projects,
    may,
    wards_with_figures,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.access.world import Truth
    from tests.callers import Callers

GUIDES: Final = {
    "hn.so-van-hoa-the-thao": ((f"{DA7}.tda1", DA5), (DA7, f"{DA7}.tda3", f"{DA7}.tda4", DA8)),
    "hn.so-giao-duc-dao-tao": ((f"{DA7}.tda3",), (DA7, f"{DA7}.tda1", f"{DA7}.tda4", DA5)),
    "hn.so-tu-phap": ((DA8,), (DA5, DA6, DA7, DA9)),
}
"""Guide → what it guides or coordinates, and what is none of its."""


def test_the_city_police_sees_every_project_of_the_city_on_every_path(
    truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    """Every project is listed, found and followed; a role's or document's path leads to some."""
    local = {code for code in truth.reading.local_projects if code.startswith("hn.")}
    assert set(paths) == local
    by_name = {"byCode", "byId", "byIds", "explained", "explainedById", "found", "counted"}
    at_large = {"listed", "ofNodes", "ofProgrammes", "ofIndicators", "byIndicators", "byProgrammes"}
    always = by_name | at_large | {"paged", "byNodes"}
    for code in local:
        assert always <= paths[code]
    assert paths[DA5] - always == {"ofAgencies", "ofDocuments", "byAssignments", "byAgencies"}


async def test_the_city_police_reads_every_figure_but_others_drafts(
    people: Callers, truth: Truth
) -> None:
    await assert_figures(people, truth, "hn.cong-an", DA5)
    await assert_exported(people, truth, "hn.cong-an", DA6, DA7, f"{DA7}.tda1", DA8, DA9, COMPONENT)


async def test_the_city_police_reads_every_ward(people: Callers) -> None:
    for project in (DA5, DA6):
        assert await wards_with_figures(await people("hn.cong-an"), project) == 126


@pytest.mark.parametrize(
    ("agency", "project"),
    [("hn.cong-an", CAN_THO), ("ct.cong-an", DA5), ("na.cong-an", CAN_THO), ("ct.ubnd", DA5)],
)
async def test_nothing_of_one_place_follows_for_another(
    people: Callers, paths: Mapping[str, set[str]], agency: str, project: str
) -> None:
    """Not for its standing agency either."""
    await assert_projects(people, paths, agency, unseen=(project,))
    assert not await exported(people.database, await people(agency), project)


async def test_the_health_department_reads_project_6_of_all_wards(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    await assert_projects(people, paths, "hn.so-y-te", (DA6,))
    await assert_figures(people, truth, "hn.so-y-te", DA6)
    assert await wards_with_figures(await people("hn.so-y-te"), DA6) == 126


async def test_the_health_department_comments_returns_and_approves_what_wards_enter(
    people: Callers,
) -> None:
    health, ward = await people("hn.so-y-te"), await people(COMMITTEE)
    assert await may(health, DA6, "OBSERVATION") == {"READ", "COMMENT", "RETURN", "APPROVE"}
    assert await may(ward, DA6, "OBSERVATION") == {"READ", "WRITE"}


async def test_the_health_department_reads_project_5_and_cannot_write_it(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    await assert_projects(
        people,
        paths,
        "hn.so-y-te",
        (
            DA5,
            COMPONENT,
        ),
    )
    await assert_exported(people, truth, "hn.so-y-te", DA5, COMPONENT)
    assert await may(await people("hn.so-y-te"), DA5, "OBSERVATION") == {"READ"}


async def test_within_project_7_the_front_sees_part_4_alone(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    """Nothing of its siblings, and of the project above it not even that it is there."""
    siblings = (DA7, f"{DA7}.tda1", f"{DA7}.tda3")
    await assert_projects(people, paths, "hn.mttq", (f"{DA7}.tda4",), unseen=(*siblings, DA5))
    await assert_no_figures(people, truth, "hn.mttq", *siblings)
    await assert_figures(people, truth, "hn.mttq", f"{DA7}.tda4")
    front = await people("hn.mttq")
    data = await front.ask(
        "query($code: String!) { project(code: $code) { parent { code } lead { code } "
        "nationalProject { code parent { code children { nodes { code } } "
        "instances { totalCount } } } } }",
        code=f"{DA7}.tda4",
    )
    assert data["project"]["parent"] is None
    above = data["project"]["nationalProject"]["parent"]
    assert above["instances"]["totalCount"] == 0
    assert len(above["children"]["nodes"]) == 4


@pytest.mark.parametrize("agency", list(GUIDES))
async def test_likewise_the_other_departments_see_what_they_guide(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]], agency: str
) -> None:
    own, foreign = GUIDES[agency]
    await assert_projects(people, paths, agency, own, unseen=foreign)
    await assert_exported(people, truth, agency, *own, *foreign)


async def test_the_finance_department_sees_every_project_and_its_money(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    some = (DA5, DA7, f"{DA7}.tda1", DA8, COMPONENT)
    await assert_projects(people, paths, "hn.so-tai-chinh", some)
    finance = await people("hn.so-tai-chinh")
    assert await may(finance, None, "BUDGET") == {"READ", "WRITE"}
    data = await finance.ask("{ budgetLines { totalCount nodes { jurisdiction { code } } } }")
    lines = [row for row in truth.rows["budget_line"].values() if row.place.jurisdiction == "hn"]
    assert data["budgetLines"]["totalCount"] == len(lines)
    assert {node["jurisdiction"]["code"] for node in data["budgetLines"]["nodes"]} == {"hn"}


async def test_the_finance_department_reads_targets_and_no_figure(
    people: Callers, truth: Truth
) -> None:
    await assert_no_figures(people, truth, "hn.so-tai-chinh", DA5, DA8)
    finance = await people("hn.so-tai-chinh")
    data = await finance.ask(
        "{ targets { totalCount } observations(allRevisions: true) { totalCount } }"
    )
    assert data["observations"]["totalCount"] == 0
    assert data["targets"]["totalCount"] == len(truth.keys["target"])
    assert await may(finance, None, "OBSERVATION") == set()
