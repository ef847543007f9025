"""What a row may not say: each with its code, where it stands, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.ingest.batch.reports import Counts
from hub.model.intake import batch_row
from tests.ingest.batch.ground import COUNT, RATE, WARD, count, figures, rate
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from tests.ingest.batch.ground import Sender

_NOT_OURS: Final = "hn.da9.can-bo-quan-ly-tap-huan"

GUARDS: Final = (
    (count(1, indicator="hn.khong-co"), "INDICATOR_UNKNOWN", "indicator"),
    (count(1, indicator=""), "INDICATOR_UNKNOWN", "indicator"),
    (
        count(1, indicator="hn.da5.cscn-hoan-thanh-nang-cap"),
        "INDICATOR_WITHOUT_FIGURES",
        "indicator",
    ),
    (rate(1, 2, indicator=_NOT_OURS), "INDICATOR_NOT_WITHIN_RIGHT", "indicator"),
    (count(1, area="00008"), "AREA_NOT_WITHIN_RIGHT", "area"),
    (count(1, area="99999"), "AREA_UNKNOWN", "area"),
    (count(1, area=""), "AREA_UNKNOWN", "area"),
    (count(1, period="2026-13"), "PERIOD_UNREADABLE", "period"),
    (count(1, period="1999-09"), "PERIOD_UNKNOWN", "period"),
    (count(1, period=""), "PERIOD_UNKNOWN", "period"),
    (count(1, period="2026-10"), "PERIOD_NOT_FINISHED", "period"),
    (count(1, period="2026"), "PERIOD_NOT_FINISHED", "period"),
    (count(1, period="2025-12"), "PERIOD_CLOSED", "period"),
    (count(1, facility="hn.khong-co"), "FACILITY_UNKNOWN", "facility"),
    (count(1, facility="hn.tram-y-te.00008"), "FACILITY_NOT_WITHIN_RIGHT", "facility"),
    (count(1, disaggregation="NAM"), "DISAGGREGATION_UNKNOWN", "disaggregation"),
    (count(1, version="mới"), "VERSION_UNREADABLE", "version"),
    (count("NaN"), "NUMBER_NOT_FINITE", "value"),
    (count("Infinity"), "NUMBER_NOT_FINITE", "value"),
    (rate("nan", 3), "NUMBER_NOT_FINITE", "numerator"),
    (count("1" + "0" * 30), "NUMBER_TOO_LARGE", "value"),
    (rate(1, "1" + "0" * 30), "NUMBER_TOO_LARGE", "denominator"),
    (count("mười"), "NUMBER_UNREADABLE", "value"),
    (count("1e3"), "NUMBER_UNREADABLE", "value"),
    (count(-1), "NEGATIVE_NUMBER", "value"),
    (rate(-1, 3), "NEGATIVE_NUMBER", "numerator"),
    (count("=1+1"), "FORMULA_IN_CELL", "value"),
    (count("1.5"), "NUMBER_NOT_WHOLE", "value"),
    (rate("1.5", 3), "NUMBER_NOT_WHOLE", "numerator"),
    (rate(4, 3), "NUMERATOR_ABOVE_DENOMINATOR", "numerator"),
    (rate(1, 3, value=33), "VALUE_AND_PARTS", "value"),
    (rate(1, ""), "FIGURE_MISSING", "denominator"),
    (count(None), "FIGURE_MISSING", "value"),
    (rate(1, 2, indicator=COUNT), "PARTS_NOT_EXPECTED", "numerator"),
    (count("100.5", indicator=RATE), "PERCENT_ABOVE_HUNDRED", "value"),
    (count(1, withdrawn="có"), "WITHDRAWAL_UNREADABLE", "withdrawn"),
    (count(1, withdrawn=True), "WITHDRAWAL_WITH_FIGURE", "value"),
)
"""A row, the code of what is wrong with it, and the column."""


async def test_every_guard_tells_its_row_from_the_others_and_lets_none_pass(ward: Sender) -> None:
    report = await ward.send(*(row for row, _, _ in GUARDS))
    found = [(row.line, row.code, row.column, row.outcome) for row in report.rows]
    assert found == [
        (line, code, column, "rejected") for line, (_, code, column) in enumerate(GUARDS, 1)
    ]
    assert report.counts == Counts(received=len(GUARDS), rejected=len(GUARDS))
    assert all(row.expected for row in report.rows)
    assert await figures(ward.database) == []


async def test_a_row_that_is_wrong_keeps_no_other_from_being_taken(ward: Sender) -> None:
    report = await ward.send(count(-1), rate(2, 3))
    assert report.counts == Counts(received=2, new=1, rejected=1)
    assert [row[:4] for row in await figures(ward.database)] == [(RATE, WARD, "2026-09", 1)]


async def test_what_was_found_is_kept_with_the_place(ward: Sender) -> None:
    await ward.send(rate(2, 3), count(1, area="99999"))
    r = batch_row.c
    assert await fetch(ward.database, select(r.line, r.column_name, r.found, r.code)) == [
        (2, "area", "99999", "AREA_UNKNOWN")
    ]


async def test_rows_of_one_figure_that_agree_count_once_and_others_not_at_all(
    ward: Sender,
) -> None:
    report = await ward.send(rate(2, 3), rate("2.0", 3), count(5), count(6))
    assert [(row.line, row.code) for row in report.rows] == [
        (2, "ROW_DUPLICATED"),
        (3, "ROW_DUPLICATED"),
        (4, "ROW_DUPLICATED"),
    ]
    assert [row[:1] + row[4:7] for row in await figures(ward.database)] == [
        (RATE, (await figures(ward.database))[0][4], 2, 3)
    ]


async def test_areas_go_by_name_and_lineage_and_what_is_not_clear_waits(ward: Sender) -> None:
    """Trúc Bạch went to Ba Đình whole; its own number of old is Ba Đình's today."""
    report = await ward.send(
        count(1, area="P. Ba Đình", period="2026-09"),
        count(2, area="phuong ba dinh", period="2026-08"),
        count(3, area="Phường Trúc Bạch, quận Ba Đình", period="2026-07"),
        count(4, area="Phường Điện Biên", period="2026-06"),
        count(5, area="Phường Không Có", period="2026-05"),
    )
    assert [(row.line, row.code, row.outcome) for row in report.rows] == [
        (4, "AREA_DIVIDED", "held"),
        (5, "AREA_UNKNOWN", "rejected"),
    ]
    assert report.counts == Counts(received=5, new=3, held=1, rejected=1)
    assert [(row[1], row[2]) for row in await figures(ward.database)] == [
        (WARD, "2026-07"),
        (WARD, "2026-08"),
        (WARD, "2026-09"),
    ]
