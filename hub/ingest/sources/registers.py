"""Foreign databases (PostgreSQL, MariaDB), read and never written.

They know nothing of the hub's principals: what may be read there is for their owner to grant.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlalchemy import column, create_engine, make_url, table
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from hub.ingest.sources.failures import SourceUnreachableError, SourceUnreadableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from sqlalchemy import URL, ColumnClause, Engine, RowMapping, Select, TableClause
    from sqlalchemy.ext.asyncio import AsyncEngine

_POSTGRES: Final = "postgresql+asyncpg"
_MARIADB: Final = frozenset({"mysql+pymysql", "mariadb+pymysql"})
_TIMEOUT_SECONDS: Final = 60
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterConnection:
    """Which table of which database is read, and how.

    Attributes:
        url: SQLAlchemy's, such as ``postgresql+asyncpg://…`` or ``mariadb+pymysql://…``.
        password: instead of the URL's own.
        columns: what is read of it, by its own names.
        key: the columns that tell its rows apart.
        figure_key: the columns that tell apart the figures that rows stand for; a row that is gone
            is withdrawn by them.
        watermark: the column that grows with every change.
        version: the column of times of which a record's version is made; none means that records
            have none.
        time_zone: of the times that are stored without one.
        overlap: how far before the last watermark reading begins again, for those who commit late;
            a number where the watermark is one.
        most_vanished: the share of rows that may vanish in one night without anybody being asked.
    """

    url: str = field(repr=False)
    password: str = field(default="", repr=False)
    table: str
    schema: str | None = None
    columns: tuple[str, ...]
    key: tuple[str, ...]
    figure_key: tuple[str, ...]
    watermark: str
    version: str | None = None
    time_zone: tzinfo = UTC
    overlap: timedelta | int = _DAY
    page_size: int = 5_000
    most_vanished: float = 0.2

    @property
    def relation(self) -> TableClause:
        """The table, with every column that is read."""
        names = dict.fromkeys([*self.columns, *self.key, *self.figure_key, self.watermark])
        if self.version is not None:
            names[self.version] = None
        return table(self.table, *map(column_of, names), schema=self.schema)


def column_of(name: str) -> ColumnClause[Any]:
    """Return a column of which the name is known; its type is the database's."""
    return column(name)


class Register(Protocol):
    """A foreign database that can be asked."""

    async def fetch(self, query: Select[Any]) -> Sequence[RowMapping]:
        """Return the rows of *query*; raise ``SourceUnreachableError`` where there is no answer."""


@asynccontextmanager
async def open_register(connection: RegisterConnection) -> AsyncIterator[Register]:
    """Give the database of *connection* for as long as it is needed."""
    url = make_url(connection.url)
    if connection.password:
        url = url.set(password=connection.password)
    if url.drivername == _POSTGRES:
        engine = _open_postgres(url)
        try:
            yield _Postgres(engine)
        finally:
            await engine.dispose()
    elif url.drivername in _MARIADB:
        waited_for = _open_mariadb(url)
        try:
            yield _MariaDB(waited_for)
        finally:
            waited_for.dispose()
    else:
        raise SourceUnreadableError(reason=url.drivername)


def _open_postgres(url: URL) -> AsyncEngine:
    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": f"{_TIMEOUT_SECONDS}s",
        "application_name": "hub",
    }
    arguments = {"timeout": _TIMEOUT_SECONDS, "server_settings": settings}
    return create_async_engine(url, poolclass=NullPool, connect_args=arguments)


def _open_mariadb(url: URL) -> Engine:
    arguments = {
        "connect_timeout": _TIMEOUT_SECONDS,
        "read_timeout": _TIMEOUT_SECONDS,
        "init_command": "SET SESSION TRANSACTION READ ONLY",
        "charset": "utf8mb4",
        "local_infile": False,
    }
    return create_engine(url, poolclass=NullPool, connect_args=arguments)


class _Postgres:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def fetch(self, query: Select[Any]) -> Sequence[RowMapping]:
        try:
            async with self._engine.connect() as opened:
                rows: Sequence[RowMapping] = (await opened.execute(query)).mappings().all()
                return rows
        except (SQLAlchemyError, OSError) as error:
            raise _failure(error) from error


class _MariaDB:
    """Its driver waits: others go on meanwhile."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def fetch(self, query: Select[Any]) -> Sequence[RowMapping]:
        try:
            return await asyncio.to_thread(self._fetch, query)
        except (SQLAlchemyError, OSError) as error:
            raise _failure(error) from error

    def _fetch(self, query: Select[Any]) -> Sequence[RowMapping]:
        with self._engine.connect() as opened:
            return opened.execute(query).mappings().all()


def _failure(error: Exception) -> SourceUnreachableError:
    """Return what is said of *error*: its kind, for its words may hold addresses and values."""
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig.__cause__ or error.orig
    return SourceUnreachableError(tries=1, reason=type(cause).__name__)
