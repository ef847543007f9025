"""A form as a workbook: what it says, what comes back of it, and how it is sent back marked."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from hub.ingest.batch.reports import ReportedRow
from hub.ingest.delivered import DeliveryRefusedError, RowFault
from hub.ingest.formats import Format, ReadOptions
from hub.ingest.guards import MarkedDeliveryError, PersonsDeliveredError
from hub.ingest.workbook import (
    FormOfAnotherError,
    FormOutdatedError,
    Mark,
    NotAFormError,
    knowing_forms,
    mark,
    marks_of,
    marks_of_batch,
    read_identity,
    read_workbook,
    write_form,
)
from hub.ingest.workbook.layout import ENTRY_SHEET, IDENTITY_SHEET, MARKS_SHEET
from tests.ingest.formats.books import write_book
from tests.ingest.workbook.books import COUNT, FORM, LOOSE, RATE, blank, comments_of, fill, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hub.ingest.delivered import SourceRow

PLACE = {"area": "00004", "period": "2026-09"}


def figures(row: SourceRow) -> dict[str, str]:
    """Return the cells of *row*, which must have no trouble."""
    assert row.troubles == ()
    return row.cells


def unasked(path: Path, format_: Format, options: ReadOptions) -> Sequence[SourceRow]:
    """Read nothing: what is a form of the hub's comes here not."""
    raise AssertionError(path, format_, options)


def faults(row: SourceRow) -> list[tuple[int, str, RowFault]]:
    """Return where and what the troubles of *row* are."""
    return [(row.line, trouble.column, trouble.code) for trouble in row.troubles]


def test_it_says_what_is_asked_of_whom_and_when(tmp_path: Path) -> None:
    """In Vietnamese on the first sheet; what the reader knows it by is hidden from everybody."""
    workbook = CalamineWorkbook.from_path(blank(tmp_path))
    first, *_, last = workbook.sheets_metadata
    assert (first.name, first.visible) == (ENTRY_SHEET, SheetVisibleEnum.Visible)
    assert (last.name, last.visible) == (IDENTITY_SHEET, SheetVisibleEnum.VeryHidden)
    words = [
        str(cell)
        for row in workbook.get_sheet_by_name(ENTRY_SHEET).iter_rows()
        for cell in row
        if cell
    ]
    assert words[0] == FORM.name
    for said in ("Phường Ba Đình", "2026-09", "02/10/2026", "từ 01/09/2026 đến hết 30/09/2026"):
        assert any(said in each for each in words), said
    assert {f"{RATE.name} *", f"{COUNT.name} *", LOOSE.name, "Đã tư vấn", "Tổng số"} <= set(words)


def test_only_the_cells_to_fill_in_are_open(tmp_path: Path) -> None:
    """Each sheet is protected; whole numbers and the list are checked by the program, too."""
    parts = parts_of(blank(tmp_path))
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert all(b"<sheetProtection sheet=" in parts[name] for name in sheets)
    entry = parts["xl/worksheets/sheet1.xml"].decode()
    assert entry.count('type="whole"') == 5
    assert entry.count('type="list"') == 3
    assert "Chưa có số liệu" in entry
    assert b"<f>" not in parts["xl/worksheets/sheet1.xml"]


def test_the_same_form_gives_the_same_workbook() -> None:
    assert write_form(FORM) == write_form(FORM)


def test_what_is_entered_comes_back_as_the_rows_of_a_delivery(tmp_path: Path) -> None:
    path = fill(
        blank(tmp_path), {"D8": 12, "F8": 40.0, "G9": 7, "D10": 0, "F10": 5, "H10": "Có số liệu"}
    )
    assert read_identity(path) == FORM.identity
    assert [(row.sheet, row.line, figures(row)) for row in read_workbook(path)] == [
        (
            ENTRY_SHEET,
            8,
            {"indicator": RATE.indicator, **PLACE, "numerator": "12", "denominator": "40"},
        ),
        (ENTRY_SHEET, 9, {"indicator": COUNT.indicator, **PLACE, "value": "7"}),
        (
            ENTRY_SHEET,
            10,
            {"indicator": LOOSE.indicator, **PLACE, "numerator": "0", "denominator": "5"},
        ),
    ]


def test_a_line_left_empty_is_no_row_unless_it_is_compulsory(tmp_path: Path) -> None:
    """Or it is said that there are no figures yet; which no line with figures may say."""
    rows = list(read_workbook(blank(tmp_path)))
    assert [fault for row in rows for fault in faults(row)] == [
        (8, "", RowFault.COMPULSORY_EMPTY),
        (9, "", RowFault.COMPULSORY_EMPTY),
    ]
    path = fill(blank(tmp_path), {"H8": "Chưa có số liệu", "G9": 3, "H9": "Chưa có số liệu"})
    [row] = read_workbook(path)
    assert faults(row) == [(9, "state", RowFault.STATE_CONTRADICTED)]


