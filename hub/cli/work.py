"""The worker's process: the queue of work and, unless a server beside it does, the audit trail."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final

from hub.cli.failures import say
from hub.cli.installation import PATIENCE_SECONDS, open_database_server, prepare_home
from hub.cli.logs import log_to_file, log_to_standard_error
from hub.cli.serving import ended_by_signal, run_until_signal
from hub.cli.trails import employ
from hub.cli.workshop import connections_of, workshop_of
from hub.clock import system_clock
from hub.database.engine import Database
from hub.ingest.batch_work import batch_kind, chores
from hub.ingest.fetching import fetching
from hub.ingest.submissions import keeping
from hub.jobs.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from hub.database.address import Address
    from hub.settings import Settings

_CONNECTIONS: Final = 4


def work(settings: Settings) -> None:
    """Do what is queued and keep the trail until a signal ends it."""
    with ended_by_signal(), open_database_server(settings) as address:
        log_to_standard_error()
        run_until_signal(_work(settings, address, keeps_trail=True))


def work_beside(settings: Settings) -> None:
    """Do what is queued for as long as the process that started this one holds its input open."""
    home = settings.home.absolute()
    with ended_by_signal(), open_database_server(settings) as address:
        log_to_file(home)
        run_until_signal(_until_left(_work(settings, address, keeps_trail=False)))


async def _work(settings: Settings, address: Address, *, keeps_trail: bool) -> None:
    home = settings.home.absolute()
    prepare_home(home)
    async with Database(address, connections=_CONNECTIONS, patience=PATIENCE_SECONDS) as database:
        shop = workshop_of(settings, database)
        by_the_clock = [
            *chores(shop, kept_days=settings.delivery_days),
            keeping(database, system_clock),
            *fetching(shop, connections_of(settings)),
        ]
        worker = Worker(database, [batch_kind(shop)], by_the_clock)
        if not keeps_trail:
            await worker.run()
            return
        say(f"Đang làm việc trong hàng đợi và giữ nhật ký truy cập của {home}")
        trail = asyncio.create_task(employ(settings, database).run())
        try:
            await worker.run()
        finally:
            # Last: what the jobs left in the trail is merged before the end.
            trail.cancel()
            await asyncio.wait([trail])


async def _until_left(working: Coroutine[object, object, None]) -> None:
    """Let *working* go on until nobody holds the other end of the standard input."""
    left = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), left.set)
    work = asyncio.ensure_future(working)
    leaving = asyncio.create_task(left.wait())
    try:
        await asyncio.wait([work, leaving], return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        work.cancel()
        await asyncio.wait([work])
    if not work.cancelled():
        await work
