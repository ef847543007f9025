"""XLSX: the rows of its sheets, dates and numbers as the hub writes them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

import python_calamine

from hub.ingest.formats.archive import inspect_workbook
from hub.ingest.formats.options import Format, Limits, NumberStyle
from hub.ingest.formats.refusals import SheetMissingError, WrongFormatError
from hub.ingest.formats.table import read_table
from hub.ingest.formats.values import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.delivered import SourceRow
    from hub.ingest.formats.inspection import Inspection
    from hub.ingest.formats.options import ReadOptions
    from hub.ingest.guards import Guard

_PANICS_OF: Final = "pyo3_runtime"

Cell: TypeAlias = float | str | date | time | timedelta
"""What stands in a cell of a workbook; numbers and truth are among the first."""


class Book:
    """A workbook that was looked through and opened."""

    def __init__(self, workbook: python_calamine.CalamineWorkbook, inspection: Inspection) -> None:
        self._workbook = workbook
        self._inspection = inspection

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of its sheets, in order."""
        return tuple(self._workbook.sheet_names)

    @property
    def visible_sheets(self) -> tuple[str, ...]:
        """The names of the sheets that whoever opens it sees, in order."""
        visible = python_calamine.SheetVisibleEnum.Visible
        return tuple(
            sheet.name for sheet in self._workbook.sheets_metadata if sheet.visible == visible
        )

    def rows(
        self, sheet: str, numbers: NumberStyle = NumberStyle.PLAIN
    ) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of *sheet* as texts from its first column on, with their line from 1.

        A number is written as *numbers* has it, a day as ``yyyy-mm-dd``, an error as it shows.
        """
        errors = self._inspection.errors_of(sheet)
        with _reading():
            opened = self._workbook.get_sheet_by_name(sheet)
            before = [""] * (opened.start[1] if opened.start else 0)
            for line, row in enumerate(opened.iter_rows(), 1):
                texts = before + [_text(cell, numbers) for cell in row]
                for column, shown in errors.get(line, {}).items():
                    texts[column - 1] = shown
                yield line, texts


@contextmanager
def open_workbook(path: Path, limits: Limits, guard: Guard) -> Iterator[Book]:
    """Open the workbook at *path*, or raise why it must not be opened.

    *guard* has seen what stands outside its cells: headers, footers, drawings, notes, properties.
    """
    with inspect_workbook(path, limits) as inspected:
        guard.see(inspected.inspection.words)
        guard.see(inspected.inspection.sheets)
        with _reading():
            # The calamine reader takes any file that can be sought.
            workbook = python_calamine.CalamineWorkbook.from_filelike(inspected.copy)
        with workbook:
            yield Book(workbook, inspected.inspection)


def read_workbook_rows(path: Path, options: ReadOptions, guard: Guard) -> Iterator[SourceRow]:
    """Yield the rows of the sheets that the mapping reads, in the workbook at *path*."""
    with open_workbook(path, options.limits, guard) as book:
        for name in options.sheets:
            if name not in book.sheets:
                raise SheetMissingError(sheet=name)
        read = options.sheets or book.visible_sheets[:1]
        for name in book.sheets:
            if name not in read:
                guard.see_sheet(name, (row for _, row in book.rows(name)))
        for name in read:
            yield from read_table(name, book.rows(name, options.numbers), options, guard)


@contextmanager
def _reading() -> Iterator[None]:
    """Tell what the library cannot read from what is wrong with the hub."""
    try:
        yield
    except (python_calamine.CalamineError, OSError) as error:
        raise WrongFormatError(format=Format.XLSX.upper()) from error
    except BaseException as error:
        # It panics at some dates, and a panic is no ``Exception``.
        if type(error).__module__ != _PANICS_OF:
            raise
        raise WrongFormatError(format=Format.XLSX.upper()) from error


def _text(cell: Cell, numbers: NumberStyle) -> str:
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
