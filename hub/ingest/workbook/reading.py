"""A workbook that came back: what it is, and the figures that were entered."""

from __future__ import annotations

import re
import zlib
from dataclasses import fields
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from hub.ingest.delivered import DeliveryRefusedError, RowFault, SourceRow, Trouble
from hub.ingest.formats import Format, Limits, ReadOptions, read_rows
from hub.ingest.formats.table import read_table
from hub.ingest.formats.workbook import open_workbook
from hub.ingest.guards import Guard
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
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from hub.ingest.formats.workbook import Book

    Read = Callable[[Path, Format, ReadOptions], Iterable[SourceRow]]

_FIGURES: Final = ("numerator", "denominator", "value")
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_READ: Final = frozenset({"indicator", "state", *_FIGURES})
_AS_WRITTEN: Final = ReadOptions(sheets=(ENTRY_SHEET,), required=_READ, number_columns=frozenset())
_CONTENTS: Final = "xl/workbook.xml"
_MOST_LISTED: Final = 100_000


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


class FormOfAnotherError(DeliveryRefusedError):
    """The form was made for another agency than the one in whose name it was sent."""

    code = "FORM_OF_ANOTHER"
    vi = "Biểu này lập cho “{agency}”: hãy gửi qua nguồn của đơn vị đó, hoặc tải biểu của mình."
    en = (
        "This form was made for “{agency}”: send it through a source of theirs, or download one "
        "of your own."
    )


class FormOutdatedError(DeliveryRefusedError):
    """The form asks something else by now than when the workbook was made."""

    code = "FORM_OUTDATED"
    vi = (
        "Biểu đã thay đổi từ khi tệp này được tải về: hãy tải biểu mới của cùng kỳ, chép số liệu "
        "sang rồi gửi lại."
    )
    en = (
        "The form has changed since this file was downloaded: download it anew for the same "
        "period, copy the figures into it and send it again."
    )


def read_identity(path: Path) -> Identity:
    """Return what the workbook at *path* says of itself, or raise ``NotAFormError``."""
    limits = Limits()
    with open_workbook(path, limits, Guard(frozenset(), limits.cell)) as book:
        return _identity(book)


def knowing_forms(read: Read) -> Read:
    """Return what reads a delivery as *read* does, and the hub's own workbooks as such."""

    def opened(path: Path, format_: Format, options: ReadOptions) -> Iterable[SourceRow]:
        if format_ is Format.XLSX and _has_identity(path, options.limits):
            return read_workbook(
                path, options.limits, forms_of=options.forms_of, forms=options.forms
            )
        return read(path, format_, options)

    return opened


def read_workbook(
    path: Path,
    limits: Limits | None = None,
    *,
    forms_of: str | None = None,
    forms: Mapping[str, str] | None = None,
) -> Iterator[SourceRow]:
    """Yield the figures entered in the workbook at *path*, as rows of any other delivery.

    Area, period and calendar are those that the hub made it for. A line left empty is no row,
    unless it is compulsory and nobody said that there are no figures yet. What guards deliveries
    guards it. Another agency's than *forms_of* is refused: its figures would stand twice; and one
    that is no longer of the version that *forms* says, for a figure may mean something else by now.
    """
    bounds = limits or Limits()
    guard = Guard(frozenset(_FIGURES), longest=bounds.cell)
    with open_workbook(path, bounds, guard) as book:
        identity = _identity(book)
        if forms_of not in {None, identity.agency}:
            raise FormOfAnotherError(agency=identity.agency)
        if forms is not None and forms.get(identity.form) != identity.version:
            raise FormOutdatedError
        if ENTRY_SHEET not in book.sheets:
            raise NotAFormError
        for name in book.sheets:
            if name != ENTRY_SHEET:
                guard.see_sheet(name, (row for _, row in book.rows(name)))
        options = ReadOptions(
            sheets=(ENTRY_SHEET,),
            required=_READ,
            constants={"area": identity.area, "period": identity.period},
            period_columns=frozenset(),
            limits=bounds,
        )
        for row in read_table(ENTRY_SHEET, book.rows(ENTRY_SHEET), options, guard):
            taken = _taken(row)
            if taken is not None:
                yield taken._replace(calendar=identity.calendar)
    guard.end()


def _has_identity(path: Path, limits: Limits) -> bool:
    """Tell whether a sheet is called as that of a form is; no more of the file is looked at."""
    if path.stat().st_size > limits.workbook_size:
        return False
    try:
        with ZipFile(path) as parts, parts.open(_CONTENTS) as listed:
            return f'name="{IDENTITY_SHEET}"'.encode() in listed.read(_MOST_LISTED)
    # No archive, without that part, encrypted, packed in another way, or broken: it is no form of
    # the hub's, and whoever opens it next says what is wrong with it.
    except (BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, zlib.error):
        return False


def _identity(book: Book) -> Identity:
    if IDENTITY_SHEET not in book.sheets:
        raise NotAFormError
    said = {row[0]: row[1] for _, row in book.rows(IDENTITY_SHEET) if len(row) > 1}
    names = [field.name for field in fields(Identity)]
    if said.get(KEY) != CONTENT or said.get("layout") != LAYOUT or not said.keys() >= set(names):
        raise NotAFormError
    return Identity(**{name: said[name] for name in names})


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
