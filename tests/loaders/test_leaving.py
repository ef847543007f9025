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
from tests.callers import Caller

if TYPE_CHECKING:
    from hub.database.address import Address

_LIST = "indicators(first: 2) { nodes { code } }"
_REFUSED = {
    "before it is begun": f'{{ projects(first: 3) {{ nodes {{ {_LIST} x: indicators(after: "x") '
    "{ totalCount } } } }",
    "meanwhile": f"{{ projects(first: 3) {{ nodes {{ {_LIST} lead {{ code }} }} }} "
    'programmes(first: 3) { nodes { projects(after: "x") { totalCount } } } }',
}


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
