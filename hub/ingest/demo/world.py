"""What the reference data calls whatever the demonstration speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.clock import VIETNAM
from hub.ingest.demo.marks import draw
from hub.model.duties import task
from hub.model.facilities import facility, facility_type
from hub.model.measurement import period
from hub.model.organisation import agency
from hub.model.periods import GREGORIAN
from hub.model.programme import project
from hub.model.resources import funding_source
from hub.model.territory import area, jurisdiction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from random import Random

    from sqlalchemy import Table

    from hub.database.transaction import Transaction
    from hub.ingest.demo.marks import Row

CITY_JURISDICTION: Final = "hn"
REHABILITATION: Final = "hn.ctmtqg-2030.da5"
HEALTH: Final = "hn.ctmtqg-2030.da6"
TRADE_UNIONS: Final = "hn.ctmtqg-2030.da7.tda4"
OVERSIGHT: Final = "hn.ctmtqg-2030.da9"

_CITY: Final = "01"
_COMMITTEE: Final = "hn.ubnd-cap-xa.{ward}"
_STATION: Final = "hn.tram-y-te.{ward}"


@dataclass(frozen=True, slots=True)
class Place:
    """A local project."""

    id: int
    programme_id: int
    jurisdiction_id: int
    national_project_id: int | None

    @property
    def columns(self) -> Row:
        """Return the columns that say whose project a row is of, and where."""
        return {"jurisdiction_id": self.jurisdiction_id, "project_id": self.id}


@dataclass(frozen=True, slots=True)
class Ward:
    """A commune-level unit of today, as far as the demonstration cares."""

    id: int
    code: str
    is_urban: bool

    @property
    def committee(self) -> str:
        """Return its people's committee."""
        return _COMMITTEE.format(ward=self.code)

    @property
    def station(self) -> str:
        """Return its health station."""
        return _STATION.format(ward=self.code)


@dataclass(frozen=True, slots=True)
class Task:
    """A duty of an agency of the city."""

    id: int
    code: str
    agency: str
    is_of_a_group: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    id: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class World:
    """The ids of what there is, by code; *now* is the moment up to which things have happened."""

    seed: int
    now: datetime
    jurisdiction: int
    city: int
    projects: Mapping[str, Place]
    wards: tuple[Ward, ...]
    closed_wards: Mapping[str, int]
    agencies: Mapping[str, int]
    facility_types: Mapping[str, int]
    facilities: Mapping[str, int]
    funding_sources: Mapping[str, int]
    tasks: tuple[Task, ...]
    months: Mapping[str, Month]

    @property
    def today(self) -> date:
        """Return the day that *now* is in Vietnam."""
        return self.now.astimezone(VIETNAM).date()

    def draw(self, *subject: object) -> Random:
        """Return the chance of one *subject* alone."""
        return draw(self.seed, *subject)


async def read_world(transaction: Transaction, *, seed: int, now: datetime) -> World:
    """Return the world as the reference data has it *now*."""

    async def by_code(table: Table) -> dict[str, int]:
        return dict(map(tuple, await transaction.fetch(select(table.c.code, table.c.id))))

    places = await by_code(jurisdiction)
    p = project.c
    projects = await transaction.fetch(
        select(p.code, p.id, p.programme_id, p.jurisdiction_id, p.national_project_id)
    )
    a = area.c
    areas = await transaction.fetch(
        select(a.id, a.code, a.level, a.type, a.valid_to.is_not(None).label("is_closed")).order_by(
            a.code
        )
    )
    months = await transaction.fetch(
        select(period.c.label, period.c.id, period.c.starts_on).where(
            period.c.calendar == GREGORIAN, period.c.kind == "month"
        )
    )
    t = task.c
    tasks = await transaction.fetch(
        select(t.id, t.code, agency.c.code.label("agency"), agency.c.is_group)
        .join_from(task, agency, t.agency_id == agency.c.id)
        .where(t.jurisdiction_id == places[CITY_JURISDICTION])
        .order_by(t.code)
    )
    wards = [each for each in areas if each["level"] == "ward"]
    [city] = [each["id"] for each in areas if each["code"] == _CITY and each["level"] == "city"]
    return World(
        seed,
        now,
        places[CITY_JURISDICTION],
        city,
        {code: Place(*rest) for code, *rest in projects},
        tuple(
            Ward(each["id"], each["code"], each["type"] == "phuong")
            for each in wards
            if not each["is_closed"]
        ),
        {each["code"]: each["id"] for each in wards if each["is_closed"]},
        await by_code(agency),
        await by_code(facility_type),
        await by_code(facility),
        await by_code(funding_source),
        tuple(Task(*each) for each in tasks),
        {label: Month(id_, starts_on) for label, id_, starts_on in months},
    )
