"""What those see who have a lesser part or none: coordinators, named duties, the public, nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.loaders.gate import find_principal
from hub.web.development import ISSUER
from tests.access.paths import exported, global_id, sightings
from tests.access.proving import (
    CAN_THO,
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
    states,
)
from tests.access.test_matrix import NOBODY
from tests.access.world import Truth, as_owner, indicator_of
from tests.callers import AMPLE, Caller, Callers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.access.conftest import Clone

PARTS: Final = ("hn.so-cong-thuong", "hn.dai-ptth", "hn.so-noi-vu", "hn.so-tu-phap", "hn.mttq")
"""Agencies with a named duty in Dự án 5, and no part in the whole of it."""


async def test_whoever_coordinates_the_whole_reads_it_and_writes_nothing(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    """Who they are is data: the list in the plan is open."""
    coordinators = truth.reading.agencies_with("ctmtqg-2030.da5", "coordinating")
    assert len(coordinators) == 4
    await assert_figures(people, truth, "hn.toa-an", DA5)
    for agency in coordinators:
        await assert_projects(people, paths, agency, (DA5,))
        await assert_exported(people, truth, agency, DA5)
        assert await may(await people(agency), DA5, "OBSERVATION") == {"READ"}


@pytest.mark.parametrize("agency", PARTS)
async def test_whoever_has_a_part_sees_its_own_tasks_and_not_the_project(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]], agency: str
) -> None:
    """But for what a decision adds: accepted results for the one, other projects for others."""
    assert truth.reading.agencies_with("ctmtqg-2030.da5", "coordinating", "part") >= {
        "hn.so-cong-thuong",
        "hn.dai-ptth",
        "hn.so-noi-vu",
    }
    if agency != "hn.so-noi-vu":
        await assert_projects(people, paths, agency, unseen=(DA5, COMPONENT))
        assert not await exported(people.database, await people(agency), DA5, COMPONENT)
    tasks = await (await people(agency)).ask(
        "query($in: [String!]) { tasks(where: { nationalProject: { is: { code: { in: $in } } } })"
        " { nodes { agency { code } } } }",
        **{"in": ["ctmtqg-2030.da5"]},
    )
    assert {node["agency"]["code"] for node in tasks["tasks"]["nodes"]} <= {agency}


async def test_home_affairs_reads_the_accepted_results_of_project_5_alone(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    others = (DA6, DA7, DA8, DA9)
    await assert_projects(people, paths, "hn.so-noi-vu", (DA5,), unseen=others)
    assert not await exported(people.database, await people("hn.so-noi-vu"), *others)
    await assert_figures(people, truth, "hn.so-noi-vu", DA5)
    assert await states(await people("hn.so-noi-vu")) == {"ACCEPTED", "PUBLISHED"}


async def test_the_peoples_committee_reads_what_is_accepted_and_edits_nothing(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    """Of a figure that was corrected since, the revision that was accepted."""
    await assert_projects(people, paths, "hn.ubnd", (DA5, DA7, DA8))
    await assert_figures(people, truth, "hn.ubnd", DA7, COMPONENT)
    committee = await people("hn.ubnd")
    assert await states(committee) == {"ACCEPTED", "PUBLISHED"}
    data = await committee.ask(MAY)
    held = [each["grant"]["capabilities"] for each in data["viewer"]["grants"]]
    common = {"READ", "WRITE"}  # what whoever runs a facility may do with it
    assert {tuple(capabilities) for capabilities in held} <= {("READ",), tuple(sorted(common))}


async def test_the_public_reads_definitions_and_no_figure(people: Callers, truth: Truth) -> None:
    """Not even a published one: it reads releases, once there are any."""
    public = await people(None)
    local = sorted(truth.reading.local_projects)
    assert await sightings(public, *local) == {project: set() for project in local}
    assert not await exported(people.database, public, *local)
    for document in (
        "{ observations { totalCount } }",
        "{ indicators { nodes { latest { value } } } }",
        "{ areas { nodes { observations { totalCount } } } }",
        "{ agencies(where: { observations: { some: {} } }) { totalCount } }",
        "{ indicators(where: { observations: { none: {} } }) { totalCount } }",
    ):
        assert (await public.send(document)).codes == ["GRAPHQL_VALIDATION_FAILED"], document
    ids = [global_id("Observation", each.id) for each in truth.of(DA5)]
    data = await public.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)
    assert data["nodes"] == [None] * len(ids)


async def test_the_public_reads_definitions_areas_documents_and_targets_whole(
    people: Callers, truth: Truth
) -> None:
    data = await (await people(None)).ask(
        """{
          agency: agencies { totalCount } area: areas { totalCount }
          assignment: assignments(allRevisions: true) { totalCount }
          document: documents { totalCount } indicator: indicators { totalCount }
          jurisdiction: jurisdictions { totalCount } programme: programmes { totalCount }
          target: targets(allRevisions: true) { totalCount } period: periods { totalCount }
          project: projects { totalCount }
        }"""
    )
    found = {table: answer["totalCount"] for table, answer in data.items()}
    national = len(truth.keys["project"]) - len(truth.projects)
    assert found == {table: len(truth.keys[table]) for table in found} | {"project": national}


@pytest.mark.parametrize("agency", ["hn.so-cong-thuong", "hn.mttq", NOBODY])
async def test_seeing_a_definition_is_not_seeing_a_value(people: Callers, agency: str) -> None:
    """Whoever has no right to Dự án 6 sees what is measured in it, and no measure."""
    data = await (await people(agency)).ask(
        """query($code: String!, $indicator: String!) {
          project(code: $code) { name indicators { nodes { code
            nationalProject { code } project { code }
            observations(allRevisions: true) { totalCount } latest { value } } } }
          indicator(code: $indicator) { name observations { totalCount } latest { value } }
        }""",
        code="ctmtqg-2030.da6",
        indicator=indicator_of(DA6),
    )
    assert data["project"]["name"]
    assert data["indicator"] == {
        "name": "Thử",
        "observations": {"totalCount": 0},
        "latest": None,
    }
    assert len(data["project"]["indicators"]["nodes"]) >= 2
    for node in data["project"]["indicators"]["nodes"]:
        assert node["nationalProject"] == {"code": "ctmtqg-2030.da6"}
        assert (node["project"], node["latest"]) == (None, None)
        assert node["observations"]["totalCount"] == 0


async def test_an_agency_without_a_right_sees_what_the_public_sees(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    await assert_projects(people, paths, NOBODY, unseen=(DA5, DA6, CAN_THO))
    await assert_no_figures(people, truth, NOBODY, DA5, DA6, CAN_THO)


EMPTY: Final = (
    "area_scope = 'own', area_id = NULL",
    "area_scope = 'own facility'",
    "data_classes = '{}'",
    "capabilities = '{}'",
    "capabilities = '{write,comment,approve,accept,review}'",
    "jurisdiction_id = (SELECT id FROM jurisdiction WHERE code = 'la.kham-muon')",
    "project_id = (SELECT id FROM project WHERE code = 'ctmtqg-2030.da5')",
    "programme_id = (SELECT id FROM programme WHERE code = 'ctmtqg-2030')",
    "holder_id = NULL",
)
"""What leaves of a right to all of Hà Nội nothing that it could be about."""


async def test_an_empty_scope_is_no_data(clone: Clone) -> None:
    """A right that names nothing there is opens nothing; it does not open everything."""
    address = await clone()
    opened = {}
    async with Database(address) as database, as_owner(address) as owner:
        principal = await find_principal(database, ISSUER, "hn.so-tai-chinh")
        assert principal is not None
        caller = Caller(principal, Executor(database, system_clock, limits=AMPLE))
        await owner.execute(
            "UPDATE access_grant SET data_classes = '{observation,budget}' "
            "WHERE code = 'hn.so-tai-chinh.budget'"
        )
        assert min(await _opened(caller)) > 0
        for scope in EMPTY:
            await owner.execute(
                f"UPDATE access_grant SET {scope} WHERE code = 'hn.so-tai-chinh.budget'"
            )
            opened[scope] = await _opened(caller)
            await owner.execute(
                "UPDATE access_grant g SET area_scope = 'all', "
                "data_classes = '{observation,budget}', capabilities = '{read,write}', "
                "jurisdiction_id = (SELECT id FROM jurisdiction WHERE code = 'hn'), "
                "project_id = NULL, programme_id = NULL, holder_id = a.id "
                "FROM agency a WHERE a.code = 'hn.so-tai-chinh' "
                "AND g.code = 'hn.so-tai-chinh.budget'"
            )
    assert opened == dict.fromkeys(EMPTY, (0, 0, 0))


async def _opened(caller: Caller) -> tuple[int, ...]:
    """Return how many local projects, figures and budget lines *caller* sees."""
    data = await caller.ask(
        "{ projects(where: { isNational: { eq: false } }) { totalCount } "
        "observations { totalCount } budgetLines { totalCount } }"
    )
    return tuple(found["totalCount"] for found in data.values())
