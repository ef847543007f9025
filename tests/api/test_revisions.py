"""A correction is a new revision: each reader is shown the newest that it may see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from hub.access.principal import LOADER
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from hub.model.measurement import indicator, observation, period
from hub.model.organisation import agency
from tests.callers import Callers

if TYPE_CHECKING:
    from hub.database.engine import Database

INDICATOR = "hn.da5.tu-van-cai-nghien"
WARD = "hn.ubnd-cap-xa.00004"
CITY = "hn.cong-an"
COMMITTEE = "hn.ubnd"
"""It directs, so it sees what is accepted; the city police sees what its wards submit."""

REPORTED = datetime(2027, 2, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)

LIST = """
query ($asOf: DateTime, $all: Boolean) {
  observations(
    where: {
      indicator: { is: { code: { eq: "hn.da5.tu-van-cai-nghien" } } }
      period: { is: { label: { eq: "2027-01" } } }
    }
    asOf: $asOf
    allRevisions: $all
    orderBy: [REVISION_ASC]
  ) {
    totalCount
    nodes { revision numerator status }
  }
}
"""


async def report(database: Database, revisions: list[dict[str, Any]]) -> None:
    """Record *revisions* of one ward's figure, one a day."""
    at_month = select(period.c.id, period.c.starts_on).where(
        period.c.label == "2027-01", period.c.calendar == "calendar"
    )
    of = select(indicator.c.id, indicator.c.project_id, indicator.c.jurisdiction_id).where(
        indicator.c.code == INDICATOR
    )
    by = select(agency.c.id, agency.c.area_id).where(agency.c.code == WARD)
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        [[period_id, starts_on]] = await transaction.fetch(at_month)
        [[indicator_id, project_id, jurisdiction_id]] = await transaction.fetch(of)
        [[agency_id, area_id]] = await transaction.fetch(by)
        origin = uuid4()
        for number, revision in enumerate(revisions, 1):
            is_last = number == len(revisions)
            row = {
                "origin_id": origin,
                "jurisdiction_id": jurisdiction_id,
                "project_id": project_id,
                "indicator_id": indicator_id,
                "area_id": area_id,
                "agency_id": agency_id,
                "period_id": period_id,
                "period_start": starts_on,
                "numerator": 10 * number,
                "denominator": 100,
                "revision": number,
                "recorded_at": REPORTED + (number - 1) * DAY,
                "superseded_at": None if is_last else REPORTED + number * DAY,
                "is_withdrawn": False,
                "source": "test",
                "synthetic": True,
                **revision,
            }
            await transaction.execute(insert(observation).values(row))


ACCEPTED, SUBMITTED, DRAFT = (
    {"status": "accepted"},
    {"status": "submitted"},
    {"status": "draft"},
)
WITHDRAWN = {"status": "submitted", "is_withdrawn": True, "numerator": None}


@pytest.fixture
async def scratch_callers(scratch: Database) -> Callers:
    """Callers of the database that the test changes."""
    return Callers(scratch, Executor(scratch, system_clock))


async def shown(callers: Callers, reader: str, **variables: object) -> list[int]:
    """Return the revisions that *reader* is shown; their number is the total it is told."""
    caller = await callers(reader)
    found = (await caller.ask(LIST, **variables))["observations"]
    revisions = [row["revision"] for row in found["nodes"]]
    assert found["totalCount"] == len(revisions)
    assert [row["numerator"] for row in found["nodes"]] == [
        None if row["numerator"] is None else 10 * row["revision"] for row in found["nodes"]
    ]
    return revisions


async def test_each_reader_is_shown_the_newest_revision_it_may_see(
    scratch: Database, scratch_callers: Callers
) -> None:
    """Behind a draft lies what was submitted, behind that what was accepted; never nothing."""
    await report(scratch, [ACCEPTED, SUBMITTED, DRAFT])
    assert await shown(scratch_callers, WARD) == [3]
    assert await shown(scratch_callers, CITY) == [2]
    assert await shown(scratch_callers, COMMITTEE) == [1]


async def test_the_past_is_as_each_reader_would_have_been_shown_it(
    scratch: Database, scratch_callers: Callers
) -> None:
    """At the moment of recording a revision is known, a moment before it is not."""
    await report(scratch, [ACCEPTED, SUBMITTED, DRAFT])
    moment = timedelta(microseconds=1)
    for at, by_ward, by_city, by_committee in (
        (REPORTED - moment, [], [], []),
        (REPORTED, [1], [1], [1]),
        (REPORTED + DAY - moment, [1], [1], [1]),
        (REPORTED + DAY, [2], [2], [1]),
        (REPORTED + 2 * DAY, [3], [2], [1]),
        (REPORTED + 900 * DAY, [3], [2], [1]),
    ):
        as_of = at.isoformat()
        assert await shown(scratch_callers, WARD, asOf=as_of) == by_ward
        assert await shown(scratch_callers, CITY, asOf=as_of) == by_city
        assert await shown(scratch_callers, COMMITTEE, asOf=as_of) == by_committee


