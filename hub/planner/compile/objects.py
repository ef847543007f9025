"""JSON objects as SQL text: written as they are, since building values first costs more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.planner.compile.writing import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable


def object_text(parts: Iterable[tuple[str, str]]) -> str:
    """Return SQL that makes a JSON object of *parts*, each a key and SQL of its value's text.

    A key is a GraphQL name, so nothing in it needs escaping.
    """
    pieces: list[str] = []
    opening = "{"
    for key, value in parts:
        pieces += [quoted(f'{opening}"{key}":'), value]
        opening = ","
    return " || ".join([*pieces, "'}'"]) if pieces else "'{}'"
