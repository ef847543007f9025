"""How much one operation may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAGE_LIMIT: Final = 100
"""The most rows of one page, and their number where none is asked for."""

GROUP_LIMIT: Final = 1000
"""The most groups of one list, and their number where none is asked for."""

WHOLE_LIST: Final = 10 * PAGE_LIMIT
"""More than any plain list has; a list that may grow beyond it is a connection."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a document, and the operation of it that is meant, may be.

    Attributes:
        length: characters of the document.
        tokens: of the document; its comments may be as many again.
        depth: fields within fields; fragments are followed, here and below.
        fields: as often as each is asked for.
        aliases: fields that are given another name.
        root_fields: fields that the query begins with.
        directives: on fields, fragments and the operation.
        nodes: rows of lists, if every page were full.
        cost: nodes, links, lists and sums that are read for them.
    """

    length: int = 32_768
    tokens: int = 1_000
    depth: int = 20
    fields: int = 500
    aliases: int = 60
    root_fields: int = 20
    directives: int = 50
    nodes: int = 150_000
    cost: int = 1_000_000
