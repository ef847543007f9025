"""A form for one unit and period, found for somebody who may see that it is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select

from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.ingest.workbook.forms import Form, Line, version_of
from hub.model.facilities import facility
from hub.model.measurement import indicator, period
from hub.model.organisation import agency
from hub.model.reporting import form_cell, report_form, submission
from hub.model.territory import area

if TYPE_CHECKING:
    import asyncpg
    from sqlalchemy import Select

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from hub.database.transaction import Transaction


class UnknownOccasionError(HubError):
    """Nobody whom the caller may see owes such a form for such a period."""

    code = "FORM_UNKNOWN"
    vi = "Không có biểu “{form}” phải nộp cho kỳ “{period}” ở địa bàn này, hoặc chưa đến lúc lập."
    en = "No form “{form}” is owed for “{period}” here, or it is too early for it."


_CITY: Final = area.alias("city")


async def load_form(
    database: Database, principal: Principal, *, form: str, period: str, ward: str | None = None
) -> Form:
    """Return *form* for *period* as it is owed in *ward*, within the rights of *principal*.

    Without *ward* it is the caller's own, or that of the only agency that owes it. Raises
    ``UnknownOccasionError``, whether there is no such thing or the caller may not see it.
    """
    async with begin(database, principal, Mode.READ) as transaction:
        owed = await transaction.fetch(_owed(form, period, ward))
        own = [row for row in owed if row["is_own"]]
        if len({row["agency"] for row in owed}) > 1:
            owed = own
        if not owed:
            raise UnknownOccasionError(form=form, period=period)
        cells = await transaction.fetch(_cells(form))
    return _form(owed, cells)


async def load_versions(transaction: Transaction) -> dict[str, str]:
    """Return the version of each form as it is now, by its code."""
    i = indicator.c
    asked: dict[str, list[tuple[str, str | None, bool]]] = {}
    for row in await transaction.fetch(
        select(report_form.c.code, i.code.label("indicator"), i.unit, form_cell.c.is_compulsory)
        .join_from(form_cell, report_form, report_form.c.id == form_cell.c.form_id)
        .join(indicator, i.id == form_cell.c.indicator_id)
    ):
        code, *line = row
        asked.setdefault(code, []).append((line[0], line[1], line[2]))
    return {code: version_of(lines) for code, lines in asked.items()}


def _owed(form: str, label: str, ward: str | None) -> Select[tuple[object, ...]]:
    s, f, p = submission.c, report_form.c, period.c
    statement = (
        select(
            f.code,
            f.name_vi.label("name"),
            agency.c.code.label("agency"),
            agency.c.name_vi.label("agency_name"),
            func.coalesce(area.c.code, _CITY.c.code).label("area"),
            func.coalesce(area.c.name, _CITY.c.name).label("area_name"),
            p.label,
            p.calendar,
            p.starts_on,
            p.ends_on,
            s.due_on,
            s.closes_on,
            facility.c.code.label("facility"),
            facility.c.name_vi.label("facility_name"),
            func.coalesce(agency.c.id == func.hub_agency_id(), False).label("is_own"),
        )
        .join_from(submission, report_form, f.id == s.form_id)
        .join(period, p.id == s.period_id)
        .join(agency, agency.c.id == s.agency_id)
        .outerjoin(area, area.c.id == s.area_id)
        .join(
            _CITY,
            and_(
                _CITY.c.jurisdiction_id == f.jurisdiction_id,
                _CITY.c.level == "city",
                _CITY.c.valid_to.is_(None),
            ),
        )
        .outerjoin(facility, facility.c.id == s.facility_id)
        .where(
            f.code == form,
            p.label == label,
            or_(s.facility_id.is_(None), facility.c.id.is_not(None)),
        )
        .order_by(agency.c.code, facility.c.name_vi_key, facility.c.code)
    )
    if ward is not None:
        here = func.coalesce(area.c.code, _CITY.c.code)
        statement = statement.where(here == ward)
    return statement


def _cells(form: str) -> Select[tuple[object, ...]]:
    i = indicator.c
    return (
        select(
            i.code.label("indicator"),
            i.name_vi.label("name"),
            i.unit,
            i.numerator_vi.label("numerator"),
            i.denominator_vi.label("denominator"),
            form_cell.c.is_compulsory,
        )
        .join_from(form_cell, report_form, report_form.c.id == form_cell.c.form_id)
        .join(indicator, i.id == form_cell.c.indicator_id)
        .where(report_form.c.code == form)
        .order_by(form_cell.c.position)
    )


def _form(owed: list[asyncpg.Record], cells: list[asyncpg.Record]) -> Form:
    first = owed[0]
    return Form(
        code=first["code"],
        name=first["name"],
        agency=first["agency"],
        agency_name=first["agency_name"],
        area=first["area"],
        area_name=first["area_name"],
        period=first["label"],
        calendar=first["calendar"],
        starts_on=first["starts_on"],
        ends_on=first["ends_on"],
        due_on=first["due_on"],
        closes_on=first["closes_on"],
        lines=tuple(
            Line(**dict(cell), facility=row["facility"], facility_name=row["facility_name"])
            for row in owed
            for cell in cells
        ),
    )
