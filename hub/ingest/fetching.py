"""Sources fetched from, by the clock or when somebody asks."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

import httpx
from sqlalchemy import case, null, update
from typing_extensions import override

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.ingest.batch.sources import get_source
from hub.ingest.connections import Api, Folder, Pushed, Register
from hub.ingest.giving_back import GivingBack
from hub.ingest.sources import (
    ApiPull,
    DropFolder,
    collect_files,
    collect_pages,
    compare,
    forget_readings,
    load_readings,
    load_state,
    open_register,
    read_news,
)
from hub.jobs.kinds import Chore
from hub.model.intake import data_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.engine import Database
    from hub.ingest.batch.processing import Workshop
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.connections import Connections

_LOG: Final = logging.getLogger(__name__)
_TIMEOUT_SECONDS: Final = 30.0
_EACH_MINUTE: Final = "* * * * *"
_NEWS: Final = "news"
_COMPARISON: Final = "comparison"
_PAGES: Final = "pages"
_FILES: Final = "files"


class NotFetchedError(HubError):
    """Nothing says where the source is fetched from."""

    code = "SOURCE_NOT_FETCHED"
    vi = (
        "Chưa khai báo nơi lấy dữ liệu của nguồn “{source}”: thêm vào tệp HUB_SOURCES, "
        "hoặc nêu tệp cần nạp."
    )
    en = "Nothing says where “{source}” is fetched from: add it to HUB_SOURCES, or name a file."


class NotComparedError(HubError):
    """The source is no register that could be compared as a whole."""

    code = "SOURCE_NOT_COMPARED"
    vi = (
        "Nguồn “{source}” không được so sánh toàn bộ: --may-shrink chỉ dùng, không kèm tệp, với "
        'nguồn có kind = "database" trong tệp HUB_SOURCES.'
    )
    en = (
        "“{source}” is not compared as a whole: --may-shrink is only for sources of "
        'kind = "database" in HUB_SOURCES, and without a file.'
    )


def is_fetched(connections: Connections, code: str) -> bool:
    """Tell whether something says where the source *code* is fetched from."""
    connection = connections.by_source.get(code)
    return connection is not None and not isinstance(connection, Pushed)


async def fetch_source(shop: Workshop, connections: Connections, code: str) -> list[BatchReport]:
    """Fetch what is new at the source *code* and return what came of each batch of it."""
    connection = connections.by_source.get(code)
    if connection is None or isinstance(connection, Pushed):
        raise NotFetchedError(source=code)
    source = await get_source(shop.database, code)
    match connection:
        case Api():
            async with httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, trust_env=False) as client:
                pull = ApiPull(client, connection.opened(connections.folder), clock=shop.clock)
                state = await load_state(shop, source, _PAGES)
                pages = pull.pages(state)
                return await collect_pages(shop, source, _PAGES, pages, keeps_early=True)
        case Register():
            described = connection.opened(connections.folder)
            state = await load_state(shop, source, _NEWS)
            async with open_register(described) as register:
                pages = read_news(register, described, state)
                return await collect_pages(shop, source, _NEWS, pages)
        case Folder():
            path = connections.folder / connection.path
            drops = DropFolder(path, shop.clock, quiet_seconds=connection.quiet_seconds)
            state = await load_state(shop, source, _FILES)
            give_back = GivingBack(shop.database, source, path)
            return await collect_files(shop, source, _FILES, drops.files(state), then=give_back)
        case unreachable:
            assert_never(unreachable)


async def compare_source(
    shop: Workshop, connections: Connections, code: str, *, may_shrink: bool = False
) -> list[BatchReport]:
    """Compare the register of the source *code* as a whole, and withdraw what is gone from it."""
    connection = connections.by_source.get(code)
    if not isinstance(connection, Register):
        raise NotComparedError(source=code)
    source = await get_source(shop.database, code)
    described = connection.opened(connections.folder)
    state = await load_state(shop, source, _COMPARISON)
    readings = await load_readings(shop.database, source)
    async with open_register(described) as register:
        pages = compare(
            register, described, shop.clock, state, read=readings.figures, may_shrink=may_shrink
        )
        reports = await collect_pages(shop, source, _COMPARISON, pages)
    if all(report.refusal is None for report in reports):
        await forget_readings(shop.database, source, readings)
    return reports


def fetching(shop: Workshop, connections: Connections) -> Iterator[Chore]:
    """Yield what is to be fetched by the clock, and what tells owners when that is."""
    yield Chore("schedules", _EACH_MINUTE, partial(show_schedules, shop.database, connections))
    for code, connection in sorted(connections.by_source.items()):
        if not isinstance(connection, Pushed):
            yield Chore(f"fetch {code}", connection.schedule, _Fetching(shop, connections, code))
        if isinstance(connection, Register):
            do = _Comparing(shop, connections, code)
            yield Chore(f"compare {code}", connection.comparison, do)


async def show_schedules(database: Database, connections: Connections) -> None:
    """Have each source show when it is fetched, as *connections* say; none where it is not.

    Asked every minute, since a source may be registered at any moment; mostly nothing changes.
    """
    s = data_source.c
    said = {
        code: connection.schedule
        for code, connection in connections.by_source.items()
        if not isinstance(connection, Pushed)
    }
    told = case(said, value=s.code, else_=null()) if said else null()
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(data_source).where(s.schedule.is_distinct_from(told)).values(schedule=told)
        )


class _Fetching:
    """Fetches from one source; what fails is told in the log, and tried again the next time."""

    def __init__(self, shop: Workshop, connections: Connections, code: str) -> None:
        self._shop = shop
        self._connections = connections
        self._code = code

    async def __call__(self) -> None:
        try:
            reports = await self._do()
        except HubError as error:
            _LOG.warning("Source %s: %s (%s)", self._code, error.code, error)
            return
        for report in reports:
            if report.refusal is None:
                _LOG.info("Source %s: a batch is %s", self._code, report.status)
            else:
                _LOG.warning("Source %s: a batch is refused (%s)", self._code, report.refusal)

    async def _do(self) -> list[BatchReport]:
        return await fetch_source(self._shop, self._connections, self._code)


class _Comparing(_Fetching):
    """Compares one register."""

    @override
    async def _do(self) -> list[BatchReport]:
        return await compare_source(self._shop, self._connections, self._code)
