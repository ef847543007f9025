"""The workbook made: labels protected, cells to fill in, and what the reader knows it by."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import xlsxwriter  # type: ignore[import-untyped]

from hub.ingest.workbook.layout import (
    COLUMNS,
    CONTENT,
    ENTERED,
    ENTRY_SHEET,
    FIRST_ROW,
    GUIDE_SHEET,
    HEADING_ROW,
    HEADINGS,
    IDENTITY_SHEET,
    KEY,
    LAYOUT,
    MARK_COLUMN,
    MARKS_SHEET,
    MOST,
    NAME_COLUMN,
    STATES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hub.ingest.workbook.forms import Form, Line

# The library says nothing of its types.
Workbook: TypeAlias = Any
Worksheet: TypeAlias = Any
Format: TypeAlias = Any

_FONT: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_STYLES: Final[Mapping[str, Mapping[str, object]]] = {
    "title": {"bold": True, "font_size": 15},
    "said": {},
    "warning": {"bold": True, "font_color": "#9C0006"},
    "heading": {"bold": True, "border": 1, "bg_color": "#D9E1F2", "text_wrap": True},
    "label": {"border": 1, "text_wrap": True},
    "shut": {"border": 1, "bg_color": "#EDEDED"},
    "open": {"border": 1, "bg_color": "#FFF9DB", "locked": False, "num_format": "#,##0"},
    "wrong": {"border": 2, "bg_color": "#FFC7CE", "locked": False, "border_color": "#9C0006"},
    "pointed": {"border": 1, "text_wrap": True, "bg_color": "#FFC7CE"},
}
_CREATED: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - the same form is the same file
_GUIDE: Final = (
    "1. Chỉ nhập vào các ô nền vàng ở trang “Nhập số liệu”; các ô khác đã khóa.",
    "2. Chỉ tiêu tỷ lệ: nhập tử số và mẫu số, là số nguyên không âm; hệ thống tự tính tỷ lệ.",
    "3. Chỉ tiêu số đếm: nhập một số nguyên không âm ở cột Giá trị.",
    "4. Chưa có số liệu: để trống, chọn “Chưa có số liệu” ở cột Ghi nhận. Không phát sinh: nhập 0.",
    "5. Chỉ tiêu có dấu * là bắt buộc.",
    "6. Không nhập họ tên, số định danh, số điện thoại, ngày sinh, địa chỉ của bất kỳ ai.",
    "7. Lưu dưới dạng .xlsx (Excel hoặc LibreOffice) rồi gửi ở trang nộp báo cáo.",
)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pointer:
    """What is wrong with one line: the column it is pointed out in ("" is the whole line)."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered and what is wrong, by line; *elsewhere* is of no line of the form."""

    cells: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    pointers: Mapping[Key, Sequence[Pointer]] = field(default_factory=dict)
    elsewhere: Sequence[str] = ()

    @property
    def count(self) -> int:
        """Return how much there is to correct."""
        return sum(map(len, self.pointers.values())) + len(self.elsewhere)


def write_form(form: Form, entered: Entered | None = None) -> bytes:
    """Return *form* as a workbook (XLSX), empty or with what was *entered*.

    The same form and entries give the same sheets.
    """
    given = entered or Entered()
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"title": form.name, "author": "hub", "created": _CREATED})
        _Writer(workbook, form, given).write()
    return file.getvalue()


