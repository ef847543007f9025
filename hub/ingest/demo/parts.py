"""What made-up indicators are broken down by: no document says how any figure is to be.

Parts have no figures until somebody sends them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.ingest.demo.indicators import every_invented
from hub.ingest.demo.tallies import Tally
from hub.ingest.merge import RowSet
from hub.model.measurement import disaggregation, indicator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.ingest.demo.marks import Row

_SEX: Final = ("nam", "Nam", "Male"), ("nu", "Nữ", "Female")
_BROKEN_DOWN: Final = {
    "demo.hn.da6.luot-sang-loc": ("gioi-tinh", _SEX),
    "demo.hn.da6.dieu-tri-thay-the": ("gioi-tinh", _SEX),
}
"""Indicator → by what, and the categories: code, Vietnamese, English."""


@dataclass(frozen=True, slots=True)
class Part:
    """One category of an indicator, and the indicator that has its figures."""

    total: str
    code: str
    dimension: str
    name_vi: str
    name_en: str
    figures: Tally


def parts() -> Iterator[Part]:
    """Yield every part of a made-up indicator."""
    for total, plan, each in every_invented():
        dimension, categories = _BROKEN_DOWN.get(total, ("", ()))
        for code, vi, en in categories:
            yield Part(
                total,
                code,
                dimension,
                vi,
                en,
                Tally(
                    f"{total}.{code}",
                    plan.project,
                    f"{each.name_vi}: {vi.lower()}",
                    f"{each.name_en}: {en.lower()}",
                    each.numerator_vi,
                    each.unit,
                    each.denominator_vi,
                ),
            )


def disaggregation_rows(ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``disaggregation``."""
    rows: list[Row] = [
        {
            "indicator_id": ids[each.total],
            "code": each.code,
            "dimension": each.dimension,
            "name_vi": each.name_vi,
            "name_en": each.name_en,
            "part_id": ids[each.figures.code],
        }
        for each in parts()
    ]
    made_up = select(indicator.c.id).where(indicator.c.synthetic)
    key = ("indicator_id", "code")
    return RowSet(disaggregation, key, rows, owned=disaggregation.c.part_id.in_(made_up))
