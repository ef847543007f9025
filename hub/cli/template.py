"""``hub template``: a form to fill in, as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def template(
    form: Annotated[
        str, typer.Argument(metavar="FORM", help="Mã biểu, ví dụ: hn.da5.bieu-xa.thang.")
    ],
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="Kỳ báo cáo: 2026-09, 2026-Q3, 2026.")
    ],
    ward: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Mã xã, phường; bỏ trống với biểu của một cơ quan."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Tệp để ghi; bỏ trống là tên của biểu."),
    ] = None,
) -> None:
    """Write *form* of *ward* for *period* to *out*."""
    from hub.cli.templates import write_template
    from hub.settings import read_settings

    write_template(read_settings(), form, period=period, ward=ward, out=out)
