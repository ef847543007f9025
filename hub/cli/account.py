"""``hub account``: who may enter, and as whom."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Kind(StrEnum):
    """Who is behind an account."""

    PERSON = "person"
    MACHINE = "machine"
    FEED = "feed"


def add_account(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="Mã cơ quan, ví dụ hn.cong-an.")],
    issuer: Annotated[
        str,
        typer.Option(
            metavar="URL", help="Nơi cấp token, ví dụ https://id.hanoi.example/realms/hub."
        ),
    ],
    subject: Annotated[
        str, typer.Option(metavar="SUB", help="Định danh (sub) của người đó tại nơi cấp token.")
    ],
    kind: Annotated[Kind, typer.Option(help="Người, hệ thống, hay kênh báo cáo.")] = Kind.PERSON,
) -> None:
    """Let the bearer of *subject* at *issuer* act as *agency*."""
    import asyncio

    from hub.access.principal import LOADER
    from hub.cli.installation import open_existing_server
    from hub.cli.operator import operator
    from hub.clock import system_clock
    from hub.commands import add_account as act
    from hub.commands.acting import Act, recorded
    from hub.database.engine import Database
    from hub.settings import read_settings

    async def run() -> None:
        done = Act("addAccount", operator(), system_clock)
        async with (
            Database(address) as database,
            recorded(database, LOADER, done) as transaction,
        ):
            handle = await act.add_account(
                transaction, agency_code=agency, issuer=issuer, subject=subject, kind=kind.value
            )
            done.target = str(handle)

    with open_existing_server(read_settings()) as address:
        asyncio.run(run())
    print(f"Đã cấp tài khoản cho “{subject}” ({issuer}), thuộc cơ quan {agency}.")
