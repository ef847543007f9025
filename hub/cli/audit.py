"""``hub audit``: the audit trail, looked at by whoever runs the hub."""

from __future__ import annotations

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
) -> None:
    """Check the whole chain; name the first entry that is not as it was kept, and fail."""
    from hub.cli.trails import verify_trail
    from hub.settings import read_settings

    found = verify_trail(read_settings(), heads)
    print(f"Nhật ký nguyên vẹn: {found.entries} bản ghi, {found.heads} đầu chuỗi đã ký khớp.")
    if found.signed_to < found.entries:
        print(f"Từ bản ghi số {found.signed_to + 1} chưa có chữ ký xác nhận.")
    if heads is None:
        print("Đuôi bị cắt chỉ phát hiện được với --heads: đầu chuỗi lưu ngoài cơ sở dữ liệu.")
