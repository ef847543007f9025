"""The trusted operations run as they are published, for whoever may ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from graphql import parse, validate

from hub.access.readers import Reader
from hub.api.operations import find_faults, read_operations
from hub.api.schema import build_schema
from hub.api.visibility import visible_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.callers import Callers

OPERATIONS = {operation.name: operation.text for operation in read_operations()}
OPEN = {"OldWardSuccessors", "ProgrammeTree", "ProjectWhole", "TargetLegalBasis"}
"""Those that ask for nothing but what everybody may see of."""

Data = dict[str, Any]


def test_every_operation_fits_the_schema() -> None:
    assert list(find_faults(read_operations())) == []


def test_the_operations_of_the_programme_are_all_there() -> None:
    assert set(OPERATIONS) >= set(FACTS)


@pytest.mark.parametrize("agency", ["hn.cong-an", "hn.ubnd-cap-xa.00004"])
async def test_every_operation_is_answered_without_a_variable(
    callers: Callers, agency: str
) -> None:
    caller = await callers(agency)
    for name, text in OPERATIONS.items():
        reply = await caller.send(text)
        assert reply.errors == [], name
        assert reply.data, name


async def test_the_public_is_answered_what_it_may_ask(callers: Callers) -> None:
    """The rest names what does not exist for it."""
    caller = await callers(None)
    schema = visible_schema(build_schema(), Reader.PUBLIC).core
    answered = set()
    for name, text in OPERATIONS.items():
        reply = await caller.send(text)
        if validate(schema, parse(text)):
            assert set(reply.codes) == {"GRAPHQL_VALIDATION_FAILED"}, name
        else:
            assert reply.errors == [], name
            answered.add(name)
    assert answered == OPEN


def programme_tree(data: Data) -> None:
    programme = data["programme"]
    assert programme["standingAgency"]["code"] == "hn.cong-an"
    projects = {row["number"]: row for row in programme["projects"]["nodes"]}
    assert list(projects) == ["5", "6", "7", "8", "9"]
    leads = {number: row["lead"] and row["lead"]["code"] for number, row in projects.items()}
    assert leads == {"5": "hn.cong-an", "6": None, "7": None, "8": None, "9": "hn.cong-an"}
    parts = [row["number"] for row in projects["7"]["children"]["nodes"]]
    assert parts == ["7.1", "7.3", "7.4"]


def project_whole(data: Data) -> None:
    project = data["project"]
    assert project["english"].startswith("Improving drug rehabilitation")
    assert project["lead"]["code"] == "hn.cong-an"
    assert project["planDocument"]["code"] == "hn.kh-da5"
    roles = {(row["role"], row["agency"]["code"]) for row in project["assignments"]}
    assert {("LEAD", "hn.cong-an"), ("EXECUTING", "hn.ubnd-cap-xa")} <= roles
    [path] = [
        row["targets"]["nodes"]
        for row in project["indicators"]["nodes"]
        if row["sourceSection"] == "II.2.d"
    ]
    assert [(target["year"], target["value"]) for target in path] == [
        (2026, 80),
        (2027, 70),
        (2028, 80),
        (2029, 90),
        (2030, 90),
    ]
    flagged = [target["year"] for target in path if target["anomalies"] == ["NON_MONOTONIC"]]
    assert flagged == [2026, 2027]
    assert all(target["anomalyNote"] for target in path[:2])


def indicator_over_wards(data: Data) -> None:
    found = data["indicator"]["observations"]
    codes = [row["area"]["code"] for row in found["nodes"]]
    assert codes == sorted(set(codes))
    assert 100 < found["totalCount"] <= 126
    assert len(codes) == 100
    assert found["pageInfo"]["hasNextPage"]
    assert all(row["synthetic"] for row in found["nodes"])


def observation_pages(data: Data) -> None:
    found = data["observations"]
    starts = [row["period"]["start"] for row in found["nodes"]]
    assert len(starts) == 50
    assert starts == sorted(starts, reverse=True)
    assert found["totalCount"] > 10_000
    assert all(row["synthetic"] for row in found["nodes"])


def ward_page(data: Data) -> None:
    area = data["area"]
    assert (area["name"], area["parent"]["name"]) == ("Phường Ba Đình", "Thành phố Hà Nội")
    came_from = {row["predecessor"]["name"]: row["share"] for row in area["predecessors"]}
    assert came_from["Phường Trúc Bạch"] == "WHOLE"
    assert came_from["Phường Ngọc Hà"] == "PART"
    agencies = {row["code"] for row in area["agencies"]["nodes"]}
    assert {"hn.ubnd-cap-xa.00004", "hn.cong-an-cap-xa.00004"} <= agencies
    assert len(area["observations"]["nodes"]) == 20


def old_ward_successors(data: Data) -> None:
    area = data["area"]
    assert (area["name"], area["validTo"]) == ("Phường Trúc Bạch", "2025-06-30")
    [successor] = area["successors"]
    assert successor["successor"]["name"] == "Phường Ba Đình"
    assert successor["share"] == "WHOLE"


def old_ward_series(data: Data) -> None:
    area = data["area"]
    assert area["name"] == "Phường Phúc Xá"
    shares = {
        row["successor"]["code"]: {part["share"] for part in row["successor"]["predecessors"]}
        for row in area["successors"]
    }
    assert set(shares) == {"00097"}


def target_legal_basis(data: Data) -> None:
    basis = [target["document"] for target in data["indicator"]["targets"]["nodes"]]
    assert {document["code"] for document in basis} == {"hn.kh-da5"}
    documents = [row["relatedDocument"] for row in basis[0]["carriesOut"]]
    assert "7619/QĐ-BCA" in {document["number"] for document in documents if document}


def targets_against_actuals(data: Data) -> None:
    rows = {row["code"]: row for row in data["programme"]["indicators"]["nodes"]}
    [target] = rows["hn.da5.tu-van-cai-nghien"]["targets"]["nodes"]
    assert target["value"] == 40
    actual = rows["hn.da5.tu-van-cai-nghien"]["observations"]["aggregate"]
    assert 0 < actual["rate"] < 100
    assert actual["sum"]["value"] is None


def totals_by_ward_and_year(data: Data) -> None:
    found = data["indicator"]["observations"]
    sums = found["aggregate"]["sum"]
    rate = 100 * sums["numerator"] / sums["denominator"]
    assert sums["value"] is None
    assert found["aggregate"]["rate"] == pytest.approx(rate, abs=0.5)
    assert len(found["byWard"]) == 126
    for part in (*found["byMonth"], *found["byWard"]):
        reporting = part["aggregate"]["reporting"]
        assert 0 <= reporting["reported"] <= reporting["expected"]


def wards_missing(data: Data) -> None:
    found = data["areas"]
    assert 0 < found["totalCount"] == len(found["nodes"]) < 126


def programme_in_places(data: Data) -> None:
    places = {row["jurisdiction"]["code"]: row for row in data["programme"]["children"]["nodes"]}
    assert places["hn"]["projects"]["totalCount"] > 5
    # A standing agency stands for its own city: Cần Thơ's targets are open, its projects are not.
    assert places["ct"]["projects"]["totalCount"] == 0
    [drug_free] = places["ct"]["indicators"]["nodes"]
    assert {target["value"] for target in drug_free["targets"]["nodes"]} == {20, 50}
    assert drug_free["observations"]["aggregate"]["count"] == 0


def who_does_what(data: Data) -> None:
    project = data["project"]
    assert project["lead"]["code"] == "hn.cong-an"
    assert {"LEAD", "EXECUTING", "COORDINATING"} <= {row["role"] for row in project["assignments"]}


def agency_duties(data: Data) -> None:
    assert data["agency"]["name"] == "Sở Y tế"


def wards_facility(data: Data) -> None:
    assert data["facility"] is None or data["facility"]["area"]["code"] == "00004"


def budget_by_source(data: Data) -> None:
    found = data["budgetLines"]
    parts = sum(group["aggregate"]["count"] for group in found["groups"])
    assert parts == found["totalCount"]


FACTS: dict[str, Callable[[Data], None]] = {
    "ProgrammeTree": programme_tree,
    "ProjectWhole": project_whole,
    "IndicatorOverWards": indicator_over_wards,
    "ObservationPages": observation_pages,
    "WardPage": ward_page,
    "OldWardSuccessors": old_ward_successors,
    "OldWardSeries": old_ward_series,
    "TargetLegalBasis": target_legal_basis,
    "TargetsAgainstActuals": targets_against_actuals,
    "TotalsByWardAndYear": totals_by_ward_and_year,
    "WardsMissing": wards_missing,
    "ProgrammeInPlaces": programme_in_places,
    "WhoDoesWhat": who_does_what,
    "AgencyDuties": agency_duties,
    "FacilityFile": wards_facility,
    "BudgetBySourceAndProject": budget_by_source,
}


@pytest.mark.parametrize("name", FACTS)
async def test_the_standing_agency_is_answered_what_is_so(callers: Callers, name: str) -> None:
    caller = await callers("hn.cong-an")
    FACTS[name](await caller.ask(OPERATIONS[name]))
