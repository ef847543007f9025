"""A form to fill in, and an officer who fills it in."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from hub.ingest.workbook import Form, Line, write_form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RATE: Final = Line("hn.da5.tu-van", "Tỷ lệ được tư vấn", "percent", "Đã tư vấn", "Tổng số", True)
COUNT: Final = Line("hn.da5.so-nguoi", "Số người", "count", "Số người", None, True)
LOOSE: Final = Line("hn.da5.tap-huan", "Tỷ lệ tập huấn", "percent", "Đã học", "Tất cả", False)
FORM: Final = Form(
    code="hn.da5.bieu-xa.thang",
    name="Báo cáo tháng của phường, xã về Dự án 5",
    agency="hn.ubnd-cap-xa.00004",
    agency_name="UBND phường Ba Đình",
    area="00004",
    area_name="Phường Ba Đình",
    period="2026-09",
    calendar="calendar",
    starts_on=date(2026, 9, 1),
    ends_on=date(2026, 9, 30),
    due_on=date(2026, 10, 2),
    closes_on=date(2027, 10, 2),
    lines=(RATE, COUNT, LOOSE),
)
"""Its lines stand in rows 8, 9 and 10; D is the numerator, F the denominator, G the value, H what
the officer says of it."""

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def blank(folder: Path, form: Form = FORM) -> Path:
    """Return the empty workbook of *form*."""
    path = folder / form.file_name
    path.write_bytes(write_form(form))
    return path


def fill(path: Path, cells: Mapping[str, int | float | str]) -> Path:
    """Type *cells* into the first sheet of the workbook at *path*, as a program would save it."""
    ET.register_namespace("", _MAIN)
    parts = parts_of(path)
    sheet = ET.fromstring(parts["xl/worksheets/sheet1.xml"])  # noqa: S314 - we wrote it
    for cell in sheet.iter(f"{{{_MAIN}}}c"):
        typed = cells.get(cell.attrib["r"])
        if typed is None:
            continue
        cell.attrib.pop("t", None)
        for child in list(cell):
            cell.remove(child)
        if isinstance(typed, str):
            cell.attrib["t"] = "inlineStr"
            inline = ET.SubElement(cell, f"{{{_MAIN}}}is")
            ET.SubElement(inline, f"{{{_MAIN}}}t").text = typed
        else:
            ET.SubElement(cell, f"{{{_MAIN}}}v").text = repr(typed)
    parts["xl/worksheets/sheet1.xml"] = ET.tostring(sheet)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """Return the files that the workbook at *path* is made of."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def comments_of(path: Path) -> list[tuple[str, str]]:
    """Return the comments on cells of the workbook at *path*, with their place."""
    [name] = [name for name in parts_of(path) if re.fullmatch(r"xl/comments\d*\.xml", name)]
    root = ET.fromstring(parts_of(path)[name])  # noqa: S314 - we wrote it
    return [
        (each.attrib["ref"], "".join(each.itertext())) for each in root.iter(f"{{{_MAIN}}}comment")
    ]
