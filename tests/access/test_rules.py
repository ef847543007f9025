"""The access rules that concern reading projects and figures, each on every path there is.

``RULES`` says which tests hold which rule of the access rules.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.loaders.gate import find_principal
from hub.web.development import ISSUER
from tests.access.paths import (
    PAGE,
    as_exported,
    exported,
    figures,
    global_id,
    sight,
    sightings,
)
from tests.access.test_matrix import NOBODY
from tests.access.world import OTHER_WARD, WARD, as_owner, indicator_of
from tests.callers import Caller, Callers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hub.database.address import Address
    from hub.telemetry import StatementRan
    from tests.access.conftest import Clone
    from tests.access.reading import Figure
    from tests.access.world import Truth

DA5: Final = "hn.ctmtqg-2030.da5"
DA6: Final = "hn.ctmtqg-2030.da6"
DA7: Final = "hn.ctmtqg-2030.da7"
DA8: Final = "hn.ctmtqg-2030.da8"
DA9: Final = "hn.ctmtqg-2030.da9"
COMPONENT: Final = f"{DA5}.nd1"
CAN_THO: Final = "ct.ctmtqg-2030.da5"

COMMITTEE: Final = f"hn.ubnd-cap-xa.{WARD}"

PARTS: Final = ("hn.so-cong-thuong", "hn.dai-ptth", "hn.so-noi-vu", "hn.so-tu-phap", "hn.mttq")
"""Agencies with a named duty in Dự án 5, and no part in the whole of it."""

GUIDES: Final = {
    "hn.so-van-hoa-the-thao": ((f"{DA7}.tda1", DA5), (DA7, f"{DA7}.tda3", f"{DA7}.tda4", DA8)),
    "hn.so-giao-duc-dao-tao": ((f"{DA7}.tda3",), (DA7, f"{DA7}.tda1", f"{DA7}.tda4", DA5)),
    "hn.so-tu-phap": ((DA8,), (DA5, DA6, DA7, DA9)),
}
"""Guide → what it guides or coordinates, and what is none of its."""

MAY: Final = """{ viewer { grants { grant {
  project { code } programme { code } jurisdiction { code }
  capabilities dataClasses states areaScope area { code }
} } } }"""


@pytest.fixture(scope="session")
def paths(world: Address, truth: Truth) -> Mapping[str, set[str]]:
    """The paths that lead to each project of Hà Nội for the standing agency, which sees it."""

    async def look() -> Mapping[str, set[str]]:
        async with Database(world) as database:
            police = await Callers(database, Executor(database, system_clock))("hn.cong-an")
            return await sightings(police, *sorted(truth.reading.projects_seen("hn.cong-an")))

    return asyncio.run(look())


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
    await _assert_figures(people, truth, "hn.cong-an", DA5)
    await _assert_exported(
        people, truth, "hn.cong-an", DA6, DA7, f"{DA7}.tda1", DA8, DA9, COMPONENT
    )


async def test_the_city_police_reads_every_ward(people: Callers) -> None:
    for project in (DA5, DA6):
        assert await _wards_with_figures(await people("hn.cong-an"), project) == 126


@pytest.mark.parametrize(
    ("agency", "project"),
    [("hn.cong-an", CAN_THO), ("ct.cong-an", DA5), ("na.cong-an", CAN_THO), ("ct.ubnd", DA5)],
)
async def test_nothing_of_one_place_follows_for_another(
    people: Callers, paths: Mapping[str, set[str]], agency: str, project: str
) -> None:
    """Not for its standing agency either."""
    await _assert_projects(people, paths, agency, unseen=(project,))
    assert not await exported(people.database, await people(agency), project)


async def test_the_health_department_reads_project_6_of_all_wards(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    await _assert_projects(people, paths, "hn.so-y-te", (DA6,))
    await _assert_figures(people, truth, "hn.so-y-te", DA6)
    assert await _wards_with_figures(await people("hn.so-y-te"), DA6) == 126


async def test_the_health_department_comments_returns_and_approves_what_wards_enter(
    people: Callers,
) -> None:
    health, ward = await people("hn.so-y-te"), await people(COMMITTEE)
    assert await _may(health, DA6, "OBSERVATION") == {"READ", "COMMENT", "RETURN", "APPROVE"}
    assert await _may(ward, DA6, "OBSERVATION") == {"READ", "WRITE"}


async def test_the_health_department_reads_project_5_and_cannot_write_it(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    await _assert_projects(
        people,
        paths,
        "hn.so-y-te",
        (
            DA5,
            COMPONENT,
        ),
    )
    await _assert_exported(people, truth, "hn.so-y-te", DA5, COMPONENT)
    assert await _may(await people("hn.so-y-te"), DA5, "OBSERVATION") == {"READ"}


async def test_within_project_7_the_front_sees_part_4_alone(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    """Nothing of its siblings, and of the project above it not even that it is there."""
    siblings = (DA7, f"{DA7}.tda1", f"{DA7}.tda3")
    await _assert_projects(people, paths, "hn.mttq", (f"{DA7}.tda4",), unseen=(*siblings, DA5))
    await _assert_no_figures(people, truth, "hn.mttq", *siblings)
    await _assert_figures(people, truth, "hn.mttq", f"{DA7}.tda4")
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
    await _assert_projects(people, paths, agency, own, unseen=foreign)
    await _assert_exported(people, truth, agency, *own, *foreign)


async def test_the_finance_department_sees_every_project_and_its_money(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    some = (DA5, DA7, f"{DA7}.tda1", DA8, COMPONENT)
    await _assert_projects(people, paths, "hn.so-tai-chinh", some)
    finance = await people("hn.so-tai-chinh")
    assert await _may(finance, None, "BUDGET") == {"READ", "WRITE"}
    data = await finance.ask("{ budgetLines { totalCount nodes { jurisdiction { code } } } }")
    lines = [row for row in truth.rows["budget_line"].values() if row.place.jurisdiction == "hn"]
    assert data["budgetLines"]["totalCount"] == len(lines)
    assert {node["jurisdiction"]["code"] for node in data["budgetLines"]["nodes"]} == {"hn"}


async def test_the_finance_department_reads_targets_and_no_figure(
    people: Callers, truth: Truth
) -> None:
    await _assert_no_figures(people, truth, "hn.so-tai-chinh", DA5, DA8)
    finance = await people("hn.so-tai-chinh")
    data = await finance.ask(
        "{ targets { totalCount } observations(allRevisions: true) { totalCount } }"
    )
    assert data["observations"]["totalCount"] == 0
    assert data["targets"]["totalCount"] == len(truth.keys["target"])
    assert await _may(finance, None, "OBSERVATION") == set()


@pytest.mark.parametrize("ward", [WARD, OTHER_WARD])
async def test_a_ward_reads_itself_in_what_it_carries_out(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]], ward: str
) -> None:
    """Of other wards nothing, nor of the closed unit that bore its code."""
    agency = f"hn.ubnd-cap-xa.{ward}"
    own = (DA5, DA6, f"{DA7}.tda4")
    await _assert_projects(people, paths, agency, own)
    await _assert_figures(people, truth, agency, DA5)
    await _assert_exported(people, truth, agency, *own)
    caller = await people(agency)
    for project in own:
        seen = truth.reading.sees(agency, truth.of(project))
        assert {figure.place.ward for figure in seen} == {ward}
        assert await _wards_with_figures(caller, project) == 1
        assert await _may(caller, project, "OBSERVATION") == {"READ", "WRITE"}


async def test_a_ward_sees_no_project_that_it_does_not_carry_out(
    people: Callers, truth: Truth
) -> None:
    """Though figures of its own ground are in it; a health station that it runs shows its own."""
    foreign = (DA7, f"{DA7}.tda1", DA8, DA9)
    ward = await people(COMMITTEE)
    assert await sightings(ward, *foreign) == {project: set() for project in foreign}
    stored = truth.of(DA8)
    own = frozenset(str(each.id) for each in stored if each.operator == COMMITTEE)
    assert own
    assert set((await figures(ward, stored, DA8)).values()) == {own, frozenset()}
    assert (await figures(ward, stored, DA8))["ofProjects"] == frozenset()


async def test_a_wards_police_and_committee_see_not_each_others_drafts(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    police = f"hn.cong-an-cap-xa.{WARD}"
    await _assert_figures(people, truth, police, DA5)
    for agency, other in ((COMMITTEE, police), (police, COMMITTEE)):
        drafts = [
            each
            for each in truth.reading.sees(agency, truth.of(DA5))
            if each.status == "draft" and each.agency == other
        ]
        assert drafts == []
    await _assert_projects(people, paths, police, (DA5,), unseen=(DA6, f"{DA7}.tda4"))


async def test_whoever_coordinates_the_whole_reads_it_and_writes_nothing(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    """Who they are is data: the list in the plan is open."""
    coordinators = truth.reading.agencies_with("ctmtqg-2030.da5", "coordinating")
    assert len(coordinators) == 4
    await _assert_figures(people, truth, "hn.toa-an", DA5)
    for agency in coordinators:
        await _assert_projects(people, paths, agency, (DA5,))
        await _assert_exported(people, truth, agency, DA5)
        assert await _may(await people(agency), DA5, "OBSERVATION") == {"READ"}


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
        await _assert_projects(people, paths, agency, unseen=(DA5, COMPONENT))
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
    await _assert_projects(people, paths, "hn.so-noi-vu", (DA5,), unseen=others)
    assert not await exported(people.database, await people("hn.so-noi-vu"), *others)
    await _assert_figures(people, truth, "hn.so-noi-vu", DA5)
    assert await _states(await people("hn.so-noi-vu")) == {"ACCEPTED", "PUBLISHED"}


async def test_the_peoples_committee_reads_what_is_accepted_and_edits_nothing(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]]
) -> None:
    """Of a figure that was corrected since, the revision that was accepted."""
    await _assert_projects(people, paths, "hn.ubnd", (DA5, DA7, DA8))
    await _assert_figures(people, truth, "hn.ubnd", DA7, COMPONENT)
    committee = await people("hn.ubnd")
    assert await _states(committee) == {"ACCEPTED", "PUBLISHED"}
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


@pytest.mark.parametrize("agency", [None, "hn.so-cong-thuong", "hn.so-tu-phap", COMMITTEE])
async def test_a_forbidden_project_and_none_look_the_same(
    people: Callers, agency: str | None
) -> None:
    """The whole answer over every path is equal, letter by letter."""
    caller = await people(agency)
    document, forbidden = sight(DA9)
    _, missing = sight("hn.ctmtqg-2030.da99")
    assert await caller.send(document, **forbidden) == await caller.send(document, **missing)


async def test_a_forbidden_row_and_none_are_asked_for_alike(world: Address, truth: Truth) -> None:
    """By the same statements with as many rows, so that time tells nothing either."""
    ran: list[tuple[str, int]] = []

    def note(statement: StatementRan) -> None:
        ran.append((statement.sql, statement.rows))

    figure = next(each for each in truth.of(DA8) if each.status == "accepted")
    asked = """query($code: String!, $figure: ID!, $indicator: String!) {
      project(code: $code) { code observations { totalCount } children { nodes { code } } }
      node(id: $figure) { id ... on Observation { value area { code } } }
      indicator(code: $indicator) { observations { totalCount nodes { value } } }
      explainAccess(type: Project, code: $code) { maySee sentences }
    }"""
    runs = []
    async with Database(world, observer=note) as database:
        principal = await find_principal(database, ISSUER, "hn.mttq")
        assert principal is not None
        caller = Caller(principal, Executor(database, system_clock))
        for code, key in ((DA8, figure.id), ("hn.khong-co", figure.origin)):
            ran.clear()
            reply = await caller.ask(
                asked,
                code=code,
                figure=global_id("Observation", key),
                indicator=indicator_of(DA8),
            )
            runs.append((reply, list(ran)))
    assert runs[0] == runs[1]
    assert len(runs[0][1]) > 4


@pytest.mark.parametrize("agency", ["hn.mttq", COMMITTEE, "vn.bo-cong-an"])
async def test_a_cursor_of_somebody_else_opens_nothing(people: Callers, agency: str) -> None:
    """It is refused as any made-up one is, whatever it marks."""
    of = [indicator_of(DA5)]
    police = await people("hn.cong-an")
    page = (await police.ask(PAGE, of=of, first=3))["observations"]
    caller = await people(agency)
    for edge in page["edges"]:
        for size, position in (("first", "after"), ("last", "before")):
            stolen = {size: 1, position: edge["cursor"]}
            reply = await caller.send(PAGE, of=of, **stolen)
            forged = await caller.send(PAGE, of=of, **{size: 1, position: "bm8"})
            assert reply.data is None
            assert reply.codes == ["CURSOR_INVALID"]
            assert reply.errors == forged.errors


async def test_what_a_forbidden_parent_is_asked_for_is_not_judged(people: Callers) -> None:
    """Arguments below it are wrong or right as below a project that is not there."""
    caller = await people("hn.mttq")
    for below in ('observations(after: "x")', 'children(last: 1, before: "x")'):
        document = (
            f"query($code: String!) {{ project(code: $code) {{ {below} {{ totalCount }} }} }}"
        )
        forbidden = await caller.send(document, code=DA8)
        assert forbidden == await caller.send(document, code="hn.khong-co")
        assert forbidden.data == {"project": None}


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
    await _assert_projects(people, paths, NOBODY, unseen=(DA5, DA6, CAN_THO))
    await _assert_no_figures(people, truth, NOBODY, DA5, DA6, CAN_THO)


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
        caller = Caller(principal, Executor(database, system_clock))
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


async def _assert_projects(
    people: Callers,
    paths: Mapping[str, set[str]],
    agency: str,
    seen: tuple[str, ...] = (),
    *,
    unseen: tuple[str, ...] = (),
) -> None:
    """Assert that *agency* sees projects on every path there is, and of others finds no trace."""
    found = await sightings(await people(agency), *seen, *unseen)
    assert found == {code: paths[code] for code in seen} | {code: set() for code in unseen}


async def _assert_no_figures(people: Callers, truth: Truth, agency: str, *projects: str) -> None:
    """Assert that *agency* finds no figure of *projects* on any path."""
    stored = [figure for project in projects for figure in truth.of(project)]
    caller = await people(agency)
    assert set((await figures(caller, stored, *projects)).values()) == {frozenset()}
    assert not await exported(people.database, caller, *projects)


async def _assert_figures(people: Callers, truth: Truth, agency: str, *projects: str) -> None:
    """Assert that *agency* finds on every path the figures that the rules give it, and some."""
    stored = [figure for project in projects for figure in truth.of(project)]
    newest = _known(truth.reading.newest(agency, stored))
    seen = _known(truth.reading.sees(agency, stored))
    assert frozenset() < newest < _known(stored)
    found = await figures(await people(agency), stored, *projects)
    revisions = {path: found.pop(path) for path in ("revisions", "byIds")}
    assert found == dict.fromkeys(found, newest)
    assert revisions == dict.fromkeys(revisions, seen)
    await _assert_exported(people, truth, agency, *projects)


async def _assert_exported(people: Callers, truth: Truth, agency: str, *projects: str) -> None:
    """Assert that *agency* takes away the figures that the rules give it, and some."""
    stored = [figure for project in projects for figure in truth.of(project)]
    counting = truth.reading.newest(agency, stored)
    assert counting
    found = await exported(people.database, await people(agency), *projects)
    assert found == as_exported(counting)


def _known(stored: Iterable[Figure]) -> frozenset[str]:
    return frozenset(str(figure.id) for figure in stored)


async def _wards_with_figures(caller: Caller, project: str) -> int:
    """Return of how many wards *caller* finds the one figure that every ward has."""
    indicator = f"thu.phuong.{project}"
    data = await caller.ask(
        "query($code: String!) { observations(where: { indicator: { is: { code: { eq: $code } } } }"
        ") { totalCount } areas(where: { level: { eq: WARD }, observations: { some: { indicator: "
        "{ is: { code: { eq: $code } } } } } }) { totalCount } }",
        code=indicator,
    )
    assert data["observations"] == data["areas"]
    count: int = data["areas"]["totalCount"]
    return count


async def _states(caller: Caller) -> set[str]:
    data = await caller.ask(
        "{ observations { groups(by: [STATUS]) { status aggregate { count } } } }"
    )
    return {group["status"] for group in data["observations"]["groups"]}


async def _may(caller: Caller, project: str | None, data_class: str) -> set[str]:
    """Return what the caller's own rights to a project let it do with a class of data."""
    may: set[str] = set()
    for each in (await caller.ask(MAY))["viewer"]["grants"]:
        grant = each["grant"]
        named = None if grant["project"] is None else grant["project"]["code"]
        is_own = grant["areaScope"] != "OWN_FACILITY"
        if named == project and is_own and data_class in grant["dataClasses"]:
            may |= set(grant["capabilities"])
    return may


