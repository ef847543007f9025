"""Made-up facilities and who runs them: rehabilitation centres, methadone sites, service points.

A centre stands in a ward and is none of that ward's; a service point is its ward's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hub.ingest.demo.marks import NOTE, name_en, name_vi
from hub.ingest.demo.world import HEALTH, REHABILITATION
from hub.ingest.merge import RowSet
from hub.model.facilities import facility
from hub.model.organisation import agency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import Ward, World

CENTRES: Final = range(1, 8)
CENTRE_AGENCY: Final = "demo.hn.cscn-{number}"
CENTRE_KIND: Final = "co-so-cai-nghien-cong-lap"

_CENTRE: Final = "demo.hn.co-so-cai-nghien.{number}"
_HEALTH_CENTRE: Final = "demo.hn.trung-tam-y-te-{number}"
_HEALTH_CENTRES: Final = range(1, 4)
_METHADONE: Final = "demo.hn.methadone.{number}"
_METHADONE_KIND: Final = "co-so-dieu-tri-methadone"
_METHADONE_SITES: Final = range(1, 11)
_POINT: Final = "demo.hn.diem-cai-nghien.{ward}"
_POINT_KIND: Final = "diem-dich-vu-cai-nghien-tu-nguyen"
_POINTS: Final = 20


@dataclass(frozen=True, slots=True)
class Operator:
    """A made-up agency that runs facilities."""

    code: str
    parent: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A made-up facility; *is_of_ward* where the ward that it stands in keeps it."""

    code: str
    kind: str
    project: str
    operator: str
    ward: Ward
    is_of_ward: bool
    name_vi: str
    name_en: str
    capacity: int
    status: str


def operators() -> list[Operator]:
    """Return the agencies that run made-up facilities."""
    return [
        *(
            Operator(
                CENTRE_AGENCY.format(number=number),
                "hn.cong-an",
                f"Cơ sở cai nghiện ma túy số {number}",
                f"Drug rehabilitation centre no. {number}",
            )
            for number in CENTRES
        ),
        *(
            Operator(
                _HEALTH_CENTRE.format(number=number),
                "hn.so-y-te",
                f"Trung tâm Y tế khu vực {number}",
                f"Area health centre {number}",
            )
            for number in _HEALTH_CENTRES
        ),
    ]


def facilities(world: World) -> list[Facility]:
    """Return the made-up facilities."""
    return [*_centres(world), *_methadone_sites(world), *_service_points(world)]


def agency_rows(world: World) -> RowSet:
    """Return the made-up rows of ``agency``."""
    rows = [
        {
            "id": world.agencies[each.code],
            "code": each.code,
            "name_vi": name_vi(each.name_vi),
            "name_en": name_en(each.name_en),
            "kind": "service_unit",
            "level": "city",
            "jurisdiction_id": world.jurisdiction,
            "parent_id": world.agencies[each.parent],
            "notes": NOTE,
            "synthetic": True,
        }
        for each in operators()
    ]
    return RowSet(agency, ("id",), rows, owned=agency.c.synthetic)


def facility_rows(world: World, found: list[Facility]) -> RowSet:
    """Return the made-up rows of ``facility``."""
    rows: list[Row] = [
        {
            **world.projects[each.project].columns,
            "id": world.facilities[each.code],
            "code": each.code,
            "name_vi": name_vi(each.name_vi),
            "name_en": name_en(each.name_en),
            "facility_type_id": world.facility_types[each.kind],
            "managed_by_id": world.agencies[each.operator],
            "area_id": each.ward.id,
            "reporting_area_id": each.ward.id if each.is_of_ward else None,
            "capacity": each.capacity,
            "status": each.status,
            "notes": NOTE,
            "synthetic": True,
        }
        for each in found
    ]
    return RowSet(facility, ("id",), rows, owned=facility.c.synthetic)


def _centres(world: World) -> Iterator[Facility]:
    source = world.draw("centres")
    rural = [ward for ward in world.wards if not ward.is_urban]
    statuses = ("operating",) * 5 + ("upgrading",) * 2
    for number, ward, status in zip(
        CENTRES, source.sample(rural, len(CENTRES)), statuses, strict=True
    ):
        yield Facility(
            code=_CENTRE.format(number=number),
            kind=CENTRE_KIND,
            project=REHABILITATION,
            operator=CENTRE_AGENCY.format(number=number),
            ward=ward,
            is_of_ward=False,
            name_vi=f"Cơ sở cai nghiện ma túy số {number}",
            name_en=f"Drug rehabilitation centre no. {number}",
            capacity=source.randrange(300, 1500, 50),
            status=status,
        )


def _methadone_sites(world: World) -> Iterator[Facility]:
    source = world.draw("methadone")
    urban = [ward for ward in world.wards if ward.is_urban]
    runners = ["hn.so-y-te", *(_HEALTH_CENTRE.format(number=number) for number in _HEALTH_CENTRES)]
    for number, ward in zip(
        _METHADONE_SITES, source.sample(urban, len(_METHADONE_SITES)), strict=True
    ):
        yield Facility(
            code=_METHADONE.format(number=number),
            kind=_METHADONE_KIND,
            project=HEALTH,
            operator=runners[number % len(runners)],
            ward=ward,
            is_of_ward=False,
            name_vi=f"Cơ sở điều trị Methadone số {number}",
            name_en=f"Methadone site no. {number}",
            capacity=source.randrange(80, 320, 20),
            status="closed" if number == _METHADONE_SITES[-1] else "operating",
        )


def _service_points(world: World) -> Iterator[Facility]:
    source = world.draw("service points")
    chosen = sorted(source.sample(world.wards, _POINTS), key=lambda ward: ward.code)
    for number, ward in enumerate(chosen, start=1):
        yield Facility(
            code=_POINT.format(ward=ward.code),
            kind=_POINT_KIND,
            project=REHABILITATION,
            operator=ward.committee,
            ward=ward,
            is_of_ward=True,
            name_vi=f"Điểm dịch vụ cai nghiện tự nguyện số {number}",
            name_en=f"Voluntary rehabilitation point no. {number}",
            capacity=source.randrange(10, 60, 5),
            status=source.choice(("operating", "operating", "operating", "upgrading")),
        )