class _Writer:
    """Writes one form."""

    def __init__(self, workbook: Workbook, form: Form, entered: Entered) -> None:
        self._form = form
        self._entered = entered
        self._styles: dict[str, Format] = {
            name: workbook.add_format({**_FONT, **style}) for name, style in _STYLES.items()
        }
        self._entry = workbook.add_worksheet(ENTRY_SHEET)
        self._guide = workbook.add_worksheet(GUIDE_SHEET)
        self._marks = workbook.add_worksheet(MARKS_SHEET) if entered.count else None
        self._identity = workbook.add_worksheet(IDENTITY_SHEET)

    def write(self) -> None:
        """Write every sheet."""
        self._write_head()
        for place, line in enumerate(self._form.lines):
            self._write_line(FIRST_ROW + place, place + 1, line)
        self._write_guide()
        if self._marks is not None:
            self._write_marks(self._marks)
        self._write_identity()
        for sheet in filter(None, (self._entry, self._guide, self._marks, self._identity)):
            sheet.protect("", {"select_locked_cells": True, "format_columns": True})
        self._entry.activate()

    def _write_head(self) -> None:
        form, sheet = self._form, self._entry
        days = f"từ {form.starts_on:%d/%m/%Y} đến hết {form.ends_on:%d/%m/%Y}"
        sheet.write_string(0, 0, form.name, self._styles["title"])
        for row, words in enumerate(
            (
                f"Đơn vị: {form.agency_name}. Địa bàn: {form.area_name}.",
                f"Kỳ báo cáo: {form.period}, {days}. Hạn nộp: {form.due_on:%d/%m/%Y}.",
                "Chỉ nhập vào ô nền vàng; chỉ nhập số đếm, không nhập thông tin của bất kỳ ai.",
            ),
            start=1,
        ):
            sheet.write_string(row, 0, words, self._styles["said"])
        if self._entered.count:
            words = f"Có {self._entered.count} chỗ cần sửa: các ô nền đỏ, lý do ở cột “Cần sửa”."
            sheet.write_string(4, 0, words, self._styles["warning"])
        for column, (name, heading, width) in enumerate(HEADINGS):
            sheet.write_string(HEADING_ROW, column, heading, self._styles["heading"])
            sheet.write_string(HEADING_ROW + 1, column, name)
            sheet.set_column(column, column, width, None, {} if width else {"hidden": True})
        if not self._entered.count:
            sheet.set_column(MARK_COLUMN, MARK_COLUMN, None, None, {"hidden": True})
        sheet.set_row(HEADING_ROW + 1, None, None, {"hidden": True})
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)

    def _write_line(self, row: int, number: int, line: Line) -> None:
        sheet, styles = self._entry, self._styles
        pointers = self._entered.pointers.get(line.key, ())
        pointed = {each.column for each in pointers}
        name = line.name if line.facility_name is None else f"{line.facility_name}: {line.name}"
        label = styles["pointed" if pointers else "label"]
        sheet.write_number(row, 0, number, styles["label"])
        sheet.write_string(row, NAME_COLUMN, f"{name}{' *' if line.is_compulsory else ''}", label)
        sheet.write_string(row, NAME_COLUMN + 1, line.numerator or "", styles["label"])
        sheet.write_string(row, COLUMNS["denominator"] - 1, line.denominator or "", styles["label"])
        typed = self._entered.cells.get(line.key, {})
        for column in ENTERED:
            asked = column == "state" or (column == "value") is not line.is_rate
            text = typed.get(column, "")
            if not (asked or text or column in pointed):
                sheet.write_blank(row, COLUMNS[column], None, styles["shut"])
                continue
            style = styles["wrong" if column in pointed else "open"]
            _write_entry(sheet, row, COLUMNS[column], text, style)
            for pointer in pointers:
                if pointer.column == column:
                    sheet.write_comment(row, COLUMNS[column], pointer.sentence, {"author": "hub"})
        self._guard(row, line)
        words = " ".join(dict.fromkeys(each.sentence for each in pointers))
        sheet.write_string(row, MARK_COLUMN, words, styles["label"])
        sheet.write_string(row, COLUMNS["indicator"], line.indicator)
        sheet.write_string(row, COLUMNS["facility"], line.facility or "")
        sheet.write_string(row, COLUMNS["compulsory"], "x" if line.is_compulsory else "")

    def _guard(self, row: int, line: Line) -> None:
        """Have the program that fills it in refuse what is no count."""
        whole = {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": MOST,
            "error_title": "Số không hợp lệ",
            "error_message": "Hãy nhập một số nguyên không âm, không kèm chữ.",
        }
        below = {
            **whole,
            "criteria": ">=",
            "value": f"=D{row + 1}",
            "error_message": "Mẫu số là số nguyên, không nhỏ hơn tử số.",
        }
        rules = {"numerator": whole, "denominator": below} if line.is_rate else {"value": whole}
        listed = {
            "validate": "list",
            "source": list(STATES),
            "error_title": "Chọn trong danh sách",
            "error_message": "Hãy chọn một trong các mục của danh sách.",
        }
        for column, rule in {**rules, "state": listed}.items():
            self._entry.data_validation(row, COLUMNS[column], row, COLUMNS[column], rule)

    def _write_guide(self) -> None:
        sheet = self._guide
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, "Cách nhập", self._styles["title"])
        for row, words in enumerate(_GUIDE, start=1):
            sheet.write_string(row, 0, words, self._styles["said"])

    def _write_marks(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 2, 70)
        for column, heading in enumerate(("Dòng", "Chỉ tiêu", "Cần sửa")):
            sheet.write_string(0, column, heading, self._styles["heading"])
        places = {line.key: (FIRST_ROW + at + 1, line) for at, line in enumerate(self._form.lines)}
        listed = [
            (str(places[key][0]), places[key][1].name, pointer.sentence)
            for key, pointers in self._entered.pointers.items()
            for pointer in pointers
        ]
        listed += [("", "", sentence) for sentence in self._entered.elsewhere]
        for row, cells in enumerate(listed, start=1):
            for column, words in enumerate(cells):
                sheet.write_string(row, column, words, self._styles["label"])

    def _write_identity(self) -> None:
        said = {"layout": LAYOUT, **asdict(self._form.identity)}
        for row, cells in enumerate(((KEY, CONTENT), *said.items())):
            for column, words in enumerate(cells):
                self._identity.write_string(row, column, words)
        self._identity.very_hidden()


def _write_entry(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write what was typed: a number as one, anything else as plain text."""
    if not text:
        sheet.write_blank(row, column, None, style)
    elif text.isascii() and text.isdigit() and len(text) <= len(str(MOST)):
        sheet.write_number(row, column, int(text), style)
    else:
        sheet.write_string(row, column, text, style)