RULES: Final = {
    1: (
        test_the_city_police_sees_every_project_of_the_city_on_every_path,
        test_the_city_police_reads_every_figure_but_others_drafts,
        test_the_city_police_reads_every_ward,
        test_nothing_of_one_place_follows_for_another,
    ),
    3: (
        test_the_health_department_reads_project_6_of_all_wards,
        test_the_health_department_comments_returns_and_approves_what_wards_enter,
    ),
    4: (test_the_health_department_reads_project_5_and_cannot_write_it,),
    6: (test_within_project_7_the_front_sees_part_4_alone,),
    7: (test_likewise_the_other_departments_see_what_they_guide,),
    9: (
        test_the_finance_department_sees_every_project_and_its_money,
        test_the_finance_department_reads_targets_and_no_figure,
    ),
    11: (
        test_a_ward_reads_itself_in_what_it_carries_out,
        test_a_ward_sees_no_project_that_it_does_not_carry_out,
    ),
    13: (test_a_wards_police_and_committee_see_not_each_others_drafts,),
    16: (test_whoever_coordinates_the_whole_reads_it_and_writes_nothing,),
    17: (
        test_whoever_has_a_part_sees_its_own_tasks_and_not_the_project,
        test_home_affairs_reads_the_accepted_results_of_project_5_alone,
    ),
    18: (test_the_peoples_committee_reads_what_is_accepted_and_edits_nothing,),
    19: (
        test_the_public_reads_definitions_and_no_figure,
        test_the_public_reads_definitions_areas_documents_and_targets_whole,
    ),
    35: (
        test_a_forbidden_project_and_none_look_the_same,
        test_a_forbidden_row_and_none_are_asked_for_alike,
        test_a_cursor_of_somebody_else_opens_nothing,
        test_what_a_forbidden_parent_is_asked_for_is_not_judged,
    ),
    36: (test_seeing_a_definition_is_not_seeing_a_value,),
    39: (test_an_agency_without_a_right_sees_what_the_public_sees, test_an_empty_scope_is_no_data),
}
