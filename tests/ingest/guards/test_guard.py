"""Persons and secrets do not enter, and are not repeated where they are refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hub.errors import Language
from hub.ingest.delivered import DeliveryRefusedError, RowFault, SourceRow
from hub.ingest.formats import Format, Limits, ReadOptions, read_rows
from hub.ingest.formats.workbook import open_workbook
from hub.ingest.guards import Guard, is_marked
from tests.ingest.formats.books import write_book, xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

FIGURES = frozenset({"numerator", "denominator", "value"})


def guard() -> Guard:
    return Guard(FIGURES, longest=4_000)


def refusal_of(*rows: dict[str, str]) -> DeliveryRefusedError | None:
    looking = guard()
    try:
        for line, cells in enumerate(rows, 1):
            looking.take(SourceRow(None, line, cells))
        looking.end()
    except DeliveryRefusedError as error:
        return error
    return None


PERSONS: list[dict[str, str]] = [
    {"area": "00004", "disaggregation": "001099012345"},
    {"area": "00004", "disaggregation": "001 099 012 345"},
    {"area": "00004", "note": "CCCD 001099012345 cấp 2021"},
    {"area": "00004", "note": "0912345678"},
    {"area": "00004", "note": "gọi 0912.345.678"},
    {"area": "00004", "note": "+84 91 234 5678"},
    {"area": "00004", "note": "hai.nv@example.vn"},
    {"area": "00004", "note": "Số nhà 12 ngõ 34 phố Huế"},
    {"area": "00004", "note": "ngõ 102 Trường Chinh"},
    {"area": "00004", "note": "số 12 đường Láng"},
    {"area": "00004", "Họ và tên": "Nguyễn Văn A"},
    {"area": "00004", "HỌ TÊN": "x"},
    {"area": "00004", "Số CCCD": "1"},
    {"area": "00004", "CMND/CCCD": "1"},
    {"area": "00004", "so dien thoai": "1"},
    {"area": "00004", "Điện thoại liên hệ": "1"},
    {"area": "00004", "Ngày sinh": "1/1/1990"},
    {"area": "00004", "Năm sinh": "1990"},
    {"area": "00004", "Địa chỉ thường trú": "Ba Đình"},
    {"area": "00004", "Nơi ở hiện nay": "Ba Đình"},
    {"area": "00004", "Quê quán": "Hà Nam"},
    {"area": "00004", "full_name": "x"},
    {"area": "00004", "a": "Nguyễn Văn Hải", "b": "012345678"},
    {"area": "00004", "a": "TRẦN THỊ HOA", "b": "12/03/1988"},
    {"area": "00004", "Trần Thị Hoa 0912345678": "1"},
    {"area": "00004", "ho_ten": "x"},
    {"area": "00004", "hoTen": "x"},
    {"area": "00004", "hoten": "x"},
    {"area": "00004", "benhNhan.hoVaTen": "x"},
    {"area": "00004", "ten_doi_tuong": "x"},
    {"area": "00004", "so_cccd": "1"},
    {"area": "00004", "soCCCD": "1"},
    {"area": "00004", "so_dien_thoai": "1"},
    {"area": "00004", "phoneNumber": "1"},
    {"area": "00004", "nam_sinh": "1990"},
    {"area": "00004", "Sinh năm": "1990"},
    {"area": "00004", "dateOfBirth": "x"},
    {"area": "00004", "dia_chi": "Ba Đình"},
    {"area": "Nguyễn Văn Hải", "note": "12/03/1988"},
    {"area": "Nguyễn Văn Hải", "note": "1988-03-12", "reported": "2026-10-01"},
    {"area": "Nguyễn Văn Hải", "note": "012345678"},
]


@pytest.mark.parametrize("cells", PERSONS)
def test_what_is_about_a_person_refuses_the_delivery(cells: dict[str, str]) -> None:
    """It is said what kind of thing and where, never what it was."""
    refusal = refusal_of({"area": "00008", "value": "1"}, cells)
    assert refusal is not None
    assert refusal.code == "PERSONS_REFUSED"
    for language in Language:
        said = refusal.sentence(language)
        assert not any(len(cell) > 4 and cell in said for cell in cells.values())
        assert "0912345678" not in said


def test_a_column_of_names_is_a_list_of_persons() -> None:
    """Whatever its heading; a ward that bears somebody's name is none."""
    people = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Vũ Minh Đức"]
    refusal = refusal_of(*({"Tên": name, "value": "1"} for name in people))
    assert refusal is not None
    assert refusal.code == "PERSONS_REFUSED"
    wards = ["Phan Chu Trinh", "Hàng Bạc", "Lê Đại Hành", "Tràng Tiền", "Cửa Đông", "Hàng Mã"]
    assert refusal_of(*({"Tên": name, "value": "1"} for name in wards)) is None
    assert refusal_of(*({"area": name, "value": "1"} for name in people)) is None


