"""``hub audit``: the audit trail, looked at by whoever runs the hub."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer


def verify_audit(
    heads: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Thư mục đầu chuỗi đã ký, lấy từ nơi lưu giữ bên ngoài."
        ),
    ] = None,
    archives: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Thư mục các tệp lưu trữ: kiểm tra luôn cả chúng."),
    ] = None,
) -> None:
    """Check the whole chain; name the first entry that is not as it was kept, and fail."""
    from hub.cli.trails import verify_trail
    from hub.settings import read_settings

    found = verify_trail(read_settings(), heads, archives)
    print(f"Nhật ký nguyên vẹn: {found.entries} bản ghi, {found.heads} đầu chuỗi đã ký khớp.")
    if found.signed_to < found.entries:
        print(f"Từ bản ghi số {found.signed_to + 1} chưa có chữ ký xác nhận.")
    if not found.guarded_to:
        where = "" if heads is None and archives is None else " trong thư mục đã nêu"
        print(f"Không có đầu chuỗi nào lưu ngoài cơ sở dữ liệu{where}: đuôi bị cắt không phát hiện")
        print("được. Hãy nêu bằng --heads thư mục đầu chuỗi lấy từ nơi lưu giữ bên ngoài.")


def archive_audit(
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Thư mục để ghi tệp lưu trữ.")],
    before: Annotated[
        datetime,
        typer.Option(
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Chỉ các bản ghi trước ngày này, giờ Việt Nam.",
        ),
    ],
    heads: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Thư mục đầu chuỗi đã ký, nếu khóa ký đã đổi."),
    ] = None,
) -> None:
    """Write the oldest entries as a file that can be verified by itself; delete none."""
    from hub.cli.trails import archive_trail
    from hub.settings import read_settings

    written = archive_trail(read_settings(), to, before.date(), heads)
    print(f"Đã lưu trữ bản ghi {written.first}–{written.head.sequence}: {written.path}")
    print("Cơ sở dữ liệu vẫn giữ đủ. Kiểm tra: hub audit verify --archives " + str(to))
