"""One pool of connections for each kind of reader, each entering as its own database role."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

import asyncpg

from hub.access.readers import OUTSIDE, Reader
from hub.database.errors import NotMigratedError, ServerRefusedError
from hub.database.pool import Pool, asyncpg_pool
from hub.telemetry import ignore

if TYPE_CHECKING:
    from types import TracebackType

    from hub.database.address import Address
    from hub.telemetry import Observer


class Database:
    """The hub's connections; open it as a context manager.

    Attributes:
        address: where it is.
        connections: the most for each kind of reader from outside.
        patience: seconds to wait for a free connection.
        statement_seconds: how long a statement of a request may take; the server ends it then.
        observer: hears of every statement.
    """

    def __init__(
        self,
        address: Address,
        *,
        connections: int = 8,
        patience: float = 0.9,
        statement_seconds: float = 10.0,
        observer: Observer = ignore,
    ) -> None:
        self.address = address
        self.patience = patience
        self.observer = observer
        self.connections = connections
        self._statement_seconds = statement_seconds
        self._pools: dict[Reader, Pool] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for reader in Reader:
            self._pools[reader] = await self._stack.enter_async_context(self._pool(reader))
        try:
            await self.check()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def pool(self, reader: Reader) -> Pool:
        """Return the pool of *reader*; only the door takes connections from it."""
        return self._pools[reader]

    async def check(self) -> None:
        """Raise a sentence unless the server answers and knows the runtime roles."""
        try:
            with self.address.explained(Reader.GATE):
                async with self._pools[Reader.GATE].lend() as connection:
                    await connection.fetchval("SELECT count(*) FROM account WHERE false")
        except (asyncpg.UndefinedTableError, ServerRefusedError) as error:
            # Migrating makes the runtime roles, and gives them the passwords of this address.
            raise NotMigratedError from error

    def _pool(self, reader: Reader) -> Pool:
        pool = asyncpg_pool(
            self.address,
            reader,
            most=self.connections if reader in {*OUTSIDE, Reader.SOURCE} else 2,
            # What is loaded and what is delivered takes as long as there is much of it.
            statement_seconds=(
                None if reader in {Reader.LOADER, Reader.SOURCE} else self._statement_seconds
            ),
        )
        return Pool(pool, self.patience)
