"""A delivery on disk becomes rows, whatever it is written in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hub.ingest.formats import Encoding, Format, NumberStyle, ReadOptions, SourceRow, read_rows
from hub.ingest.formats.encodings import find_encoding
from tests.ingest.formats.reading import FILES

if TYPE_CHECKING:
    from tests.ingest.formats.reading import Reader

COLUMNS = ("indicator", "area", "period", "value")
CELLS = {"indicator": "hn.da5.tu-van", "area": "00004", "period": "2026-09", "value": "12.5"}

BUDGET = ReadOptions(
    columns={
        "Phường, xã": "area",
        "Kỳ báo cáo": "period",
        "Ngày chốt": "closed_on",
        "Kinh phí (nghìn đồng)": "value",
    },
    numbers=NumberStyle.VIETNAMESE,
    factors={"value": 1000},
    day_columns=frozenset({"closed_on"}),
    has_totals=True,
)
BUDGET_ROWS = [
    (3, "Phường Ba Đình", "2026-09", "2026-09-30", "1234567890"),
    (4, "Xã Sóc Sơn", "2026-Q3", "2026-09-30", "12000"),
    (5, "Phường Hoàn Kiếm", "2026-H1", "2026-06-14", "500"),
    (6, "Xã Yên Bái Mỹ Đức Thượng Kỳ Quỳnh", "2026", "2027-01-01", "7000"),
]


def budget(rows: list[SourceRow]) -> list[tuple[int | str, ...]]:
    assert not any(row.troubles for row in rows)
    return [(row.line, *row.cells.values()) for row in rows]


def test_the_same_row_reads_the_same_from_every_format(reader: Reader) -> None:
    """What differs is where it stands."""
    text = '{"indicator":"hn.da5.tu-van","area":"00004","period":"2026-09","value":12.5}\n'
    table = "indicator,area,period,value\nhn.da5.tu-van,00004,2026-09,12.5\n"
    assert reader.ndjson(text) == [SourceRow(None, 1, CELLS)]
    assert reader.csv(table) == [SourceRow(None, 2, CELLS)]
    assert reader.xlsx(COLUMNS, ("hn.da5.tu-van", "00004", "2026-09", 12.5)) == [
        SourceRow("Số liệu", 2, CELLS)
    ]


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("utf-8.csv", Encoding.UTF_8),
        ("utf-8-bom.csv", Encoding.UTF_8),
        ("utf-16.csv", Encoding.UTF_16),
        ("windows-1258.csv", Encoding.WINDOWS_1258),
        ("tcvn3.csv", Encoding.TCVN3),
        ("tab.csv", Encoding.UTF_8),
    ],
)
def test_what_vietnam_sends_is_read_without_being_told_how_it_is_written(
    file: str, encoding: Encoding
) -> None:
    """Letters, semicolons or tabs, groups of thousands, days, periods, thousands of đồng, totals.

    The files were written by iconv.
    """
    assert find_encoding(FILES / file) is encoding
    assert budget(list(read_rows(FILES / file, Format.CSV, BUDGET))) == BUDGET_ROWS


def test_decomposed_letters_are_composed(reader: Reader) -> None:
    """What a Mac writes is what Windows writes."""
    rows = reader.csv("area,value\nPhường Ba Đình,1\n".replace("ờ", "ờ"))
    assert rows[0].cells["area"] == "Phường Ba Đình"
    rows = reader.ndjson('{"area":"Phu\u031bo\u031b\u0300ng Ba \u0110i\u0300nh"}')
    assert rows[0].cells["area"] == "Phường Ba Đình"


def test_headings_over_merged_cells_are_joined(reader: Reader) -> None:
    """A cell merged downwards stands for itself, one merged to the right for all below it."""
    rows = reader.xlsx(
        ("Báo cáo tháng 9",),
        ("Phường", "Số người", None, "Ghi chú"),
        (None, "Nam", "Nữ", None),
        ("Ba Đình", 3, 4, "đủ"),
        options=ReadOptions(
            columns={"Phường": "area", "Số người / Nam": "men", "số  người / nữ": "women"},
            heading_lines=2,
        ),
    )
    assert rows == [
        SourceRow("Số liệu", 4, {"area": "Ba Đình", "men": "3", "women": "4", "Ghi chú": "đủ"})
    ]


def test_lines_are_counted_as_whoever_sent_them_counts(reader: Reader) -> None:
    """A cell over several lines counts for as many; a row is where it begins."""
    rows = reader.csv('area,value\r\n"Ba\r\nĐình",1\r\n\r\nSóc Sơn,2\r\n')
    assert [(row.line, row.cells["area"]) for row in rows] == [(2, "Ba\r\nĐình"), (5, "Sóc Sơn")]


def test_numbers_of_a_workbook_are_given_as_they_stand(reader: Reader) -> None:
    """No exponent, no rounding, no zero that was not there; a day is a day."""
    rows = reader.xlsx(
        ("area", "value", "numerator", "denominator", "on"),
        ("00004", 0.1, 12.0, 1e21, date(2026, 9, 1)),
        options=ReadOptions(numbers=NumberStyle.VIETNAMESE),
    )
    assert rows[0].cells == {
        "area": "00004",
        "value": "0.1",
        "numerator": "12",
        "denominator": "1000000000000000000000",
        "on": "2026-09-01",
    }


def test_numbers_of_json_are_given_as_they_are_written(reader: Reader) -> None:
    """No digit is lost on the way through a binary fraction."""
    rows = reader.ndjson('{"value": 0.1234567890123456789012, "numerator": 1e30}')
    assert rows[0].cells == {"value": "0.1234567890123456789012", "numerator": "1e30"}


def test_a_month_that_a_spreadsheet_made_a_day_of_is_a_month(reader: Reader) -> None:
    """Excel does this to whoever types 9/2026."""
    rows = reader.xlsx(("period", "value"), (date(2026, 9, 1), 1))
    assert rows[0].cells["period"] == "2026-09"


def test_what_the_mapping_adds_is_in_every_row(reader: Reader) -> None:
    """A source of one indicator need not say so on every line."""
    options = ReadOptions(columns={"Xã": "area"}, constants={"indicator": "hn.da5.tu-van"})
    rows = reader.csv("Xã,value\nSóc Sơn,1\n", options)
    assert rows[0].cells == {"area": "Sóc Sơn", "value": "1", "indicator": "hn.da5.tu-van"}


def test_a_dash_says_nothing(reader: Reader) -> None:
    """Tables hold it where there is no figure; it is neither zero nor a formula."""
    rows = reader.csv("area,value\nSóc Sơn,-\nBa Đình,–\n")
    assert [row.cells["value"] for row in rows] == ["", ""]
    assert not any(row.troubles for row in rows)


def test_a_heading_that_comes_again_is_no_row(reader: Reader) -> None:
    """Printed tables repeat it on every page."""
    rows = reader.csv("area,value\nSóc Sơn,1\narea,value\nBa Đình,2\n")
    assert [row.line for row in rows] == [2, 4]
