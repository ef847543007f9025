"""Made-up forms: a monthly one for each project whose indicators are made up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.ingest.demo.indicators import PLANS
from hub.ingest.demo.marks import NOTE, name_en, name_vi
from hub.ingest.demo.parts import parts
from hub.ingest.merge import RowSet
from hub.model.duties import reporting_regime
from hub.model.reporting import form_cell, report_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.database.transaction import Transaction
    from hub.ingest.demo.indicators import Plan
    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import World

_REGIME: Final = "duong-lich"
_COMMITTEES: Final = "hn.ubnd-cap-xa"
_CODE: Final = "{prefix}.bieu.thang"

INVENTING: Final = tuple(plan for plan in PLANS if plan.invented)


def form_code(plan: Plan) -> str:
    """Return the code of the form of *plan*."""
    return _CODE.format(prefix=plan.prefix)


async def read_regime(transaction: Transaction) -> int:
    """Return the regime that the forms are of: calendar months."""
    found = select(reporting_regime.c.id).where(reporting_regime.c.code == _REGIME)
    [[regime]] = await transaction.fetch(found)
    return int(regime)


def form_rows(world: World, ids: Mapping[str, int], regime: int) -> RowSet:
    """Return the made-up rows of ``report_form``."""
    rows: list[Row] = []
    for plan in INVENTING:
        place = world.projects[plan.project]
        names = (
            ("Báo cáo tháng của phường, xã", "Monthly report of wards")
            if plan.reporter is None
            else ("Báo cáo tháng của sở, ngành", "Monthly report of the department")
        )
        rows.append(
            {
                **place.columns,
                "id": ids[form_code(plan)],
                "code": form_code(plan),
                "name_vi": name_vi(names[0]),
                "name_en": name_en(names[1]),
                "regime_id": regime,
                "programme_id": place.programme_id,
                "national_project_id": place.national_project_id,
                "period_kind": "month",
                "subject": "area",
                "filled_by_id": world.agencies[plan.reporter or _COMMITTEES],
                "due_days": 2,
                "grace_days": 365,
                "valid_from": date(2026, 1, 1),
                "valid_to": date(2030, 12, 31),
                "notes": NOTE,
                "synthetic": True,
            }
        )
    return RowSet(report_form, ("id",), rows, owned=report_form.c.synthetic)


def _asked(plan: Plan) -> Iterator[tuple[str, bool]]:
    for each in plan.invented:
        code = f"{plan.prefix}.{each.slug}"
        yield code, each.unit == "percent"
        for part in parts():
            if part.total == code:
                yield part.figures.code, False


def cell_rows(forms: Mapping[str, int], indicators: Mapping[str, int]) -> RowSet:
    """Return the rows of ``form_cell`` of made-up forms.

    They ask for every made-up indicator of the project, and each of its parts after it.
    """
    rows: list[Row] = [
        {
            "form_id": forms[form_code(plan)],
            "indicator_id": indicators[code],
            "position": position,
            "is_compulsory": is_compulsory,
        }
        for plan in INVENTING
        for position, (code, is_compulsory) in enumerate(_asked(plan), start=1)
    ]
    made_up = select(report_form.c.id).where(report_form.c.synthetic)
    key = ("form_id", "indicator_id")
    return RowSet(form_cell, key, rows, owned=form_cell.c.form_id.in_(made_up))
