"""Operations by the seed or by hypothesis-graphql, asked of both executors for many readers."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any, Final

from graphql import FieldNode, NullValueNode, Visitor, print_ast, visit
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from hub.access.readers import OUTSIDE
from hub.api.schema import build_schema
from hub.api.visibility import visible_schema
from hub.database.engine import Database
from tests.noting import noting
from tests.oracle.asking import Question
from tests.oracle.shrink import shrunk
from tests.planner.drawing import Operation, draw_operation
from tests.planner.judging import READERS, Judge, judge_of
from tests.planner.live import read_live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import DocumentNode

    from hub.access.readers import Reader
    from hub.database.address import Address
    from tests.planner.live import Live

SCHEMAS: Final = {reader: visible_schema(build_schema(), reader).core for reader in OUTSIDE}
_CURSORS: Final = ("after", "before")
SCALARS: Final = {
    "BigInt": st.integers(-(2**53) + 1, 2**53 - 1).map(nodes.Int),
    "Date": st.dates().map(nodes.String),
    "DateTime": st.datetimes().map(lambda moment: nodes.String(f"{moment.isoformat()}Z")),
    "PartialDate": st.sampled_from(("2026", "2026-09", "2026-09-30")).map(nodes.String),
    "Int": st.sampled_from((0, 1, 2, 3, 5, 2026)).map(nodes.Int),
}


@dataclass(frozen=True)
class Sweep:
    """Both executors over one database, its values, and an event loop of its own."""

    runner: asyncio.Runner
    judge: Judge
    live: Live

    def drawn(self, seed: int) -> tuple[str | None, Operation]:
        """Return who asks, and the operation, that *seed* stands for."""
        draw = Random(seed)  # noqa: S311  (nothing here is secret)
        reader = draw.choice(READERS)
        return reader, draw_operation(SCHEMAS[self.kind(reader)], self.live, draw)

    def kind(self, reader: str | None) -> Reader:
        """Return what kind of reader *reader* is."""
        return self.judge.principals[reader].reader

    def failure(self, reader: str | None, operation: Operation) -> str | None:
        """Return the smallest operation that is answered in two ways, and how; None if none is."""
        if not self._differences(reader, operation):
            return None
        variables = self.runner.run(self.judge.given(reader, operation))

        def differences(question: Question) -> list[str]:
            given = dict(question.variables)
            return self._differences(
                reader, replace(operation, document=question.document, variables=given, marks=())
            )

        question = Question(operation.document, variables)
        if differences(question):
            question = shrunk(question, lambda smaller: bool(differences(smaller)))
        kept = {"reader": reader, "document": question.document, "variables": question.variables}
        return "\n".join([json.dumps(kept, ensure_ascii=False), *differences(question)])

    def _differences(self, reader: str | None, operation: Operation) -> list[str]:
        return self.runner.run(self.judge.differences(reader, operation))


@contextmanager
def sweep_of(address: Address) -> Iterator[Sweep]:
    """Open the database for the time of the block; nothing in it may change meanwhile."""
    statements: list[str] = []
    # One connection keeps what it prepared: plans made for any values answer, too.
    # Nobody else wants it: a long wait is a stalled machine's, or the connection is lost.
    opened = Database(address, connections=1, patience=30, observer=noting(statements))
    with asyncio.Runner() as runner:
        database = runner.run(opened.__aenter__())
        try:
            judge = runner.run(judge_of(database, statements))
            yield Sweep(runner, judge, runner.run(read_live(address)))
        finally:
            runner.run(opened.__aexit__(None, None, None))


def documents(reader: Reader) -> st.SearchStrategy[str]:
    """Return documents that know nothing of what is stored, over what *reader* sees."""
    schema = SCHEMAS[reader]
    assert schema.query_type is not None
    roots = [name for name in schema.query_type.fields if name not in {"viewer", "explainAccess"}]
    return st.lists(st.sampled_from(roots), min_size=1, max_size=3, unique=True).flatmap(
        lambda fields: queries(
            schema, fields=fields, custom_scalars=SCALARS, allow_x00=False, print_ast=_tamed
        )
    )


def _tamed(document: DocumentNode) -> str:
    """Return the document without what has it refused: cursors, and pages from both ends."""
    return print_ast(visit(document, _Taming()))


class _Taming(Visitor):
    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode:
        given = {each.name.value: each for each in node.arguments or ()}
        first = given.get("first")
        dropped = set(_CURSORS)
        if first is not None and not isinstance(first.value, NullValueNode):
            dropped.add("last")
        kept = tuple(each for name, each in given.items() if name not in dropped)
        return replace(node, arguments=kept)
