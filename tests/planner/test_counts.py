"""A planned read tells how many rows of each type it gave: what is asked for is accounted for."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from graphql import is_required_argument

from hub.api.execution import Executor
from hub.api.planning import Planning
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from hub.model.catalogue import BY_NAME
from tests.api.documents import Documents
from tests.callers import Callers
from tests.planner.sweep import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.engine import Database

KEY: Final = bytes(32)


@pytest.mark.parametrize("agency", ["hn.cong-an", None])
async def test_as_many_rows_are_counted_as_the_answer_has(
    database: Database, agency: str | None
) -> None:
    """In every list of everything; nodes and edges of a page are the same rows."""
    principal = (await Callers(database, Executor(database, system_clock))(agency)).principal
    planning = Planning(SCHEMAS, system_clock, KEY)
    documents = Documents(principal.reader)
    counted: Counter[str] = Counter()
    for name, root in documents.roots.items():
        required = any(is_required_argument(each) for each in root.args.values())
        if required or name == "viewer":
            continue
        document = f"{{ {name}(first: 3) {documents.everything(name, 2)} }}"
        found = planning.find(principal, planning.read(principal.reader, document, None, None))
        assert found is not None, name
        async with begin(database, principal, Mode.READ_PLANNED) as transaction:
            (row,) = await transaction.query(found.plan.sql, *found.arguments)
        told = dict(zip(found.plan.counted, row["counts"], strict=True))
        given = Counter(_rows(json.loads(row["data"])))
        assert {kind: count for kind, count in told.items() if count} == given, name
        counted += given
    assert len(counted) > 15


def _rows(part: Any) -> Iterator[str]:
    """Yield the type of every object that is a row, once for each time that it is read."""
    match part:
        case list():
            for each in part:
                yield from _rows(each)
        case dict():
            if part.get("__typename") in BY_NAME:
                yield part["__typename"]
            for name, value in part.items():
                if name == "edges" and "nodes" in part:
                    # The same rows, but what is asked of them is read again.
                    yield from (kind for each in value for kind in list(_rows(each["node"]))[1:])
                else:
                    yield from _rows(value)
        case _:
            pass
