"""``hub ingest``: data from a source, all of it or nothing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Source(StrEnum):
    """Where data may come from."""

    REFERENCE = "reference"


def ingest(
    source: Annotated[
        Source, typer.Argument(metavar="SOURCE", help="Nguồn: reference (dữ liệu gốc).")
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="Tệp hay thư mục để nạp; với reference, bỏ trống là dữ liệu đi kèm hub.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar="", help="Kiểm tra và báo cáo, không ghi gì.")
    ] = False,
) -> None:
    """Load *file* as *source* says, and report what it changed."""
    from hub.cli.loads import load, show_report
    from hub.settings import read_settings

    match source:
        case Source.REFERENCE:
            show_report(load(read_settings(), file, dry_run=dry_run), dry_run=dry_run)
