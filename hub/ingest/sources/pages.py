"""What is fetched, and from where to go on."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol, TypeAlias

State: TypeAlias = Mapping[str, object]
"""How far a source was fetched, as JSON can hold it."""

Record: TypeAlias = Mapping[str, object]
"""A row of a source by its own column names, as JSON can hold it."""

Rejected: TypeAlias = Mapping[int, str]
"""The codes of why records of a page were not taken, by their place in it, counted from 1."""

_HALVES = re.compile("[\ud800-\udfff]")
_SUBSTITUTE: Final = "\\u001a"
"""The control character that stands for one that cannot be written: no row with it is taken."""


class Page(NamedTuple):
    """Some records, and the state to save once they are committed; None saves nothing.

    Attributes:
        figures: of each record its row's key and what tells its figure apart, where a comparison
            must know of them.
    """

    records: list[Record]
    state: State | None
    figures: Sequence[tuple[str, Record]] = ()


Pages: TypeAlias = AsyncGenerator[Page, Rejected | None]
"""Pages one after another; whoever takes them may tell which records of the last were not taken."""


class Written(Protocol):
    """Takes bytes one after another."""

    def write(self, piece: bytes, /) -> object:
        """Add *piece*."""


def write_page(page: Page, file: Written) -> None:
    """Write the records of *page* as NDJSON: equal records are equal bytes."""
    for record in page.records:
        file.write(line_of(record).encode() + b"\n")


def line_of(record: Record) -> str:
    """Return *record* as a line of NDJSON; half a character in it has the row not taken."""
    line = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return line if line.isascii() else _HALVES.sub(lambda _: _SUBSTITUTE, line)
