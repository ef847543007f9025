"""Kinds of facilities, the facilities that texts name, and the health station of every ward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import not_

from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.organisation import COMMITTEES
from hub.ingest.rows.sourced import provenance
from hub.ingest.rows.territory import CITY_JURISDICTION
from hub.ingest.territory_names import within_a_name
from hub.model.facilities import facility, facility_type

if TYPE_CHECKING:
    from hub.ingest.drafts.facilities import Facility, FacilityType
    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import Ids
    from hub.ingest.rows.organisation import Member

_STATION_KIND: Final = "tram-y-te"
_STATION_CODE: Final = "hn.tram-y-te.{ward}"
_STATION_NAME: Final = "Trạm Y tế {ward}"
_INFERRED: Final = ("code", "name_vi", "managed_by", "area", "reporting_area", "project")
_NOTE: Final = "Mỗi phường, xã một trạm y tế, suy từ danh sách phường, xã hiện hành."


@dataclass(frozen=True, slots=True)
class Station:
    """The health station of one ward, kept by the ward's people's committee."""

    kind: FacilityType
    committee: Member

    @property
    def code(self) -> str:
        """Return its code, which ends in the ward's."""
        return _STATION_CODE.format(ward=self.committee.ward.code)

    @property
    def name(self) -> str:
        """Return its name, which ends in the ward's."""
        return _STATION_NAME.format(ward=within_a_name(self.committee.ward.name))


def station_kinds(data: ReferenceData) -> list[FacilityType]:
    """Return the kind of facility that every ward has one of; none where no text names it."""
    return [row for row in data.facility_types if row.code == _STATION_KIND]


def stations_of(data: ReferenceData, members: list[Member]) -> list[Station]:
    """Return the health stations of the wards of today."""
    committees = [member for member in members if member.group.code == COMMITTEES]
    return [Station(kind, committee) for kind in station_kinds(data) for committee in committees]


def facility_types(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``facility_type``."""
    rows = [
        {
            "id": ids.facility_type[row.code],
            "code": row.code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "category": row.category,
            "managed_by_id": find(ids.agency, row.managed_by),
            "functions": row.functions,
            "requirements": row.requirements,
            "indicator_codes": row.indicators,
            "named_in": row.named_in,
            **provenance(row, ids),
        }
        for row in data.facility_types
    ]
    return RowSet(facility_type, ("id",), rows, owned=not_(facility_type.c.synthetic))


def facilities(data: ReferenceData, stations: list[Station], local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``facility``; each is of the project whose plan names it or its kind."""
    rows = [
        *(_facility_row(row, local, ids) for row in data.facilities),
        *(_station_row(station, local, ids) for station in stations),
    ]
    return RowSet(facility, ("id",), rows, owned=not_(facility.c.synthetic))


def _facility_row(row: Facility, local: LocalRows, ids: Ids) -> dict[str, object]:
    return {
        "id": ids.facility[row.code],
        "code": row.code,
        "name_vi": row.name_vi,
        "name_en": row.name_en,
        "facility_type_id": ids.facility_type[row.facility_type],
        "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
        "project_id": find(
            ids.project, local.find_project_of_plan(row.source_document, row.jurisdiction)
        ),
        "managed_by_id": find(ids.agency, row.managed_by),
        "area_id": None,
        "reporting_area_id": None,
        "address": row.address,
        "capacity": None,
        "status": None,
        **provenance(row, ids),
    }


def _station_row(station: Station, local: LocalRows, ids: Ids) -> dict[str, object]:
    kind, committee = station.kind, station.committee
    return {
        "id": ids.facility[station.code],
        "code": station.code,
        "name_vi": station.name,
        "name_en": None,
        "facility_type_id": ids.facility_type[kind.code],
        "jurisdiction_id": ids.jurisdiction[CITY_JURISDICTION],
        "project_id": find(
            ids.project, local.find_project_of_plan(kind.source_document, CITY_JURISDICTION)
        ),
        "managed_by_id": ids.agency[committee.code],
        "area_id": ids.area[committee.area],
        "reporting_area_id": ids.area[committee.area],
        "address": None,
        "capacity": None,
        "status": None,
        **provenance(kind, ids),
        "inferred": True,
        "inferred_fields": _INFERRED,
        "notes": _NOTE,
    }
