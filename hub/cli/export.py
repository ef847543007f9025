"""``hub export``: a dataset to take away."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a dataset may be written."""

    CSV = "csv"


class Header(StrEnum):
    """What the header calls the columns."""

    CODE = "code"
    VI = "vi"


def export(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="Ví dụ: observations.")],
    form: Annotated[Format, typer.Option("--format", metavar="csv", help="Định dạng.")],
    header: Annotated[
        Header, typer.Option(metavar="code|vi", help="Hàng tiêu đề: mã cột hoặc tiếng Việt.")
    ] = Header.CODE,
    reader: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="AGENCY",
            help="Kết xuất trong quyền của cơ quan này; public là công chúng. "
            "Bản phát triển mặc định là hn.cong-an.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Tệp để ghi; bỏ trống là in ra.")
    ] = None,
) -> None:
    """Write the rows of *dataset* that *reader* may see to *out*."""
    from hub.cli.extracts import write_extract
    from hub.settings import read_settings

    match form:
        case Format.CSV:
            write_extract(read_settings(), dataset, header=header, reader=reader, out=out)
