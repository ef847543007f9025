"""Places: jurisdictions, the units of today, the closed ones, and where their land went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest import cells as parse
from hub.ingest.drafts.names import CLOSED_WARDS_CSV, DOCUMENTS_CSV, JURISDICTIONS_CSV, WARDS_CSV
from hub.ingest.drafts.sourced import Sourced
from hub.ingest.mapping import Draft, cell, draft
from hub.model import vocabulary as v

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


_WARD = parse.digits(5)
_DISTRICT = parse.digits(3)


@draft
class Jurisdiction(Sourced):
    """A place: the country, a locality, a partner across the border."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str = cell("name_en", parse.text)
    level: str = cell("level", parse.choice(v.JURISDICTION_LEVEL))
    role: str = cell("role", parse.choice(v.JURISDICTION_ROLE))
    parent: str | None = cell("parent", parse.optional(parse.code), refers_to=JURISDICTIONS_CSV)
    unit_levels_named: tuple[str, ...] = cell("unit_levels_named", parse.listed(parse.text))
    status_notes: str | None = cell("status_notes", parse.optional(parse.text))
    named_in: tuple[str, ...] = cell("named_in", parse.listed(parse.code), refers_to=DOCUMENTS_CSV)


@draft
class Unit(Draft):
    """A commune-level unit."""

    code: str = cell("code", _WARD)
    type: str = cell("type", parse.choice(v.AREA_TYPE))
    name: str = cell("name", parse.text)
    latitude: Decimal = cell("latitude", parse.number)
    longitude: Decimal = cell("longitude", parse.number)


@draft
class Ward(Unit):
    """A commune-level unit of today."""

    valid_from: date = cell("valid_from", parse.day)
    short_name: str = cell("short_name", parse.text)
    area_km2: Decimal = cell("area_km2", parse.number)


@draft
class ClosedWard(Unit):
    """A commune-level unit that is no more, and the district it lay in."""

    valid_to: date = cell("valid_to", parse.day)
    district_code: str = cell("district_code", _DISTRICT)
    district_name: str = cell("district_name", parse.text)


@draft
class Lineage(Draft):
    """A closed unit's land going to a unit of today."""

    old_code: str = cell("old_code", _WARD, refers_to=CLOSED_WARDS_CSV)
    new_code: str = cell("new_code", _WARD, refers_to=WARDS_CSV)
    share: str = cell("share", parse.choice(v.LINEAGE_SHARE))
    main_successor: bool | None = cell("main_successor", parse.optional(parse.boolean))
