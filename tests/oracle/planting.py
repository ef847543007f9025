"""Ways to plant a fault, for the time of a block: nothing of it stays.

In code a fault is planted by patching it, in a database by changing a policy of a copy.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pytest
from typing_extensions import override

from hub.access.principal import LOADER
from hub.api.execution import Executor
from hub.database import statement as statements
from hub.database import transaction
from hub.errors import HubError
from hub.loaders import bundle as bundles
from hub.loaders import datasets
from hub.loaders.bundle import Bundle
from tests.oracle.bench import Bench, execute

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from hub.access.principal import Principal
    from hub.api.answers import Answer
    from hub.api.execution import Request
    from hub.database.engine import Database
    from hub.database.transaction import Mode, Transaction

_OPENED: Final = ("project", "facility", "observation")
_OUTSIDE: Final = "hub_public, hub_scoped, hub_standing, hub_feed"


@dataclass(frozen=True, slots=True)
class Fault(ABC):
    """A fault, by what it does wrong."""

    name: str

    @contextmanager
    def planted(self, bench: Bench) -> Iterator[None]:
        """Switch the fault on for the time of the block."""
        with pytest.MonkeyPatch.context() as patch:
            self.plant(bench, patch)
            try:
                yield
            finally:
                self.remove(bench)

    @abstractmethod
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        """Switch it on."""

    def remove(self, bench: Bench) -> None:  # noqa: B027  (most leave nothing behind)
        """Undo what the patch does not."""


@dataclass(frozen=True, slots=True)
class AsAnother(Fault):
    """A way of reading does its work in a role that sees everything."""

    methods: tuple[str, ...]

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        for method in self.methods:
            original = getattr(Bundle, method)

            async def unchecked(self: Bundle, *given: Any, _original: Any = original) -> Any:
                async with Bundle(self._database, LOADER) as everything:
                    return await _original(everything, *given)

            patch.setattr(Bundle, method, unchecked)


@dataclass(frozen=True, slots=True)
class Rewritten(Fault):
    """A part of every statement reads a view that checks no rights."""

    pattern: str
    replacement: str

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        made = [
            f"CREATE OR REPLACE VIEW {name}_all AS SELECT * FROM {name}; "
            f"GRANT SELECT ON {name}_all TO {_OUTSIDE}"
            for name in _OPENED
        ]
        bench.run(execute(bench.proof.database.address, made))

        def rendered(statement: Any) -> tuple[str, list[Any]]:
            sql, arguments = statements.render(statement)
            return re.sub(self.pattern, self.replacement, sql), arguments

        patch.setattr(transaction, "render", rendered)

    @override
    def remove(self, bench: Bench) -> None:
        gone = [f"DROP VIEW {name}_all" for name in _OPENED]
        bench.run(execute(bench.proof.database.address, gone))


@dataclass(frozen=True, slots=True)
class Policy(Fault):
    """A row policy lets more pass than it should; ``{was}`` is what it said."""

    table: str
    policy: str
    using: str
    removing: str = "(?!)"
    leaving: str = "true"

    _WAS: ClassVar[dict[str, str]] = {}

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        was = bench.run(_policy(bench, self.table, self.policy))
        self._WAS[self.name] = was
        using = self.using.replace("{was}", re.sub(self.removing, self.leaving, was))
        assert using != was, "the fault changes nothing"
        self._alter(bench, using)

    @override
    def remove(self, bench: Bench) -> None:
        self._alter(bench, self._WAS.pop(self.name))

    def _alter(self, bench: Bench, using: str) -> None:
        altered = f"ALTER POLICY {self.policy} ON {self.table} USING ({using})"
        bench.run(execute(bench.proof.database.address, [altered]))


class SharedLoaders(Fault):
    """What one request loaded serves the next, whoever asks."""

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        shared: dict[Any, Any] = {}
        original = Bundle._loader  # noqa: SLF001

        def loader(self: Bundle, key: Any, read: Any) -> Any:
            load = original(self, key, read)
            loader: Any = getattr(load, "__self__", None)
            loader._cache = shared.setdefault(key, loader._cache)  # noqa: SLF001
            return load

        patch.setattr(Bundle, "_loader", loader)


class CachedAnswers(Fault):
    """An answer is kept by its question alone."""

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        kept: dict[str, asyncio.Task[Answer]] = {}
        original = Executor.execute

        async def cached(self: Executor, request: Request) -> Answer:
            key = f"{request.document}{request.variables}"
            if key not in kept:
                kept[key] = asyncio.create_task(original(self, request))
            return await kept[key]

        patch.setattr(Executor, "execute", cached)


class _ForbiddenError(HubError):
    """There is such a row, but not for you."""

    code = "FORBIDDEN"
    vi = "Không được xem."
    en = "Not for you."


class TellingErrors(Fault):
    """A row that is there but hidden is refused, one that is not there is null."""

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        original = Bundle.by_key

        async def telling(self: Bundle, *given: Any) -> Any:
            found = await original(self, *given)
            async with Bundle(self._database, LOADER) as everything:
                if found is None and await original(everything, *given) is not None:
                    raise _ForbiddenError
            return found

        patch.setattr(Bundle, "by_key", telling)


class ClaimsLeft(Fault):
    """A connection keeps the first claim it was given."""

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        original = transaction.begin

        @asynccontextmanager
        async def left(
            database: Database, principal: Principal, mode: Mode
        ) -> AsyncIterator[Transaction]:
            async with original(database, principal, mode) as opened:
                for claim in ("account", "agency", "places"):
                    await opened._connection.execute(  # noqa: SLF001
                        f"SELECT set_config('hub.left_{claim}', coalesce(nullif(current_setting("
                        f"'hub.left_{claim}', true), ''), current_setting('hub.{claim}', true)), "
                        f"false); SELECT set_config('hub.{claim}', current_setting("
                        f"'hub.left_{claim}'), true)"
                    )
                yield opened

        patch.setattr(bundles, "begin", left)

    @override
    def remove(self, bench: Bench) -> None:
        async def reset() -> None:
            pools = bench.proof.database._pools.values()  # noqa: SLF001
            for pool in pools:
                await pool._give_all_back()  # noqa: SLF001
                await pool._pool.expire_connections()  # noqa: SLF001

        bench.run(reset())


class OpenExport(Fault):
    """What is taken away is read in a role that sees everything."""

    @override
    def plant(self, bench: Bench, patch: pytest.MonkeyPatch) -> None:
        original = transaction.begin

        def everything(database: Database, _: Principal, mode: Mode) -> Any:
            return original(database, LOADER, mode)

        patch.setattr(datasets, "begin", everything)


async def _policy(bench: Bench, table: str, policy: str) -> str:
    import asyncpg  # noqa: PLC0415

    connection = await asyncpg.connect(bench.proof.database.address.url)
    try:
        found = await connection.fetchval(
            "SELECT qual FROM pg_policies WHERE tablename = $1 AND policyname = $2", table, policy
        )
    finally:
        await connection.close()
    return str(found)