def test_what_is_no_number_is_said_where_it_stands(tmp_path: Path) -> None:
    path = fill(blank(tmp_path), {"D8": "mười hai", "F8": 40, "H9": "Chưa có số liệu"})
    [row] = read_workbook(path)
    assert faults(row) == [(8, "numerator", RowFault.NUMBER_UNREADABLE)]


def test_each_facility_is_a_line_of_its_own(tmp_path: Path) -> None:
    stations = tuple(
        replace(COUNT, facility=f"hn.tram-y-te.{code}", facility_name=f"Trạm {code}")
        for code in ("00004", "00008")
    )
    path = fill(blank(tmp_path, replace(FORM, lines=stations)), {"G8": 1, "G9": 2})
    assert [(figures(row)["facility"], row.cells["value"]) for row in read_workbook(path)] == [
        ("hn.tram-y-te.00004", "1"),
        ("hn.tram-y-te.00008", "2"),
    ]


def test_labels_that_were_altered_change_nothing(tmp_path: Path) -> None:
    """Who the figures are of, and for when, is what the hub wrote; headings may say anything."""
    path = fill(
        blank(tmp_path),
        {"A2": "Địa bàn: Phường Hoàn Kiếm", "A3": "Kỳ 2026-01", "B9": "Khác", "G6": "x", "G9": 7},
    )
    row = next(row for row in read_workbook(path) if row.line == 9)
    assert figures(row) == {"indicator": COUNT.indicator, **PLACE, "value": "7"}


def test_a_workbook_of_somebody_elses_making_is_none(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["indicator", "numerator", "denominator", "value", "state"],
        ["x", 1, 2, None, ""],
    ]
    books: tuple[Mapping[str, Sequence[Sequence[object]]], ...] = (
        {ENTRY_SHEET: rows},
        {ENTRY_SHEET: rows, IDENTITY_SHEET: [["muc", "noi-dung"], ["layout", "hub.form.0"]]},
        {ENTRY_SHEET: rows, IDENTITY_SHEET: [["muc", "noi-dung"], ["layout", "hub.form.1"]]},
        {ENTRY_SHEET: rows, IDENTITY_SHEET: [["a", "b"]]},
    )
    for sheets in books:
        path = write_book(tmp_path / "other.xlsx", sheets)
        with pytest.raises(NotAFormError):
            read_identity(path)


def test_a_form_is_taken_of_the_agency_that_it_was_made_for(tmp_path: Path) -> None:
    """Through another's source its figures would be that one's, too."""
    path = fill(blank(tmp_path), {"G6": 7})
    read = knowing_forms(unasked)
    assert list(read(path, Format.XLSX, ReadOptions(forms_of=FORM.agency)))
    with pytest.raises(FormOfAnotherError, match=FORM.agency):
        list(read(path, Format.XLSX, ReadOptions(forms_of="hn.so-y-te")))


def test_a_form_is_taken_as_long_as_it_asks_the_same(tmp_path: Path) -> None:
    """Of a facility that opened or closed since, each row is judged for itself."""
    path = fill(blank(tmp_path), {"G6": 7})
    read = knowing_forms(unasked)
    lines = [replace(line, facility=name) for line in FORM.lines for name in ("a", "b")]
    same = replace(FORM, lines=tuple(lines)).version
    assert list(read(path, Format.XLSX, ReadOptions(forms={FORM.code: same})))
    others = [
        replace(FORM, lines=(RATE, replace(COUNT, unit="percent"), LOOSE)),
        replace(FORM, lines=(RATE, COUNT, replace(LOOSE, is_compulsory=True))),
        replace(FORM, lines=(RATE, COUNT)),
    ]
    for forms in ({}, *({FORM.code: other.version} for other in others)):
        with pytest.raises(FormOutdatedError):
            list(read(path, Format.XLSX, ReadOptions(forms=forms)))


