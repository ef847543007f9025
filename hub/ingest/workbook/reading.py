"""A workbook that came back: what it is, and the figures that were entered."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from hub.ingest.delivered import DeliveryRefusedError, RowFault, SourceRow, Trouble
from hub.ingest.formats import Format, ReadOptions, read_rows
from hub.ingest.formats.refusals import HeadingMissingError, SheetMissingError
from hub.ingest.rejections import Expected
from hub.ingest.workbook.forms import Identity
from hub.ingest.workbook.layout import (
    CONTENT,
    ENTRY_SHEET,
    IDENTITY_SHEET,
    KEY,
    LAYOUT,
    NOTHING_YET,
)
from hub.model.periods import GREGORIAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Read = Callable[[Path, Format, ReadOptions], Iterable[SourceRow]]

_FIGURES: Final = ("numerator", "denominator", "value")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_READ: Final = frozenset({"indicator", "state", *_FIGURES})
_AS_WRITTEN: Final = ReadOptions(sheets=(ENTRY_SHEET,), required=_READ, number_columns=frozenset())
_SAYS_OF_ITSELF: Final = ReadOptions(
    sheets=(IDENTITY_SHEET,),
    required=frozenset({KEY, CONTENT}),
    number_columns=frozenset(),
    period_columns=frozenset(),
)


class NotAFormError(DeliveryRefusedError):
    """The workbook is none that the hub made, or not as the hub made it."""

    code = "NOT_A_FORM"
    vi = (
        "Đây không phải biểu do hệ thống lập, hoặc trang ẩn của biểu đã bị xóa: hãy tải biểu mới, "
        "chép số liệu sang rồi gửi lại."
    )
    en = (
        "This is no form of the hub's, or its hidden sheet was removed: download the form anew, "
        "copy the figures into it and send it again."
    )


class FormCalendarError(DeliveryRefusedError):
    """The form's periods are of a calendar that no delivery can name."""

    code = "FORM_CALENDAR"
    vi = (
        "Kỳ {period} của biểu này tính theo Nghị định 09/2019/NĐ-CP: hiện chỉ nhận qua tệp các "
        "biểu theo lịch dương."
    )
    en = "The period {period} of this form is of Decree 09/2019; files take calendar periods only."


def read_identity(path: Path) -> Identity:
    """Return what the workbook at *path* says of itself, or raise ``NotAFormError``."""
    try:
        rows = read_rows(path, Format.XLSX, _SAYS_OF_ITSELF)
        said = {row.cells[KEY]: row.cells[CONTENT] for row in rows}
        if said["layout"] != LAYOUT:
            raise NotAFormError
        return Identity(**{field.name: said[field.name] for field in fields(Identity)})
    except (SheetMissingError, HeadingMissingError, KeyError) as error:
        raise NotAFormError from error


def knowing_forms(read: Read) -> Read:
    """Return what reads a delivery as *read* does, and the hub's own workbooks as such."""

    def opened(path: Path, format_: Format, options: ReadOptions) -> Iterable[SourceRow]:
        if format_ is Format.XLSX and _is_ours(path):
            return read_workbook(path, read)
        return read(path, format_, options)

    return opened


def read_workbook(path: Path, read: Read = read_rows) -> Iterator[SourceRow]:
    """Yield the figures entered in the workbook at *path*, as rows of any other delivery.

    Area and period are those that the hub made it for. A line left empty is no row, unless it is
    compulsory and nobody said that there are no figures yet. *read* is what reads its sheets.
    """
    identity = read_identity(path)
    if identity.calendar != GREGORIAN:
        raise FormCalendarError(period=identity.period)
    options = ReadOptions(
        sheets=(ENTRY_SHEET,),
        required=_READ,
        constants={"area": identity.area, "period": identity.period},
    )
    for row in read(path, Format.XLSX, options):
        taken = _taken(row)
        if taken is not None:
            yield taken


def _is_ours(path: Path) -> bool:
    try:
        read_identity(path)
    except NotAFormError:
        return False
    return True


def entered(path: Path) -> Iterator[SourceRow]:
    """Yield the lines of the workbook at *path* with what was typed, right or wrong."""
    return read_rows(path, Format.XLSX, _AS_WRITTEN)


def _no_numbers(row: SourceRow) -> Iterator[Trouble]:
    known = {trouble.column for trouble in row.troubles}
    for name in _FIGURES:
        typed = row.cells[name]
        if typed and name not in known and not _NUMBER.fullmatch(typed):
            expected = Expected("một số, viết bằng chữ số", "a number in digits")
            yield Trouble(name, RowFault.NUMBER_UNREADABLE, typed, expected)


def _taken(row: SourceRow) -> SourceRow | None:
    """Return *row* as it is given on; None for a line that says nothing."""
    cells = row.cells
    is_filled = any(cells[name] for name in _FIGURES)
    is_left = cells["state"] == NOTHING_YET
    troubles = (*row.troubles, *_no_numbers(row))
    if is_left and is_filled:
        expected = Expected(
            "hoặc số liệu, hoặc “Chưa có số liệu”", "figures, or that there are none"
        )
        troubles = (
            *troubles,
            Trouble("state", RowFault.STATE_CONTRADICTED, cells["state"], expected),
        )
    elif not is_filled and (is_left or not cells.get("compulsory")):
        return None
    elif not is_filled:
        expected = Expected(
            "số liệu, hoặc chọn “Chưa có số liệu” ở cột Ghi nhận",
            "figures, or a choice of “Chưa có số liệu” (none yet)",
        )
        troubles = (*troubles, Trouble("", RowFault.COMPULSORY_EMPTY, "", expected))
    given = ("indicator", "area", "period", *_FIGURES, "facility")
    kept = {name: cells[name] for name in given if cells.get(name)}
    return SourceRow(row.sheet, row.line, kept, troubles)
