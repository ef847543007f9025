"""Places: jurisdictions, the units of today, the closed ones, and where their land went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import not_, true

from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.sourced import provenance
from hub.ingest.territory_names import split_name
from hub.model.territory import area, area_lineage, jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from hub.ingest.files import ReferenceData
    from hub.ingest.rows.ids import AreaKey, Ids

CITY_JURISDICTION: Final = "hn"
"""The ward lists are Hà Nội's."""

CITY: Final[AreaKey] = ("01", None)
_CITY_NAME: Final = "Thành phố Hà Nội"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An administrative unit, in force or closed."""

    code: str
    valid_from: date | None
    valid_to: date | None
    level: str
    type: str
    name: str
    short_name: str
    parent: AreaKey | None
    area_km2: Decimal | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def key(self) -> AreaKey:
        """Return what tells the unit apart."""
        return self.code, self.valid_from


def units_of(data: ReferenceData) -> list[Unit]:
    """Return every unit that *data* speaks of: the city, its wards, and all that is closed."""
    return [_city(), *_wards(data), *_districts(data), *_closed_wards(data)]


def jurisdictions(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``jurisdiction``."""
    rows = [
        {
            "id": ids.jurisdiction[row.code],
            "code": row.code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "level": row.level,
            "role": row.role,
            "parent_id": find(ids.jurisdiction, row.parent),
            "unit_levels_named": row.unit_levels_named,
            "status_notes": row.status_notes,
            "named_in": row.named_in,
            **provenance(row, ids),
        }
        for row in data.jurisdictions
    ]
    return RowSet(jurisdiction, ("id",), rows, owned=not_(jurisdiction.c.synthetic))


def areas(units: list[Unit], ids: Ids) -> RowSet:
    """Return the rows of ``area``."""
    rows = [
        {
            "id": ids.area[unit.key],
            "code": unit.code,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "jurisdiction_id": ids.jurisdiction[CITY_JURISDICTION],
            "level": unit.level,
            "type": unit.type,
            "name": unit.name,
            "short_name": unit.short_name,
            "parent_id": find(ids.area, unit.parent),
            "area_km2": unit.area_km2,
            "latitude": unit.latitude,
            "longitude": unit.longitude,
            "synthetic": False,
        }
        for unit in units
    ]
    return RowSet(area, ("id",), rows, owned=not_(area.c.synthetic))


def lineage(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``area_lineage``."""
    first_days = {ward.code: ward.valid_from for ward in data.wards}
    rows = [
        {
            "predecessor_id": ids.area[row.old_code, None],
            "successor_id": ids.area[row.new_code, first_days[row.new_code]],
            "share": row.share,
            "is_main_successor": bool(row.main_successor),
        }
        for row in data.lineage
    ]
    return RowSet(area_lineage, ("predecessor_id", "successor_id"), rows, owned=true())


def _city() -> Unit:
    kind, short_name = _parts(_CITY_NAME)
    code, valid_from = CITY
    return Unit(
        code=code,
        valid_from=valid_from,
        valid_to=None,
        level="city",
        type=kind,
        name=_CITY_NAME,
        short_name=short_name,
        parent=None,
    )


def _wards(data: ReferenceData) -> Iterator[Unit]:
    for ward in data.wards:
        yield Unit(
            code=ward.code,
            valid_from=ward.valid_from,
            valid_to=None,
            level="ward",
            type=ward.type,
            name=ward.name,
            short_name=ward.short_name,
            parent=CITY,
            area_km2=ward.area_km2,
            latitude=ward.latitude,
            longitude=ward.longitude,
        )


def _districts(data: ReferenceData) -> Iterator[Unit]:
    last_days: dict[str, date] = {}
    for ward in data.closed_wards:
        last_day = last_days.get(ward.district_code, ward.valid_to)
        last_days[ward.district_code] = max(last_day, ward.valid_to)
    names = {ward.district_code: ward.district_name for ward in data.closed_wards}
    for code, name in names.items():
        kind, short_name = _parts(name)
        yield Unit(
            code=code,
            valid_from=None,
            valid_to=last_days[code],
            level="district",
            type=kind,
            name=name,
            short_name=short_name,
            parent=CITY,
        )


def _closed_wards(data: ReferenceData) -> Iterator[Unit]:
    for ward in data.closed_wards:
        yield Unit(
            code=ward.code,
            valid_from=None,
            valid_to=ward.valid_to,
            level="ward",
            type=ward.type,
            name=ward.name,
            short_name=_parts(ward.name)[1],
            parent=(ward.district_code, None),
            latitude=ward.latitude,
            longitude=ward.longitude,
        )


def _parts(name: str) -> tuple[str, str]:
    parts = split_name(name)
    if parts is None:
        raise ValueError(name)
    return parts
