"""A delivery on disk becomes rows, whatever it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hub.ingest.formats import Format, ReadOptions, SourceRow, read_rows
from tests.ingest.formats.books import write_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS = ("indicator", "area", "period", "value")
CELLS = {"indicator": "hn.da5.tu-van", "area": "00004", "period": "2026-09", "value": "12.5"}


def write_ndjson(path: Path) -> None:
    path.write_text(
        '{"indicator":"hn.da5.tu-van","area":"00004","period":"2026-09","value":12.5}\n', "utf-8"
    )


def write_csv(path: Path) -> None:
    path.write_text("indicator,area,period,value\nhn.da5.tu-van,00004,2026-09,12.5\n", "utf-8")


def write_xlsx(path: Path) -> None:
    row = ("hn.da5.tu-van", "00004", "2026-09", 12.5)
    write_book(path, {"Số liệu": [COLUMNS, row]})


@pytest.mark.parametrize(
    ("format_", "write", "sheet", "line"),
    [
        (Format.NDJSON, write_ndjson, None, 1),
        (Format.CSV, write_csv, None, 2),
        (Format.XLSX, write_xlsx, "Số liệu", 2),
    ],
)
def test_the_same_row_reads_the_same_from_every_format(
    tmp_path: Path,
    format_: Format,
    write: Callable[[Path], None],
    sheet: str | None,
    line: int,
) -> None:
    """What differs is where it stands."""
    path = tmp_path / "delivery"
    write(path)
    assert list(read_rows(path, format_, ReadOptions())) == [SourceRow(sheet, line, CELLS)]
