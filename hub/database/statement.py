"""A SQLAlchemy statement as the text and the arguments that asyncpg takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.postgresql import asyncpg as asyncpg_dialect

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ClauseElement

DIALECT = asyncpg_dialect.dialect()  # type: ignore[no-untyped-call]


def render(statement: ClauseElement) -> tuple[str, list[Any]]:
    """Return *statement* as SQL with ``$1`` placeholders and its arguments in their order.

    Equal shapes give equal text, so a connection prepares each of them once.
    """
    compiled = statement.compile(dialect=DIALECT)
    parameters = compiled.construct_params(escape_names=False)
    processors = compiled._bind_processors  # noqa: SLF001  (the public route is its own engine)
    order = compiled.positiontup or ()
    return compiled.string, [
        processors[name](parameters[name]) if name in processors else parameters[name]
        for name in order
    ]
