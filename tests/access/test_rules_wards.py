"""What wards see: themselves, in what they carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from tests.access.paths import figures, global_id, sightings
from tests.access.proving import (
    COMMITTEE,
    DA5,
    DA6,
    DA7,
    DA8,
    DA9,
    assert_exported,
    assert_figures,
    assert_projects,
    may,
    wards_with_figures,
)
from tests.access.reading import read_file
from tests.access.world import OPERATOR, OTHER_WARD, WARD, Truth, as_owner
from tests.callers import AMPLE, Callers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.access.conftest import Clone


@pytest.mark.parametrize("ward", [WARD, OTHER_WARD])
async def test_a_ward_reads_itself_in_what_it_carries_out(
    people: Callers, truth: Truth, paths: Mapping[str, set[str]], ward: str
) -> None:
    """Of other wards nothing, nor of the closed unit that bore its code."""
    agency = f"hn.ubnd-cap-xa.{ward}"
    own = (DA5, DA6, f"{DA7}.tda4")
    await assert_projects(people, paths, agency, own)
    await assert_figures(people, truth, agency, DA5)
    await assert_exported(people, truth, agency, *own)
    caller = await people(agency)
    for project in own:
        seen = truth.reading.sees(agency, truth.of(project))
        assert {figure.place.ward for figure in seen} == {ward}
        assert await wards_with_figures(caller, project) == 1
        assert await may(caller, project, "OBSERVATION") == {"READ", "WRITE"}


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
    await assert_figures(people, truth, police, DA5)
    for agency, other in ((COMMITTEE, police), (police, COMMITTEE)):
        drafts = [
            each
            for each in truth.reading.sees(agency, truth.of(DA5))
            if each.status == "draft" and each.agency == other
        ]
        assert drafts == []
    await assert_projects(people, paths, police, (DA5,), unseen=(DA6, f"{DA7}.tda4"))


async def test_a_centres_figures_are_the_centres_and_none_of_the_wards(
    people: Callers, truth: Truth
) -> None:
    """Though it stands in the ward; nor is the centre itself a facility that the ward knows."""
    stored = [each for each in truth.of(DA5) if each.facility == f"thu.{DA5}.co-so"]
    own = {str(each.id) for each in stored if each.agency == OPERATOR or each.status != "draft"}
    assert {each.agency for each in stored} == {OPERATOR, "hn.cong-an"}
    asked = """query($ids: [ID!]!, $code: String!) {
      nodes(ids: $ids) { id } facility(code: $code) { code observations { totalCount } }
    }"""
    ids = {str(each.id): global_id("Observation", each.id) for each in stored}
    named = {"ids": list(ids.values()), "code": f"thu.{DA5}.co-so"}
    ward = await (await people(COMMITTEE)).ask(asked, **named)
    assert ward == {"nodes": [None] * len(ids), "facility": None}
    centre = await (await people(OPERATOR)).ask(asked, **named)
    found = {node["id"] for node in centre["nodes"] if node is not None}
    assert found == {ids[each] for each in own}
    assert centre["facility"]["observations"]["totalCount"] == len(own)


async def test_a_health_station_has_two_lines(people: Callers, truth: Truth) -> None:
    """Its ward keeps it and enters; the health department reads its fitness and Dự án 6."""
    asked = """query($code: String!) {
      facility(code: $code) { code }
      eligibilities(where: { facility: { is: { code: { eq: $code } } } }) { totalCount }
      observations(where: { facility: { is: { code: { eq: $code } } } }) { totalCount }
    }"""
    station = f"thu.{DA6}.tram"
    ward, health = await people(COMMITTEE), await people("hn.so-y-te")
    for agency, caller in ((COMMITTEE, ward), ("hn.so-y-te", health)):
        stored = [each for each in truth.of(DA6) if each.facility == station]
        seen = truth.reading.newest(agency, stored)
        assert await caller.ask(asked, code=station) == {
            "facility": {"code": station},
            "eligibilities": {"totalCount": 1},
            "observations": {"totalCount": len(seen)},
        }
        assert seen
    assert await may(ward, None, "FACILITY") == {"READ", "WRITE"}
    assert "WRITE" not in await may(health, DA6, "OBSERVATION")
    other = await (await people(f"hn.ubnd-cap-xa.{OTHER_WARD}")).ask(asked, code=station)
    assert other["facility"] is None
    assert {other[name]["totalCount"] for name in ("eligibilities", "observations")} == {0}


async def test_a_new_ward_reads_a_predecessor_that_came_to_it_whole(clone: Clone) -> None:
    """Of one that was divided the city alone sees the figures: every closed ward has one here."""
    lineage = read_file("ward_lineage")
    whole: dict[str, set[str]] = {}
    for row in lineage:
        if row["share"] == "whole":
            whole.setdefault(row["new_code"], set()).add(row["old_code"])
    divided = {row["new_code"] for row in lineage if row["share"] != "whole"}
    closed = {row["old_code"] for row in lineage}
    indicator = f"thu.phuong.{DA5}"
    asked = """query($code: String!) { observations(
      where: { indicator: { is: { code: { eq: $code } } }
               area: { is: { validTo: { isNull: false } } } }
    ) { totalCount nodes { area { code } } } }"""
    address = await clone()
    async with as_owner(address) as owner:
        await owner.execute(_FIGURE_OF_EVERY_CLOSED_WARD, indicator)
    async with Database(address) as database:
        ask = Callers(database, Executor(database, system_clock, limits=AMPLE))
        wards = [row["code"] for row in read_file("wards")]
        for ward in wards:
            caller = await ask(f"hn.ubnd-cap-xa.{ward}")
            found = (await caller.ask(asked, code=indicator))["observations"]["nodes"]
            assert {node["area"]["code"] for node in found} == whole.get(ward, set()), ward
        police = await ask("hn.cong-an")
        seen = (await police.ask(asked, code=indicator))["observations"]["totalCount"]
        assert seen == len(closed)
    assert len(wards) == 126
    assert len([ward for ward in wards if ward not in divided]) == 26


_FIGURE_OF_EVERY_CLOSED_WARD: Final = """
INSERT INTO observation (origin_id, jurisdiction_id, project_id, indicator_id, area_id, agency_id,
                         period_id, period_start, value, status, revision, recorded_at, source)
