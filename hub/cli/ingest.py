"""``hub ingest``: data from a source: the programme's own, or what a registered source delivers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hub.errors import HubError

if TYPE_CHECKING:
    from hub.ingest.batch.reports import BatchReport

REFERENCE: Final = "reference"


class FileNeededError(HubError):
    """A delivery is announced, and no file is named."""

    code = "DELIVERY_FILE_NEEDED"
    vi = "Hãy nêu tệp cần nạp cho nguồn “{source}”: hub ingest {source} TỆP."
    en = "Name the file that “{source}” delivers: hub ingest {source} FILE."


def ingest(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="Nguồn: reference (dữ liệu gốc), hoặc mã một nguồn đã đăng ký.",
        ),
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="Tệp hay thư mục để nạp; bỏ trống: với reference là dữ liệu đi kèm hub, với nguồn "
            "khai báo trong HUB_SOURCES là lấy số liệu mới từ nguồn đó.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar="", help="Kiểm tra và báo cáo, không ghi gì.")
    ] = False,
    marked: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Với biểu của hub: ghi lại biểu với các chỗ cần sửa được đánh dấu, nếu có.",
        ),
    ] = None,
    may_shrink: Annotated[
        bool,
        typer.Option(
            "--may-shrink",
            metavar="",
            help="So sánh ngay toàn bộ một cơ sở dữ liệu nguồn và rút lại những gì không còn ở đó, "
            "dù mất nhiều dòng (SOURCE_SHRANK); hãy hỏi đơn vị chủ quản trước. Ví dụ: hub ingest "
            "hn.so-y-te.cho-dieu-tri --may-shrink.",
        ),
    ] = False,
) -> int:
    """Load *file* as *source* says, and report what it changed; a refused batch is a failure."""
    from hub.settings import read_settings

    if source == REFERENCE:
        from hub.cli.loads import load, show_report

        show_report(load(read_settings(), file, dry_run=dry_run), dry_run=dry_run)
        return 0
    from hub.cli.delivering import deliver, show_batch

    if may_shrink:
        from hub.cli.fetched import compare
        from hub.ingest.fetching import NotComparedError

        if file is not None or dry_run:
            raise NotComparedError(source=source)
        return _show(compare(read_settings(), source))
    if file is None:
        from hub.cli.fetched import fetch

        reports = None if dry_run else fetch(read_settings(), source)
        if reports is None:
            raise FileNeededError(source=source)
        return _show(reports)
    report = deliver(read_settings(), source, file, dry_run=dry_run)
    show_batch(report, dry_run=dry_run)
    if marked is not None and report.counts.held + report.counts.rejected:
        from hub.cli.templates import write_marked

        write_marked(read_settings(), file, report.rows, out=marked)
    return 1 if report.status == "refused" else 0


def _show(reports: list[BatchReport]) -> int:
    """Write what became of each batch that was fetched; a refused one is a failure."""
    from hub.cli.delivering import show_batch

    for report in reports:
        show_batch(report, dry_run=False)
    return 1 if any(report.status == "refused" for report in reports) else 0
