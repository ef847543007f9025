"""A SQLAlchemy statement as the text and the arguments that asyncpg takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.dialects.postgresql import asyncpg as asyncpg_dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.util import LRUCache

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.sql.elements import ClauseElement

DIALECT = asyncpg_dialect.dialect()  # type: ignore[no-untyped-call]

_MOST_COMPILED: Final = 500
_COMPILED: Final[LRUCache[Any, Any]] = LRUCache(_MOST_COMPILED)
"""Texts by the shape of their statements: to write one takes longer than many a statement does."""


def render(statement: ClauseElement) -> tuple[str, list[Any]]:
    """Return *statement* as SQL with ``$1`` placeholders and its arguments in their order.

    Equal shapes give equal text, so a connection prepares each of them once.
    """
    # The public way to these is an engine of SQLAlchemy's own.
    compiled, given, collected, _ = statement._compile_w_cache(  # noqa: SLF001
        DIALECT, compiled_cache=_COMPILED, column_keys=[]
    )
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(statement)
    parameters = compiled.construct_params(
        extracted_parameters=given, escape_names=False, _collected_params=collected
    )
    processors: Mapping[str, Any] = compiled._bind_processors  # noqa: SLF001
    order = compiled.positiontup or ()
    return compiled.string, [
        processors[name](parameters[name]) if name in processors else parameters[name]
        for name in order
    ]
