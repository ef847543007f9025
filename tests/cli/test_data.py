"""``hub ingest``, ``hub export`` and ``hub doctor``, beside a hub that runs."""

from __future__ import annotations

import asyncio
import csv
import io
import shutil
from typing import TYPE_CHECKING

from hub.access.principal import WORKER
from hub.database.transaction import Mode, begin
from hub.ingest.reference import REFERENCE_FOLDER
from hub.ingest.workbook import read_identity
from hub.jobs.queueing import enqueue
from tests.access.world import as_owner
from tests.cli.commands import RunningHub, call, is_stopped
from tests.ingest.workbook.books import comments_of, fill

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database


def rows_of(out: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline="")))


def test_loading_the_same_data_again_changes_nothing(served: RunningHub) -> None:
    outcome = call("ingest", "reference", home=served.home)
    assert (outcome.code, outcome.err) == (0, "")
    assert "Không có gì thay đổi." in outcome.out


def test_a_dry_run_reports_and_writes_nothing(served: RunningHub, tmp_path: Path) -> None:
    folder = shutil.copytree(REFERENCE_FOLDER, tmp_path / "đã sửa")
    wards = folder / "wards.csv"
    text = wards.read_text(encoding="utf-8")
    wards.write_text(text.replace("Phường Ba Đình", "Phường Ba Đình Mới", 1), encoding="utf-8")
    for _ in range(2):
        outcome = call("ingest", "reference", str(folder), "--dry-run", home=served.home)
        assert outcome.code == 0, outcome
        [line] = [words.split() for words in outcome.out.splitlines() if words.startswith("area ")]
        assert line[1:3] == ["0", "1"]
        assert "chưa ghi gì" in outcome.out


def test_wrong_data_are_refused_with_line_and_column(served: RunningHub, tmp_path: Path) -> None:
    folder = shutil.copytree(REFERENCE_FOLDER, tmp_path / "sai")
    wards = folder / "wards.csv"
    lines = wards.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace("00004", "4", 1)
    wards.write_text("".join(lines), encoding="utf-8")
    outcome = call("ingest", "reference", str(folder), home=served.home)
    assert outcome.code == 1
    assert outcome.err.startswith("Lỗi DATA_REJECTED: ")
    assert "wards.csv, dòng 2" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_form_is_written_for_a_ward_and_a_period(served: RunningHub, tmp_path: Path) -> None:
    """Whole, or with a sentence why not."""
    file = tmp_path / "biểu.xlsx"
    words = ("template", "hn.da5.bieu-xa.thang", "--period", "2026-01")
    outcome = call(*words, "--ward", "00004", "-o", str(file), home=served.home)
    assert outcome.code == 0, outcome
    assert "biểu.xlsx" in outcome.err
    said = read_identity(file)
    assert (said.area, said.agency, said.period) == ("00004", "hn.ubnd-cap-xa.00004", "2026-01")
    for ward in ("99999", None):
        more = () if ward is None else ("--ward", ward)
        refused = call(*words, *more, "-o", str(tmp_path / "không.xlsx"), home=served.home)
        assert refused.err.startswith("Lỗi FORM_UNKNOWN: ")
    assert list(tmp_path.iterdir()) == [file]


def test_a_form_that_is_not_right_comes_back_marked(served: RunningHub, tmp_path: Path) -> None:
    """As a file beside the report; a dry run marks, too, and writes nothing else."""
    form, marked = tmp_path / "form.xlsx", tmp_path / "marked.xlsx"
    words = ("template", "hn.da5.bieu-xa.thang", "--period", "2026-02", "--ward", "00004")
    assert call(*words, "-o", str(form), home=served.home).code == 0
    fill(form, {"G8": "năm"})
    words = ("ingest", "push.hn.ubnd-cap-xa.00004", str(form), "--dry-run", "--marked", str(marked))
    outcome = call(*words, home=served.home)
    assert outcome.code == 0, outcome
    assert "marked.xlsx" in outcome.err
    assert "G8" in {place for place, _ in comments_of(marked)}
    assert read_identity(marked) == read_identity(form)


def test_an_export_is_the_standing_agencys_and_says_so(served: RunningHub, tmp_path: Path) -> None:
    file = tmp_path / "số liệu.csv"
    words = ("export", "observations", "--format", "csv", "--header", "vi", "--out", str(file))
    outcome = call(*words, home=served.home)
    assert (outcome.code, outcome.out) == (0, "")
    assert "hn.cong-an" in outcome.err
    header, *rows = rows_of(file.read_text(encoding="utf-8"))
    assert header[:2] == ["Dự án", "Mã chỉ tiêu"]
    assert {row[0] for row in rows} > {"hn.ctmtqg-2030.da5", "hn.ctmtqg-2030.da6"}
    assert list(tmp_path.iterdir()) == [file]


