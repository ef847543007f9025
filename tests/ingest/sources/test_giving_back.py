"""A form left in a folder is taken as one that is uploaded, and comes back where it is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hub.access.principal import LOADER
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop
from hub.ingest.connections import Connections, Folder
from hub.ingest.fetching import fetch_source
from hub.ingest.giving_back import CORRECTIONS
from hub.ingest.submissions import keep_submissions
from hub.ingest.workbook import load_form, read_identity, write_form
from hub.model.intake import batch
from tests.access.world import as_owner
from tests.ingest.batch.ground import NOW, WARD, figures, register
from tests.ingest.rows import fetch
from tests.ingest.workbook.books import comments_of, fill

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.workbook import Form

SOURCE = "thu.thu-muc"
FORM = "hn.da5.bieu-xa.thang"
RIGHT: dict[str, int | str] = {
    "G8": 5,
    "D9": 1,
    "F9": 2,
    "D10": 1,
    "F10": 2,
    "G11": 3,
    "G13": 4,
}


class Dropping:
    """A ward that leaves files in its folder, and a hub that takes them."""

    def __init__(self, database: Database, home: Path, form: Form) -> None:
        self.form = form
        self.folder = home / "drops"
        self.folder.mkdir()
        described = Folder(kind="folder", path=self.folder, quiet_seconds=0)
        self.connections = Connections(home, {SOURCE: described})
        moment = datetime(2027, 1, 1, tzinfo=UTC)
        self.shop = Workshop(database, Deliveries.of(home), lambda: moment)

    def leave(self, **cells: int | str) -> None:
        """Leave the form with what was typed into it."""
        path = self.folder / "bieu.xlsx"
        path.write_bytes(write_form(self.form))
        fill(path, cells)

    async def take(self) -> BatchReport:
        """Return what came of the one file that was left."""
        [report] = await fetch_source(self.shop, self.connections, SOURCE)
        return report

    @property
    def back(self) -> list[Path]:
        """Return what came back."""
        return sorted((self.folder / CORRECTIONS).glob("*"))


@pytest.fixture
async def ward(undemonstrated: Database, tmp_path: Path) -> Dropping:
    await keep_submissions(undemonstrated, lambda: NOW)
    form = await load_form(undemonstrated, LOADER, form=FORM, period="2026-09", ward=WARD)
    asked = sorted({line.indicator for line in form.lines})
    await register(undemonstrated, SOURCE, indicators=asked)
    return Dropping(undemonstrated, tmp_path, form)


async def test_a_form_left_in_a_folder_is_a_draft(ward: Dropping) -> None:
    """Though the source is no workbook's; what is wrong comes back marked until it is corrected."""
    ward.leave(**{**RIGHT, "D9": 7, "G11": "ba"})
    report = await ward.take()
    assert (report.status, report.counts.rejected) == ("done", 2)
    [marked] = ward.back
    assert marked.name == "bieu.xlsx"
    assert read_identity(marked) == ward.form.identity
    places = {place for place, _ in comments_of(marked)}
    assert "G11" in places
    assert places & {"D9", "F9"}
    fill(marked, {"D9": 1, "G11": 3}).rename(ward.folder / "bieu.xlsx")
    report = await ward.take()
    assert (report.rows, report.counts.new, report.counts.unchanged) == ((), 2, 3)
    assert ward.back == []
    said = select(batch.c.channel, batch.c.format, batch.c.enters_as).distinct()
    assert await fetch(ward.shop.database, said) == [("folder", "xlsx", "draft")]
    assert {row[7] for row in await figures(ward.shop.database)} == {"draft"}


async def test_a_form_that_has_changed_comes_back_as_it_is_by_now(ward: Dropping) -> None:
    """With what was entered, and the reason in a sentence; nothing of it was taken."""
    ward.leave(**RIGHT)
    async with as_owner(ward.shop.database.address) as owner:
        await owner.execute(
            "UPDATE form_cell SET is_compulsory = NOT is_compulsory WHERE position = 1"
        )
    report = await ward.take()
    assert (report.status, report.refusal) == ("refused", "FORM_OUTDATED")
    assert report.sentence is not None
    assert report.sentence.startswith("Biểu đã thay đổi")
    said = select(batch.c.refusal, batch.c.refusal_sentence)
    assert await fetch(ward.shop.database, said) == [(report.refusal, report.sentence)]
    assert await figures(ward.shop.database) == []
    [renewed] = ward.back
    assert read_identity(renewed).version != ward.form.version
    renewed.rename(ward.folder / "bieu.xlsx")
    assert (await ward.take()).counts.new == 5


async def test_of_what_is_no_form_of_ones_own_it_is_said_what_is_wrong(ward: Dropping) -> None:
    """In words beside it, without what was refused; no link leads the hub out of the folder."""
    (ward.folder / "so-lieu.csv").write_text("indicator,area,period,value\nx,00004,2026-09,1\n")
    await ward.take()
    [words] = ward.back
    assert words.name == "so-lieu.csv.txt"
    assert words.read_text("utf-8").startswith("Dòng 2: Thấy “x”, cần mã một chỉ tiêu")
    (ward.folder / "so-lieu.csv").write_text("Họ và tên,value\nNguyễn Văn A,1\n")
    refused = await ward.take()
    assert (refused.status, refused.refusal) == ("refused", "PERSONS_REFUSED")
    assert "PERSONS_REFUSED" in words.read_text("utf-8")
    assert "Nguyễn" not in words.read_text("utf-8")
    elsewhere = ward.folder.parent / "elsewhere"
    elsewhere.mkdir()
    words.unlink()
    (ward.folder / CORRECTIONS).rmdir()
    (ward.folder / CORRECTIONS).symlink_to(elsewhere)
    (ward.folder / "so-lieu.csv").write_text("indicator,area,period,value\ny,00004,2026-09,1\n")
    assert (await ward.take()).counts.rejected == 1
    assert list(elsewhere.iterdir()) == []


async def test_a_file_that_cannot_be_read_is_told_of_once(
    ward: Dropping, caplog: pytest.LogCaptureFixture
) -> None:
    """In the log, and beside it; what lies in the same folder is taken."""
    (ward.folder / "bieu.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    ward.leave(**RIGHT)
    with caplog.at_level("WARNING"):
        assert (await ward.take()).counts.new == 5
    assert caplog.text.count("DELIVERY_FILE_KIND") == 1
    [words] = ward.back
    assert words.name == "bieu.xls.txt"
    assert ".xlsx" in words.read_text("utf-8")
    caplog.clear()
    assert await fetch_source(ward.shop, ward.connections, SOURCE) == []
    assert caplog.text == ""
