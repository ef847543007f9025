"""XLSX: the rows of its sheets, dates and numbers as the hub writes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import python_calamine

from hub.ingest.formats.options import Format, NumberStyle
from hub.ingest.formats.refusals import (
    DeliveryTooLargeError,
    SheetMissingError,
    TooManyRowsError,
    WrongFormatError,
)
from hub.ingest.formats.table import read_table
from hub.ingest.formats.values import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.delivered import SourceRow
    from hub.ingest.formats.options import ReadOptions


def read_workbook_rows(path: Path, options: ReadOptions) -> Iterator[SourceRow]:
    """Yield the rows of the sheets that the mapping reads, in the workbook at *path*."""
    limits = options.limits
    if (size := path.stat().st_size) > limits.workbook_size:
        raise DeliveryTooLargeError(size=size, limit=limits.workbook_size)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
    except (python_calamine.CalamineError, OSError) as error:
        raise WrongFormatError(format=Format.XLSX.upper()) from error
    with workbook:
        for name in _sheets(workbook, options.sheets):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height > limits.workbook_rows:
                raise TooManyRowsError(limit=limits.workbook_rows)
            rows = (
                (line, [_text(cell, options.numbers) for cell in row])
                for line, row in enumerate(sheet.iter_rows(), 1)
            )
            yield from read_table(name, rows, options)


def _sheets(workbook: python_calamine.CalamineWorkbook, wanted: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name not in workbook.sheet_names:
            raise SheetMissingError(sheet=name)
    visible = python_calamine.SheetVisibleEnum.Visible
    return (
        wanted
        or tuple(sheet.name for sheet in workbook.sheets_metadata if sheet.visible == visible)[:1]
    )


def _text(cell: float | str | date | time | timedelta, numbers: NumberStyle) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int() | float():
            text = write_number(Decimal(repr(cell)))
            return text.replace(".", ",") if numbers is NumberStyle.VIETNAMESE else text
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case _:
            return str(cell)