def test_only_the_hubs_own_workbooks_are_read_as_such(tmp_path: Path) -> None:
    """Whatever else comes is read as it was; so is what is no workbook at all."""
    asked: list[Path] = []

    def read(path: Path, _: Format, __: ReadOptions) -> list[SourceRow]:
        asked.append(path)
        return []

    opened = knowing_forms(read)
    form = fill(blank(tmp_path), {"G9": 7, "H8": "Chưa có số liệu"})
    assert [row.cells["value"] for row in opened(form, Format.XLSX, ReadOptions())] == ["7"]
    other = write_book(tmp_path / "other.xlsx", {"Trang": [["indicator", "value"]]})
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(form.read_bytes()[:2000])
    text = tmp_path / "text.xlsx"
    text.write_text("indicator,value", encoding="utf-8")
    for path in (other, torn, text):
        assert list(opened(path, Format.XLSX, ReadOptions())) == []
    assert list(opened(form, Format.CSV, ReadOptions())) == []
    assert asked == [other, torn, text, form]


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({"H9": "Nguyễn Văn An 001099012345", "G9": 7}, PersonsDeliveredError),
        ({"A2": "MẬT", "G9": 7}, MarkedDeliveryError),
    ],
)
def test_what_guards_deliveries_guards_forms(
    tmp_path: Path, cells: dict[str, int | str], refusal: type[DeliveryRefusedError]
) -> None:
    """Wherever it was typed; and the refusal does not repeat it."""
    with pytest.raises(refusal) as refused:
        list(read_workbook(fill(blank(tmp_path), cells)))
    assert "001099012345" not in str(refused.value)


def test_a_form_s_rows_name_its_calendar(tmp_path: Path) -> None:
    """The labels of periods are the same in each."""
    for calendar in ("calendar", "nd-09-2019"):
        path = fill(blank(tmp_path, replace(FORM, calendar=calendar)), {"G9": 3})
        [row] = [row for row in read_workbook(path) if not row.troubles]
        assert (row.cells["period"], row.calendar) == ("2026-09", calendar)


def test_a_marked_workbook_says_beside_the_cell_what_is_wrong(tmp_path: Path) -> None:
    """What was typed is still there; corrected, the same workbook is taken."""
    path = fill(blank(tmp_path), {"D8": "mười hai", "F8": 40, "H9": "Chưa có số liệu"})
    marks = [*marks_of(read_workbook(path)), Mark(10, "value", "Chỉ tiêu này không có giá trị.")]
    marked = tmp_path / "marked.xlsx"
    marked.write_bytes(mark(FORM, path, [*marks, Mark(99, "", "Dòng lạ.")]))

    assert comments_of(marked) == [
        ("D8", "Tử số: thấy “mười hai”, cần một số, viết bằng chữ số."),
        ("G10", "Chỉ tiêu này không có giá trị."),
    ]
    workbook = CalamineWorkbook.from_path(marked)
    listed = workbook.get_sheet_by_name(MARKS_SHEET).to_python()
    assert [row[0] for row in listed] == ["Dòng", "8", "10", ""]
    assert listed[3][2] == "Dòng 99: Dòng lạ."
    entry = workbook.get_sheet_by_name(ENTRY_SHEET).to_python()
    assert entry[4][0] == "Có 3 chỗ cần sửa: các ô nền đỏ, lý do ở cột “Cần sửa”."
    assert entry[7][3:8] == ["mười hai", "Tổng số", 40.0, "", ""]
    assert str(entry[7][8]).startswith("Tử số: thấy “mười hai”")

    fill(marked, {"D8": 12})
    [row] = read_workbook(marked)
    assert figures(row) == {
        "indicator": RATE.indicator,
        **PLACE,
        "numerator": "12",
        "denominator": "40",
    }


def test_a_batch_marks_what_it_did_not_take() -> None:
    """What was taken with a warning is nothing to correct."""
    told = ReportedRow(None, 8, "numerator", "x", "một số", "NUMBER_UNREADABLE", "rejected", ("a",))
    warned = ReportedRow(None, 9, "value", "7", None, "QUALITY_OUTLIER", "warned", ())
    bare = ReportedRow(None, 10, None, None, None, "ROW_TWICE", "held", ())
    assert list(marks_of_batch([told, warned, bare])) == [
        Mark(8, "numerator", "Thấy “x”, cần một số, có thể là a (NUMBER_UNREADABLE)"),
        Mark(10, "", "ROW_TWICE"),
    ]


def test_what_was_typed_is_never_run(tmp_path: Path) -> None:
    """A formula's text stays a text in the marked workbook."""
    path = fill(blank(tmp_path), {"D8": '=HYPERLINK("http://x")', "G9": "@x"})
    marked = tmp_path / "marked.xlsx"
    marked.write_bytes(mark(FORM, path, []))
    assert b"<f>" not in parts_of(marked)["xl/worksheets/sheet1.xml"]
    assert io.BytesIO(marked.read_bytes()).getbuffer().nbytes > 0
    entry = CalamineWorkbook.from_path(marked).get_sheet_by_name(ENTRY_SHEET).to_python()
    assert entry[7][3] == '=HYPERLINK("http://x")'
