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

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def read_workbook(path: Path) -> Iterator[SourceRow]:
    """Yield the figures entered in the workbook at *path*, as rows of any other delivery.

    Area and period are those that the hub made it for. A line left empty is no row, unless it is
    compulsory and nobody said that there are no figures yet.
    """
    identity = read_identity(path)
    options = ReadOptions(
        sheets=(ENTRY_SHEET,),
        required=_READ,
        constants={"area": identity.area, "period": identity.period},
    )
    for row in read_rows(path, Format.XLSX, options):
        taken = _taken(row)
        if taken is not None:
            yield taken


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
