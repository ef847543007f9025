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
    MAY,
    assert_exported,
    assert_figures,
    assert_no_figures,
    assert_projects,
    may,
    wards_with_figures,
)
from tests.access.world import OTHER_WARD, WARD, indicator_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.access.world import Truth
    from tests.callers import Caller, Callers

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


async def test_the_city_police_writes_figures_of_projects_5_and_9_alone(
    people: Callers, truth: Truth
) -> None:
    """Seeing all is not writing all; what it runs itself it keeps itself, as every operator."""
    police = await people("hn.cong-an")
    local = {code for code in truth.reading.local_projects if code.startswith("hn.")}
    writes = {code for code in local if "WRITE" in await may(police, code, "OBSERVATION")}
    assert writes == {DA5, DA9}
    assert await may(police, None, "OBSERVATION") == {"READ", "ACCEPT", "RETURN"}
    grants = (await police.ask(MAY))["viewer"]["grants"]
    operated = [each["grant"] for each in grants if each["grant"]["areaScope"] == "OWN_FACILITY"]
    assert [set(grant["capabilities"]) for grant in operated] == [{"READ", "WRITE"}]


async def test_the_health_department_writes_fitness_though_the_indicator_is_project_5s(
    people: Callers, truth: Truth
) -> None:
    health = await people("hn.so-y-te")
    assert await may(health, None, "ELIGIBILITY") == {"READ", "WRITE"}
    data = await health.ask(
        """query($code: String!) {
          indicator(code: $code) { nationalProject { code } }
          eligibilities { totalCount nodes { jurisdiction { code } project { code } } }
        }""",
        code="hn.da5.co-so-xac-dinh-nghien",
    )
    assert data["indicator"] == {"nationalProject": {"code": "ctmtqg-2030.da5"}}
    stored = [row for row in truth.rows["eligibility"].values() if row.place.jurisdiction == "hn"]
    assert data["eligibilities"]["totalCount"] == len(stored) > 0
    assert {node["jurisdiction"]["code"] for node in data["eligibilities"]["nodes"]} == {"hn"}
    front = await people("hn.so-tai-chinh")
    assert (await front.ask("{ eligibilities { totalCount } }"))["eligibilities"]["totalCount"] == 0


async def test_a_total_over_project_7_holds_ones_own_part_alone(
    people: Callers, truth: Truth
) -> None:
    """By sum, by group and by pages, so that nothing gives the siblings by subtraction."""
    parts = [DA7, *(f"{DA7}.tda{number}" for number in (1, 3, 4))]
    asked = """query($of: [String!]!) {
      observations(where: { indicator: { is: { code: { in: $of } } } }) {
        totalCount
        aggregate { count sum { value } }
        groups(by: [PROJECT]) { project { code } aggregate { count sum { value } } }
      }
      projects(where: { code: { in: $of } }) { aggregate { count } }
    }"""
    own = [f"{DA7}.tda4"]
    front = await people("hn.mttq")
    whole = await front.ask(asked, of=[indicator_of(code) for code in parts])
    part = await front.ask(asked, of=[indicator_of(code) for code in own])
    assert whole == part
    seen = truth.reading.newest("hn.mttq", truth.of(own[0]))
    assert whole["observations"]["aggregate"]["count"] == len(seen) > 0
    assert [group["project"]["code"] for group in whole["observations"]["groups"]] == own
    police = await people("hn.cong-an")
    all_ = await police.ask(asked, of=[indicator_of(code) for code in parts])
    assert len(all_["observations"]["groups"]) == len(parts)


@pytest.mark.parametrize(
    ("agency", "own"),
    [
        ("hn.so-y-te", DA6),
        ("hn.mttq", f"{DA7}.tda4"),
        ("hn.so-tu-phap", DA8),
        ("hn.so-van-hoa-the-thao", f"{DA7}.tda1"),
    ],
)
async def test_the_guide_of_a_project_that_nobody_leads_reads_its_money_and_no_others(
    people: Callers, agency: str, own: str
) -> None:
    """Nor that of what it coordinates."""
    assert await _money(await people(agency)) == {
        f"thu.{own}.{place}" for place in ("chung", "phuong", "phuong-khac")
    }


async def test_whoever_coordinates_reads_no_money(people: Callers) -> None:
    for agency in ("hn.so-du-lich", "hn.toa-an"):
        assert await _money(await people(agency)) == set()


async def test_a_ward_reads_its_own_money_alone(people: Callers) -> None:
    components = [f"{DA5}.nd{number}" for number in range(1, 6)]
    carried_out = (DA5, *components, DA6, f"{DA7}.tda4")
    for ward, place in ((WARD, "phuong"), (OTHER_WARD, "phuong-khac")):
        found = await _money(await people(f"hn.ubnd-cap-xa.{ward}"))
        assert found == {f"thu.{project}.{place}" for project in carried_out}


async def _money(caller: Caller) -> set[str]:
    """Return the budget lines of the world that *caller* reads."""
    data = await caller.ask(
        '{ budgetLines(where: { code: { startsWith: "thu." } }) { nodes { code } } }'
    )
    return {node["code"] for node in data["budgetLines"]["nodes"]}
