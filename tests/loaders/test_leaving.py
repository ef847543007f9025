"""Where an operation ends early, nothing of it stays behind."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import pytest

from hub.access.principal import PUBLIC
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.loaders.bundle import Bundle
from hub.loaders.rows import Listing
from hub.model.catalogue.organisation import AGENCY
from tests.callers import Caller
from tests.web.locks import locked, until

if TYPE_CHECKING:
    from hub.database.address import Address

_LIST = "indicators(first: 2) { nodes { code } }"
_REFUSED = {
    "before it is begun": f'{{ projects(first: 3) {{ nodes {{ {_LIST} x: indicators(after: "x") '
    "{ totalCount } } } }",
    "meanwhile": f"{{ projects(first: 3) {{ nodes {{ {_LIST} lead {{ code }} }} }} "
    'programmes(first: 3) { nodes { projects(after: "x") { totalCount } } } }',
}


async def test_who_is_given_up_takes_nothing_from_others_that_wait_for_the_same(
    demo: Address,
) -> None:
    async with Database(demo) as database, Bundle(database, PUBLIC) as bundle:
        first, other = (
            asyncio.create_task(bundle.row_at(AGENCY, AGENCY.table.c.code, "hn.cong-an"))
            for _ in range(2)
        )
        await asyncio.sleep(0)
        first.cancel()
        row = await other
        assert row is not None
        assert row[AGENCY.table.c.code] == "hn.cong-an"
        with pytest.raises(asyncio.CancelledError):
            await first


async def test_who_is_given_up_leaves_the_transaction_to_others(scratch: Database) -> None:
    """While its statement runs: cut off, it would fail all that follow."""
    async with Bundle(scratch, PUBLIC) as bundle:
        async with locked(scratch, "agency") as watcher:
            first = asyncio.create_task(bundle.count(AGENCY, Listing()))
            await until(watcher, 1)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
        assert await bundle.count(AGENCY, Listing()) > 0


@pytest.mark.parametrize("document", _REFUSED.values(), ids=_REFUSED)
async def test_of_a_request_that_is_refused_no_field_is_left_waiting(
    demo: Address, document: str
) -> None:
    told: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: told.append(context))
    async with Database(demo) as database:
        caller = Caller(PUBLIC, Executor(database, system_clock, planned=False))
        reply = await caller.send(document)
        assert reply.is_request_error
        # Tasks that wait for each other alone are found by the collector, and told of by the loop.
        for _ in range(20):
            await asyncio.sleep(0.01)
            gc.collect()
    own = asyncio.current_task()
    assert [task for task in asyncio.all_tasks() if task is not own] == []
    assert told == []
