"""What wards see: themselves, in what they carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.access.paths import figures, sightings
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
from tests.access.world import OTHER_WARD, WARD, Truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.callers import Callers


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
