"""How much one operation may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_LIMIT: Final = 100
"""The most rows of one page, and their number where none is asked for."""

GROUP_LIMIT: Final = 1000
"""The most groups of one list, and their number where none is asked for."""

WHOLE_LIST: Final = 10 * PAGE_LIMIT
"""More than any plain list has; a list that may grow beyond it is a connection."""

MOST_ROWS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "Jurisdiction": 100,
        "Programme": 200,
        "Project": 2_000,
        "Indicator": 2_000,
        "Target": 20_000,
        "Agency": 5_000,
        "Area": 10_000,
    }
)
"""More rows than a hub ever holds of what a programme defines; of the rest there is no knowing."""


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
        nodes: rows of lists, if every page were as full as it can be.
        cost: nodes, links, lists and sums that are read for them.
    """

    length: int = 32_768
    tokens: int = 1_000
    depth: int = 20
    fields: int = 500
    aliases: int = 40
    root_fields: int = 20
    directives: int = 50
    nodes: int = 150_000
    cost: int = 1_000_000
