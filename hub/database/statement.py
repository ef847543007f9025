"""A SQLAlchemy statement as the text and the arguments that asyncpg takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.postgresql import asyncpg as asyncpg_dialect
from sqlalchemy.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.sql.elements import ClauseElement

DIALECT = asyncpg_dialect.dialect()  # type: ignore[no-untyped-call]


def render(statement: ClauseElement) -> tuple[str, list[Any]]:
    """Return *statement* as SQL with ``$1`` placeholders and its arguments in their order.

    Equal shapes give equal text, so a connection prepares each of them once.
    """
    compiled = statement.compile(dialect=DIALECT)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(statement)
    parameters = compiled.construct_params(escape_names=False)
    # The public way to these is an engine of SQLAlchemy's own.
    processors: Mapping[str, Any] = compiled._bind_processors  # noqa: SLF001
    order = compiled.positiontup or ()
    return compiled.string, [
        processors[name](parameters[name]) if name in processors else parameters[name]
        for name in order
    ]
