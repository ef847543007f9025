"""The loaders of one operation: one transaction, one principal, every relation batched."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self

from aiodataloader import DataLoader

from hub.access.readers import Reader
from hub.database.errors import DatabaseError, StatementTimeoutError
from hub.database.transaction import Mode, Transaction, begin
from hub.jobs.sight import IN_SIGHT, Standing
from hub.loaders import selection
from hub.loaders.branches import (
    Branch,
    branches_of,
    facilities_run,
    is_branched,
    jurisdictions_of,
    scopes_elsewhere,
    scopes_of,
)
from hub.loaders.rows import Grouping, Listing, Page, Row, Slice, Summary
from hub.model.catalogue import BY_NAME
from hub.model.catalogue.authority import GRANT
from hub.model.conditions import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Hashable, Sequence
    from types import TracebackType

    import asyncpg
    from sqlalchemy import Column, Select

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from hub.model.entities import Entity, ToMany, ToOne


class Bundle:
    """What one operation reads with; its transaction opens at the first statement.

    Statements run one after another in one read-only snapshot, so an answer never mixes two states
    of the database. Nothing is shared between operations.

    Attributes:
        rows: how many rows of each type were read so far.
    """

    def __init__(self, database: Database, principal: Principal, mode: Mode = Mode.READ) -> None:
        self._mode = mode
        self._database = database
        self._principal = principal
        self._stack = AsyncExitStack()
        self._turn = asyncio.Lock()
        self._transaction: Transaction | None = None
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}
        self._promised: list[asyncio.Future[Any]] = []
        self._is_over = False
        self._asking: set[asyncio.Task[Any]] = set()
        self._failure: Exception | None = None
        self.rows: Counter[str] = Counter()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over = True
        # A field that was refused ends the operation while others still wait for their rows.
        for promised in self._promised:
            promised.cancel()
        if not self._asking:
            await self._stack.__aexit__(kind, error, trace)
            return
        for asking in self._asking:
            asking.cancel()
        ending = asyncio.create_task(self._cut_off())
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            # Who leaves meanwhile leaves a connection whose transaction is over.
            await asyncio.wait([ending])
            raise

    async def _cut_off(self) -> None:
        """Roll back once no statement runs any more."""
        while self._asking:
            await asyncio.wait(self._asking)
        given_up = asyncio.CancelledError()
        await self._stack.__aexit__(type(given_up), given_up, None)

    async def page(self, entity: Entity, listing: Listing, page: Page) -> Slice:
        """Return one page of the entity's rows."""
        branches = await self._branches(entity, listing, page)
        records = await self._fetch(selection.list_page(entity, listing, page, branches))
        return self._slice(entity, records, page)

    async def count(self, entity: Entity, listing: Listing) -> int:
        """Return how many rows of the entity the listing has."""
        (record,) = await self._fetch(selection.list_count(entity, listing))
        count: int = record["count"]
        return count

    async def beyond(self, entity: Entity, listing: Listing, page: Page) -> bool:
        """Return whether rows lie on the other side of the page's edge."""
        (record,) = await self._fetch(selection.list_exists(entity, listing, page))
        return bool(record["count"])

    async def by_key(self, entity: Entity, key: tuple[object, ...]) -> Row | None:
        """Return the row with this key, if there is one to be seen."""

        async def read(keys: list[tuple[object, ...]]) -> list[Row | None]:
            records = await self._fetch(selection.rows_by_key(entity, keys))
            rows = [Row(entity, record) for record in records]
            self.rows[entity.name] += len(rows)
            found = {row.identity: row for row in rows}
            return [found.get(key) for key in keys]

        found: Row | None = await self._loader(("key", entity.name), read)(key)
        return found

    async def linked(self, row: Row, relation: ToOne) -> Row | None:
        """Return the row that *relation* leads to, if it is to be seen."""
        return await self.row_at(BY_NAME[relation.target], relation.remote, row[relation.local])

    async def relation_page(
        self, row: Row, relation: ToMany, listing: Listing, page: Page
    ) -> Slice:
        """Return one page of the rows that *relation* leads to."""
        target = BY_NAME[relation.target]

        async def read(keys: list[object]) -> list[Slice]:
            records = await self._fetch(
                selection.relation_page(relation, target, listing, page, keys)
            )
            grouped: dict[object, list[asyncpg.Record]] = {key: [] for key in keys}
            for record in records:
                grouped[record[selection.PARENT]].append(record)
            return [self._slice(target, grouped[key], page) for key in keys]

        load = self._loader(("page", row.entity.name, relation.name, listing, page), read)
        found: Slice = await load(row[relation.local])
        return found

    async def relation_count(self, row: Row, relation: ToMany, listing: Listing) -> int:
        """Return how many rows *relation* leads to."""
        target = BY_NAME[relation.target]

        def statement(keys: list[object]) -> Select[Any]:
            return selection.relation_count(relation, target, listing, keys)

        load = self._loader(
            ("count", row.entity.name, relation.name, listing), self._keyed(statement)
        )
        found: int = await load(row[relation.local])
        return found

    async def relation_beyond(
        self, row: Row, relation: ToMany, listing: Listing, page: Page
    ) -> bool:
        """Return whether the relation has rows on the other side of the page's edge."""
        target = BY_NAME[relation.target]

        def statement(keys: list[object]) -> Select[Any]:
            return selection.relation_exists(relation, target, listing, page, keys)

        load = self._loader(
            ("beyond", row.entity.name, relation.name, listing, page), self._keyed(statement)
        )
        return bool(await load(row[relation.local]))

    async def summary(self, entity: Entity, listing: Listing, grouping: Grouping) -> list[Summary]:
        """Return what the entity's rows add up to, for each group."""
        records = await self._fetch(selection.list_summary(entity, listing, grouping))
        return [Summary(entity, record, grouping.by) for record in records]

    async def relation_summary(
        self, row: Row, relation: ToMany, listing: Listing, grouping: Grouping
    ) -> list[Summary]:
        """Return what the relation's rows add up to, for each group."""
        target = BY_NAME[relation.target]

        async def read(keys: list[object]) -> list[list[Summary]]:
            records = await self._fetch(
                selection.relation_summary(relation, target, listing, grouping, keys)
            )
            grouped: dict[object, list[Summary]] = {key: [] for key in keys}
            for record in records:
                summary = Summary(target, record, grouping.by)
                grouped[record[selection.PARENT]].append(summary)
            return [grouped[key] for key in keys]

        load = self._loader(("summary", row.entity.name, relation.name, listing, grouping), read)
        found: list[Summary] = await load(row[relation.local])
        return found

    async def grants_reaching(
        self, project_id: int, data_classes: Sequence[str], area_ids: Sequence[int] | None
    ) -> list[Row]:
        """Return the asking agency's grants that let it read such data of the project, there."""
        records = await self._fetch(selection.grants_reaching(project_id, data_classes, area_ids))
        self.rows[GRANT.name] += len(records)
        return [Row(GRANT, record) for record in records]

    async def grants_at_large(self, role: str | None) -> list[Row]:
        """Return the asking agency's grants as standing agency, or those for every place."""
        records = await self._fetch(selection.grants_at_large(role))
        self.rows[GRANT.name] += len(records)
        return [Row(GRANT, record) for record in records]

    async def grants_to_audit(self) -> list[Row]:
        """Return the asking agency's grants to read the trail of a whole place."""
        records = await self._fetch(selection.grants_to_audit())
        self.rows[GRANT.name] += len(records)
        return [Row(GRANT, record) for record in records]

    async def row_at(self, entity: Entity, column: Column[Any], value: object) -> Row | None:
        """Return the row whose *column* is *value*, if it is to be seen."""
        if value is None:
            return None
        load = self._loader(("row", entity.name, column.name), self._rows(entity, column))
        found: Row | None = await load(value)
        return found

    def _slice(self, entity: Entity, records: Sequence[asyncpg.Record], page: Page) -> Slice:
        kept = records[: page.limit]
        if page.backward:
            kept = kept[::-1]
        self.rows[entity.name] += len(kept)
        rows = [Row(entity, record, record[selection.POSITION]) for record in kept]
        return Slice(rows, more=len(records) > page.limit)

    async def _branches(self, entity: Entity, listing: Listing, page: Page) -> list[Branch]:
        """Return where the rows of a long ordered list are to be looked for; empty: everywhere."""
        reach = entity.reach
        if reach is None or not is_branched(entity, page, is_narrowed=listing.condition != ALWAYS):
            return []
        match self._principal.reader:
            case Reader.STANDING:
                places = await self._fetch(jurisdictions_of())
                scopes = await self._fetch(scopes_elsewhere(reach))
            case Reader.SCOPED:
                places = []
                scopes = await self._fetch(scopes_of(reach))
            case _:
                return []
        return branches_of(reach, scopes, await self._fetch(facilities_run()), places)

    def _rows(
        self, target: Entity, key: Column[Any]
    ) -> Callable[[list[object]], Coroutine[Any, Any, list[Row | None]]]:
        async def read(keys: list[object]) -> list[Row | None]:
            records = await self._fetch(selection.rows_by(target, key, keys))
            self.rows[target.name] += len(records)
            found = {record[key.name]: Row(target, record) for record in records}
            return [found.get(key) for key in keys]

        return read

    def _keyed(
        self, statement: Callable[[list[object]], Select[Any]]
    ) -> Callable[[list[object]], Coroutine[Any, Any, list[Any]]]:
        async def read(keys: list[object]) -> list[Any]:
            records = await self._fetch(statement(keys))
            found = {record[selection.PARENT]: record["count"] for record in records}
            return [found[key] for key in keys]

        return read

    def _loader(
        self, name: Hashable, read: Callable[[list[Any]], Coroutine[Any, Any, list[Any]]]
    ) -> Callable[[Any], Awaitable[Any]]:
        loader = self._loaders.get(name)
        if loader is None:
            loader = self._loaders[name] = DataLoader(read)

        def load(key: Any) -> Awaitable[Any]:  # noqa: ANN401  (whatever the loader reads by)
            if self._is_over:
                raise asyncio.CancelledError
            promised: asyncio.Future[Any] = loader.load(key)
            self._promised.append(promised)
            # A field that is given up, as one beside it was refused, takes the row from no other.
            return asyncio.shield(promised)

        return load

    async def read(self, sql: str, arguments: Sequence[object]) -> asyncpg.Record:
        """Return the one row of a statement made elsewhere, in the operation's snapshot."""
        async with self._turn:
            (row,) = await (await self._begun()).query(sql, *arguments)
            return row

    async def queue(self) -> list[Standing]:
        """Return what waits in the queue of work, as far as it is to be seen."""
        return [Standing(*record) for record in await self._fetch(IN_SIGHT)]

    async def _fetch(self, statement: Select[Any]) -> list[asyncpg.Record]:
        """Return the rows of *statement*; it runs on where its field is given up.

        Cut off, it would fail the transaction, and with it every field that asks next.
        """
        asking = asyncio.create_task(self._ask(statement))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)
        return await asyncio.shield(asking)

    async def _ask(self, statement: Select[Any]) -> list[asyncpg.Record]:
        async with self._turn:
            if self._failure is not None:
                raise self._failure
            try:
                return await (await self._begun()).fetch(statement)
            except (StatementTimeoutError, DatabaseError) as error:
                # Who asked may be given up; the others are told why they are given nothing.
                self._failure = error
                raise

    async def _begun(self) -> Transaction:
        if self._is_over:
            raise asyncio.CancelledError
        if self._transaction is None:
            self._transaction = await self._stack.enter_async_context(
                begin(self._database, self._principal, self._mode)
            )
        return self._transaction
