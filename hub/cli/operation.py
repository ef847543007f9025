"""``hub operation``: questions that the public and machines may ask, registered at once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Audience(StrEnum):
    """Whom an operation is for."""

    PUBLIC = "public"
    MACHINE = "machine"
    FEED = "feed"
    SCOPED = "scoped"
    STANDING = "standing"


def add_operation(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Tệp .graphql có đúng một câu hỏi, mang tên.", exists=True
        ),
    ],
    audience: Annotated[Audience, typer.Option("--for", help="Ai được hỏi.")],
    owner: Annotated[
        str, typer.Option(metavar="AGENCY", help="Cơ quan chịu trách nhiệm về câu hỏi.")
    ],
    until: Annotated[
        datetime, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Ngày cuối còn hiệu lực.")
    ],
) -> None:
    """Register the operation in *file*; a serving hub knows it at once."""
    from hub.cli.registration import register

    registered = register(file, audience=audience.value, owner=owner, until=until.date())
    print(f"Đã đăng ký {registered.name} cho {audience.value}, đến hết {until:%d/%m/%Y}.")
    print(registered.sha256)


def list_operations() -> None:
    """Say which operations are registered and in force."""
    from hub.cli.registration import registered

    for each in registered():
        until = f"{each.expires_at:%d/%m/%Y %H:%M %z}"
        print(
            f"{each.sha256}  {each.name}  cho {each.audience}  của {each.owner}  "
            f"đến {until}  ({each.added_by}, {each.added_at:%d/%m/%Y})"
        )


def end_operation(
    named: Annotated[str, typer.Argument(metavar="NAME", help="Tên hoặc mã SHA-256.")],
) -> None:
    """End the operation; hubs refuse it within seconds."""
    from hub.cli.registration import end

    print(f"Đã chấm dứt {end(named)} câu hỏi “{named}”.")