SELECT gen_random_uuid(), i.jurisdiction_id, i.project_id, i.id, a.id, g.id, m.id, m.starts_on,
       1, 'submitted', 1, '2026-01-05', 'thu.nguon'
FROM indicator i
JOIN area a ON a.valid_to IS NOT NULL AND EXISTS (
  SELECT FROM area_lineage l WHERE l.predecessor_id = a.id)
JOIN agency g ON g.code = 'hn.cong-an'
JOIN period m ON m.calendar = 'calendar' AND m.label = '2025-08'
WHERE i.code = $1
"""


async def test_a_draft_is_its_units_alone(people: Callers, truth: Truth) -> None:
    """Not its guide's, nor the standing agency's, nor another unit's of the same ward."""
    drafts = [each for each in truth.of(DA6) if each.status == "draft" and each.agency == COMMITTEE]
    own = [each for each in drafts if each.place.ward == WARD and each.facility is None]
    assert own
    ids = [global_id("Observation", each.id) for each in own]
    asked = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    for agency in (COMMITTEE, f"hn.cong-an-cap-xa.{WARD}", "hn.so-y-te", "hn.cong-an"):
        found = (await (await people(agency)).ask(asked, ids=ids))["nodes"]
        assert [node is not None for node in found] == [agency == COMMITTEE] * len(ids), agency


async def test_reviewers_see_that_something_is_due_and_how_far_it_is(people: Callers) -> None:
    """Before there is anything to read; who reads what is accepted, that which is."""
    asked = """query($form: String!, $agency: String!) { submissions(where: {
      form: { is: { code: { eq: $form } } }, agency: { is: { code: { eq: $agency } } }
    }) { nodes { status } } }"""
    every = {"EXPECTED", "DRAFT", "SUBMITTED", "ACCEPTED"}
    for agency, seen in (
        *((each, every) for each in (COMMITTEE, "hn.so-y-te", "hn.cong-an")),
        ("hn.ubnd", {"ACCEPTED"}),
        *((each, set[str]()) for each in (f"hn.ubnd-cap-xa.{OTHER_WARD}", "hn.so-tu-phap")),
    ):
        caller = await people(agency)
        told = await caller.ask(asked, form=f"thu.{DA6}", agency=COMMITTEE)
        nodes = told["submissions"]["nodes"]
        assert {node["status"] for node in nodes} == seen, agency


async def test_an_inspected_ward_reads_a_finding_once_issued(people: Callers, truth: Truth) -> None:
    asked = "{ findings(first: 100) { nodes { code issuedOn agency { code } } } }"
    own = {}
    for agency in (COMMITTEE, "hn.cong-an"):
        nodes = (await (await people(agency)).ask(asked))["findings"]["nodes"]
        own[agency] = {
            (node["code"], node["issuedOn"] is not None)
            for node in nodes
            if node["agency"] == {"code": COMMITTEE}
        }
    assert {issued for _, issued in own[COMMITTEE]} == {True}
    stored = [row for row in truth.rows["finding"].values() if row.agency == COMMITTEE]
    assert len(own[COMMITTEE]) == len([row for row in stored if row.settled])
    assert len(stored) > len(own[COMMITTEE])