async def test_a_moment_is_the_same_in_every_offset(
    scratch: Database, scratch_callers: Callers
) -> None:
    await report(scratch, [SUBMITTED, SUBMITTED])
    before = "2027-02-02T07:59:59Z", "2027-02-02T14:59:59+07:00"
    after = "2027-02-02T08:00:00Z", "2027-02-02T15:00:00+07:00"
    assert [await shown(scratch_callers, CITY, asOf=at) for at in before] == [[1], [1]]
    assert [await shown(scratch_callers, CITY, asOf=at) for at in after] == [[2], [2]]


async def test_every_revision_is_every_revision_that_one_may_see(
    scratch: Database, scratch_callers: Callers
) -> None:
    await report(scratch, [ACCEPTED, SUBMITTED, DRAFT])
    assert await shown(scratch_callers, WARD, all=True) == [1, 2, 3]
    assert await shown(scratch_callers, CITY, all=True) == [1, 2]
    assert await shown(scratch_callers, COMMITTEE, all=True) == [1]
    as_of = (REPORTED + DAY).isoformat()
    assert await shown(scratch_callers, WARD, all=True, asOf=as_of) == [1, 2]


async def test_what_was_withdrawn_is_gone_and_was_there(
    scratch: Database, scratch_callers: Callers
) -> None:
    """A reader who may not see the withdrawal is still shown what it may."""
    await report(scratch, [ACCEPTED, WITHDRAWN])
    assert await shown(scratch_callers, CITY) == []
    assert await shown(scratch_callers, CITY, asOf=REPORTED.isoformat()) == [1]
    assert await shown(scratch_callers, CITY, all=True) == [1, 2]
    assert await shown(scratch_callers, COMMITTEE) == [1]


async def test_a_list_met_on_the_way_shows_the_same_revisions_as_the_whole(
    scratch: Database, scratch_callers: Callers
) -> None:
    """From the indicator, from the ward, and as the newest figure."""
    await report(scratch, [ACCEPTED, SUBMITTED, DRAFT])
    document = """
    query ($asOf: DateTime) {
      indicator(code: "hn.da5.tu-van-cai-nghien") {
        latest(area: "00004", period: "2027-01") { revision }
        observations(where: { period: { is: { label: { eq: "2027-01" } } } } asOf: $asOf) {
          totalCount nodes { revision area { code } }
        }
      }
      area(code: "00004") {
        observations(
          where: { period: { is: { label: { eq: "2027-01" } } } } asOf: $asOf
        ) { totalCount nodes { revision } }
      }
    }
    """
    for reader, newest in ((WARD, 3), (CITY, 2), (COMMITTEE, 1)):
        caller = await scratch_callers(reader)
        data = await caller.ask(document)
        of_indicator = data["indicator"]["observations"]
        assert of_indicator == {
            "totalCount": 1,
            "nodes": [{"revision": newest, "area": {"code": "00004"}}],
        }
        assert data["area"]["observations"]["nodes"] == [{"revision": newest}]
        assert data["indicator"]["latest"] == {"revision": newest}
        past = await caller.ask(document, asOf=REPORTED.isoformat())
        assert past["indicator"]["observations"]["nodes"][0]["revision"] == 1
        assert past["area"]["observations"]["totalCount"] == 1


async def test_a_revision_that_one_may_not_see_answers_no_id_and_no_filter(
    scratch: Database, scratch_callers: Callers
) -> None:
    await report(scratch, [ACCEPTED, SUBMITTED, DRAFT])
    ask = """{
      observations(where: { period: { is: { label: { eq: "2027-01" } } } } allRevisions: true) {
        nodes { id revision }
      }
    }"""
    rows = (await (await scratch_callers(WARD)).ask(ask))["observations"]["nodes"]
    ids = [row["id"] for row in sorted(rows, key=lambda row: row["revision"])]
    node = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Observation { revision } } }"
    for reader, newest in ((WARD, 3), (CITY, 2), (COMMITTEE, 1)):
        caller = await scratch_callers(reader)
        found = (await caller.ask(node, ids=ids))["nodes"]
        assert found == [{"revision": number} if number <= newest else None for number in (1, 2, 3)]
        drafts = """{ indicators(where: { observations: { some: {
          status: { eq: DRAFT } period: { is: { label: { eq: "2027-01" } } }
        } } }) { totalCount } }"""
        assert (await caller.ask(drafts))["indicators"]["totalCount"] == (newest == 3)