FIGURE_ROWS: list[dict[str, str]] = [
    {"indicator": "hn.da5.tu-van", "area": "00004", "period": "2026-09", "value": "150000000"},
    {"area": "Lê Đại Hành", "value": "123456789"},
    {"area": "Phường Ba Đình, quận Ba Đình", "value": "0.0912345678"},
    {"area": "00004", "version": "2026-09-30T08:15:30.123456+07:00", "value": "1"},
    {"area": "00004", "version": "20260930", "value": "912345678901"},
    {"area": "00004", "closed_on": "2026-09-30", "Số người có CCCD": "12"},
    {"area": "00004", "Tổng số người nghiện": "12", "Số người được cấp số điện thoại": "3"},
    {"area": "00004", "Họ và tên": "", "value": "1"},
    {"facility": "demo.tram-y-te.00004", "disaggregation": "nu|18-29", "value": "3"},
    {"area": "Lê Đại Hành", "reported_on": "2026-09-30", "value": "3"},
    {"area": "Lê Đại Hành", "value": "123456789", "version": "2009-09-30"},
    {"area": "00004", "so_nguoi_co_cccd": "12", "soNguoiNghien": "3", "ho_so": "4"},
    {"ward.code": "00004", "ngay_bao_cao": "2026-09-30", "so_luong": "3"},
    {"Nguồn vốn": "Ngân sách thành phố", "Kinh phí": "123456000", "Quận": "Hoàng Mai"},
]


@pytest.mark.parametrize("cells", FIGURE_ROWS)
def test_figures_are_no_persons(cells: dict[str, str]) -> None:
    """Amounts, codes, times, wards called after people, columns that were left empty."""
    assert refusal_of(*[dict(cells) for _ in range(30)]) is None


@pytest.mark.parametrize(
    "line",
    [
        '{"value": 1, "person": {"a": "Nguyễn Văn Hải", "b": "12/03/1988"}}',
        '{"value": 1, "list": [{"x": 1}, {"a": "Nguyễn Văn Hải", "b": "12/03/1988"}]}',
        '{"value": 1, "list": ["Nguyễn Văn Hải", "12/03/1988"]}',
        '{"value": 1, "person": {"hoTen": "x"}}',
        '{"value": 1, "person": {"name": {"ho_ten": "x"}}}',
        '{"value": 1, "note": {"text": "Mật"}}',
        '{"value": 1, "deep": [[[["0912345678"]]]]}',
        '["Nguyễn Văn Hải", "12/03/1988"]',
        '{"a": "Nguyễn Văn Hải", "a": "Lê Thị Hoa", "b": "12/03/1988"}',
    ],
)
def test_what_is_nested_is_looked_at_too(tmp_path: Path, line: str) -> None:
    """No row comes of it, but it is kept as it was sent."""
    path = tmp_path / "delivery"
    path.write_text(line, "utf-8")
    with pytest.raises(DeliveryRefusedError) as caught:
        list(read_rows(path, Format.NDJSON, ReadOptions()))
    assert caught.value.code in {"PERSONS_REFUSED", "MARKING_REFUSED"}
    assert "Hải" not in str(caught.value)


def test_what_is_nested_and_about_nobody_costs_its_own_row_alone(tmp_path: Path) -> None:
    """However much there is of it."""
    deep = [[{f"k{key}": "Lê Đại Hành", "n": 7} for key in range(9)] * 30, list(range(500))]
    path = tmp_path / "delivery"
    path.write_text(json.dumps({"value": 1, "deep": deep}) + '\n{"value": 2}\n', "utf-8")
    first, second = read_rows(path, Format.NDJSON, ReadOptions())
    assert [trouble.code for trouble in first.troubles] == [RowFault.ROW_UNREADABLE]
    assert second.troubles == ()