def test_an_export_stays_within_the_rights_of_whoever_is_named(served: RunningHub) -> None:
    words = ("export", "observations", "--format", "csv", "--as")
    health = call(*words, "hn.so-y-te", home=served.home)
    assert (health.code, health.err) == (0, "")
    assert {row[0] for row in rows_of(health.out)[1:]} == {
        "hn.ctmtqg-2030.da5",
        "hn.ctmtqg-2030.da6",
    }
    public = call(*words, "public", home=served.home)
    assert len(rows_of(public.out)) == 1


def test_an_export_that_cannot_be_is_told_why(served: RunningHub, tmp_path: Path) -> None:
    unknown = call("export", "rumours", "--format", "csv", home=served.home)
    assert unknown.err.startswith("Lỗi DATASET_UNKNOWN: ")
    stranger = call("export", "observations", "--format", "csv", "--as", "nobody", home=served.home)
    assert stranger.err.splitlines()[-1].startswith("Lỗi AGENCY_UNKNOWN: ")
    out = str(tmp_path / "nowhere" / "x.csv")
    words = ("export", "observations", "--format", "csv", "--as", "public", "--out", out)
    assert call(*words, home=served.home).err.startswith("Lỗi FILE_UNWRITABLE: ")


def test_the_doctor_finds_a_running_hub_well(served: RunningHub) -> None:
    outcome = call("doctor", home=served.home, HUB_ISSUER="")
    assert outcome.code == 0, outcome
    assert [line[0] for line in outcome.out.splitlines()] == ["✓"] * 13


async def test_the_doctor_says_when_nobody_does_what_is_queued(bare: Database, home: Path) -> None:
    async def said() -> str:
        url = bare.address.url
        return (await asyncio.to_thread(call, "doctor", home=home, HUB_DATABASE_URL=url)).out

    async with begin(bare, WORKER, Mode.WRITE) as transaction:
        await enqueue(transaction, "batch", "one")
    line = "Hàng đợi: 1 việc đang chờ, 0 việc không làm được"
    assert f"✓ {line}\n" in await said()
    async with as_owner(bare.address) as owner:
        await owner.execute("UPDATE jobs.pgqueuer SET created = created - interval '6 minutes'")
        assert f"✗ {line}: hãy xem “hub worker”" in await said()
        await owner.execute("UPDATE jobs.pgqueuer SET status = 'failed'")
        assert "✗ Hàng đợi: 0 việc đang chờ, 1 việc" in await said()


async def test_the_doctor_says_which_functions_and_triggers_were_changed(
    bare: Database, home: Path
) -> None:
    """And what to do: a statement where one puts it right, else to restore what was kept."""

    async def said() -> str:
        url = bare.address.url
        told = (await asyncio.to_thread(call, "doctor", home=home, HUB_DATABASE_URL=url)).out
        [line] = [line for line in told.splitlines() if "Hàm và trigger" in line]
        return line

    assert (await said()).startswith("✓ Hàm và trigger: ")
    async with as_owner(bare.address) as owner:
        await owner.execute("ALTER TABLE observation DISABLE TRIGGER figures_are_kept")
        line = await said()
        assert line.startswith("✗ Hàm và trigger: khác với khai báo ở 1 chỗ (figures_are_kept ON ")
        assert "observation bị tắt" in line
        assert line.endswith("ALTER TABLE observation ENABLE TRIGGER figures_are_kept")
        await owner.execute("ALTER FUNCTION hub_agency_id() SECURITY DEFINER")
        line = await said()
        assert "hub_agency_id() bị sửa" in line
        assert "sao lưu" in line


def test_the_doctor_says_whose_tokens_could_not_be_verified(served: RunningHub) -> None:
    outcome = call("doctor", home=served.home, HUB_ISSUER="https://127.0.0.1:1/realms/hub")
    assert outcome.code == 1
    (unwell,) = [line for line in outcome.out.splitlines() if line.startswith("✗")]
    assert "https://127.0.0.1:1/realms/hub" in unwell
    assert "SSL_CERT_FILE" in unwell


def test_the_doctor_says_what_to_do_where_nothing_was_set_up(home: Path) -> None:
    outcome = call("doctor", home=home)
    assert outcome.code == 1
    assert outcome.out.splitlines()[-1].startswith("✗ ")
    assert "make run" in outcome.out
    assert not home.exists()


def test_migrating_a_new_folder_makes_its_database_and_leaves_it_at_rest(home: Path) -> None:
    assert call("migrate", home=home).code == 0
    assert is_stopped(home)
