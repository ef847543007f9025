"""What a hub needs, looked at in the order in which one thing rests on another."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select

from hub.access.principal import PUBLIC, Principal
from hub.access.readers import Reader
from hub.cli.installation import open_existing_server, prepare_home
from hub.database.condition import inspect
from hub.database.engine import Database
from hub.database.errors import NotMigratedError, ServerTooOldError
from hub.database.migrate import OLDEST_SERVER
from hub.database.transaction import Mode, begin
from hub.errors import HubError, Language
from hub.model.measurement import indicator
from hub.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of *subject*; unwell, the words say what to do."""

    subject: str
    words: str
    is_well: bool = True


def examine() -> Iterator[Finding]:
    """Yield a finding for each thing; the first that is unwell is the last."""
    subject = "Cấu hình"
    try:
        settings = read_settings()
        home = settings.home.absolute()
        yield Finding(subject, f"PORT={settings.port}, HUB_HOME={home}")

        subject = "Thư mục dữ liệu"
        if home.exists() or settings.database_url is not None:
            prepare_home(home)
        with ExitStack() as stack:
            address = stack.enter_context(open_existing_server(settings))
            yield Finding(subject, f"ghi được {home}")

            subject = "PostgreSQL"
            condition = asyncio.run(inspect(address))
            if condition.major < OLDEST_SERVER:
                raise ServerTooOldError(
                    address=address.place, found=condition.major, needed=OLDEST_SERVER
                )
            yield Finding(subject, f"phiên bản {condition.server} tại {address.place}")

            subject = "Lược đồ"
            if condition.revision != condition.head:
                raise NotMigratedError
            yield Finding(subject, f"phiên bản {condition.revision}")

            subject = "Vai trò"
            indicators = asyncio.run(_enter_as_everybody(address))
            yield Finding(subject, ", ".join(Reader))

            subject = "Dữ liệu gốc"
            if indicators:
                yield Finding(subject, f"{indicators} chỉ tiêu")
            else:
                yield Finding(subject, "chưa nạp: hãy chạy “hub ingest reference”", is_well=False)
    except HubError as error:
        yield Finding(subject, error.sentence(Language.VI), is_well=False)


async def _enter_as_everybody(address: Address) -> int:
    """Enter the database as each kind of reader; return how many indicators there are."""
    async with Database(address, connections=1) as database:
        for reader in Reader:
            async with begin(database, Principal(reader), Mode.READ) as transaction:
                await transaction.fetch(select(literal(1)))
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            count = select(func.count()).where(~indicator.c.synthetic)
            [[indicators]] = await transaction.fetch(count)
    return int(indicators)