def test_what_a_constant_covers_is_looked_at_too(tmp_path: Path) -> None:
    """It is kept as it was sent; what is wrong with it otherwise does not matter."""
    options = ReadOptions(constants={"area": "00004", "period": "2026-09"})
    path = tmp_path / "delivery"
    for cell in ("0912345678", "Độ mật: Mật"):
        path.write_text(f"area,period,value\n{cell},2026-09,1\n", "utf-8")
        with pytest.raises(DeliveryRefusedError):
            list(read_rows(path, Format.CSV, options))
    path.write_text("area,period,value\n=A1,tháng trước,1\n", "utf-8")
    [row] = read_rows(path, Format.CSV, options)
    assert (row.cells, row.troubles) == (
        {"area": "00004", "period": "2026-09", "value": "1"},
        (),
    )


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "Mật",
        "mật",
        "(MẬT)",
        "TỐI MẬT",
        "Tối mật",
        "TUYỆT MẬT",
        "MAT",
        "TOI MAT",
        "tuyet mat",
        "Độ mật: Mật",
        "ĐỘ MẬT: TỐI MẬT",
        "do mat: mat",
        "TÀI LIỆU MẬT",
        "BÁO CÁO MẬT - THÁNG 9",
        "Báo cáo tuyệt mật về địa bàn",
        "&C&BTỐI MẬT",
        "BAO CAO TOI MAT THANG 9",
    ],
)
def test_a_marking_is_known_however_it_is_written(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "mật độ dân số",
        "MẬT ĐỘ DÂN SỐ",
        "bí mật",
        "BẢO MẬT THÔNG TIN",
        "mật khẩu",
        "Bộ mặt đô thị",
        "có mặt",
        "tốc độ mất mát",
        "toi mat viec",
        "Độ mật: Thường",
        "Số người có mặt",
        "thư mật mã",
    ],
)
def test_other_words_are_no_marking(text: str) -> None:
    """Density, passwords, faces, losses."""
    assert not is_marked(text)


def marked_header(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.set_header("&C&BTỐI MẬT")
        sheet.write_row(0, 0, ["area", "value"])


def marked_property(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Báo cáo tối mật"})
        book.add_worksheet().write_row(0, 0, ["area", "value"])


def marked_stamp(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["area", "value"])
        sheet.insert_textbox(4, 4, "MẬT")


def marked_hidden_sheet(path: Path) -> None:
    write_book(path, {"Số liệu": [("area", "value")], "Phụ lục": [(None, "Độ mật: Mật")]})


def marked_title(path: Path) -> None:
    write_book(path, {"Số liệu": [("MẬT",), ("area", "value"), ("00004", 1)]})


def marked_note(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["area", "value"])
        sheet.write_comment(0, 0, "TỐI MẬT")


@pytest.mark.parametrize(
    "write",
    [
        marked_header,
        marked_property,
        marked_stamp,
        marked_hidden_sheet,
        marked_title,
        marked_note,
    ],
)
def test_a_workbook_is_marked_wherever_the_marking_stands(tmp_path: Path, write: object) -> None:
    """Header, properties, a drawn stamp, another sheet, a title, a note."""
    path = tmp_path / "delivery"
    assert callable(write)
    write(path)
    with pytest.raises(DeliveryRefusedError) as caught:
        list(read_rows(path, Format.XLSX, ReadOptions()))
    assert caught.value.code == "MARKING_REFUSED"


def test_a_marking_in_a_text_file_refuses_it(tmp_path: Path) -> None:
    """Above the table, in it, or below it."""
    for text in (
        "MẬT\narea,value\n1,2\n",
        "area,value,note\n1,2,Tối mật\n",
        "area,value\n1,2\n,,\nMẬT\n",
    ):
        path = tmp_path / "delivery"
        path.write_text(text, "utf-8")
        with pytest.raises(DeliveryRefusedError) as caught:
            list(read_rows(path, Format.CSV, ReadOptions()))
        assert caught.value.code == "MARKING_REFUSED"


def test_a_list_of_persons_on_a_sheet_that_is_not_read_refuses_the_workbook(tmp_path: Path) -> None:
    """What was sent is kept as it was sent: all of it."""
    path = tmp_path / "delivery"
    people = [("STT", "Họ và tên"), (1, "Nguyễn Văn A")]
    write_book(path, {"Số liệu": [("area", "value"), ("00004", 1)], "Danh sách": people})
    with pytest.raises(DeliveryRefusedError) as caught:
        list(read_rows(path, Format.XLSX, ReadOptions()))
    assert caught.value.code == "PERSONS_REFUSED"


def test_a_workbook_that_was_opened_tells_its_sheets(tmp_path: Path) -> None:
    """Rows begin at the first column whatever the first used cell is, and know their line."""
    path = tmp_path / "delivery"
    write_book(path, {"A": [(), (None, "x", 1.5)], "B": []})
    with open_workbook(path, Limits(), guard()) as book:
        assert book.sheets == book.visible_sheets == ("A", "B")
        assert list(book.rows("A")) == [(1, ["", "", ""]), (2, ["", "x", "1.5"])]
        assert list(book.rows("B")) == []
