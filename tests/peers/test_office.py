"""LibreOffice opens a form, an officer fills it in, and what it saves is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from hub.ingest.workbook import Mark, mark, read_identity, read_workbook
from hub.ingest.workbook.layout import IDENTITY_SHEET
from tests.ingest.workbook.books import COUNT, FORM, LOOSE, RATE, blank, fill, parts_of
from tests.peers.programs import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.peers

OFFICE: Final = shutil.which("soffice")


async def saved(path: Path, folder: Path) -> Path:
    """Return the workbook at *path* as LibreOffice saves it under the same name in *folder*."""
    # At the desk it may be missing, and is said to be; the gate installs it and takes no skip.
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = ("--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML")
    saved_in = folder / "saved"
    await run(OFFICE, profile, *words, "--outdir", saved_in, path, cwd=folder, HOME=str(folder))
    return saved_in / path.name


async def test_a_form_that_libreoffice_saved_is_read_like_any_other(tmp_path: Path) -> None:
    """Its figures, and what it says of itself, in the sheet that is hidden still."""
    path = await saved(fill(blank(tmp_path), {"D8": 12, "F8": 40, "G9": 7}), tmp_path)
    assert b"LibreOffice" in parts_of(path)["docProps/app.xml"]
    sheets = {
        sheet.name: sheet.visible for sheet in CalamineWorkbook.from_path(path).sheets_metadata
    }
    assert sheets[IDENTITY_SHEET] is not SheetVisibleEnum.Visible
    assert read_identity(path) == FORM.identity
    rows = [(row.line, row.cells, row.troubles) for row in read_workbook(path)]
    place = {"area": "00004", "period": "2026-09"}
    assert rows == [
        (8, {"indicator": RATE.indicator, **place, "numerator": "12", "denominator": "40"}, ()),
        (9, {"indicator": COUNT.indicator, **place, "value": "7"}, ()),
    ]


async def test_what_may_be_typed_is_still_bounded_and_labels_locked(tmp_path: Path) -> None:
    """The rules and the protection are in the file that LibreOffice writes, too."""
    entry = parts_of(await saved(blank(tmp_path), tmp_path))["xl/worksheets/sheet1.xml"].decode()
    assert "<sheetProtection " in entry
    assert entry.count('type="whole"') == 5
    assert entry.count('type="list"') >= 1


async def test_a_marked_form_is_opened_corrected_and_read(tmp_path: Path) -> None:
    sent = fill(blank(tmp_path), {"D10": "hai", "F10": 5, "G9": 7, "H8": "Chưa có số liệu"})
    marked = tmp_path / "marked.xlsx"
    marked.write_bytes(mark(FORM, sent, [Mark(10, "numerator", "Hãy nhập một số.")]))
    path = await saved(fill(marked, {"D10": 2}), tmp_path)
    assert read_identity(path) == FORM.identity
    rows = {row.cells["indicator"]: row for row in read_workbook(path)}
    assert set(rows) == {COUNT.indicator, LOOSE.indicator}
    assert rows[LOOSE.indicator].cells["numerator"] == "2"
    assert all(row.troubles == () for row in rows.values())
