"""What is fetched, and from where to go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple, Protocol, TypeAlias

State: TypeAlias = Mapping[str, object]
"""How far a source was fetched, as JSON can hold it."""

Record: TypeAlias = Mapping[str, object]
"""A row of a source by its own column names, as JSON can hold it."""


class Page(NamedTuple):
    """Some records, and the state to save once they are committed; None saves nothing."""

    records: list[Record]
    state: State | None


class Written(Protocol):
    """Takes bytes one after another."""

    def write(self, piece: bytes, /) -> object:
        """Add *piece*."""


def write_page(page: Page, file: Written) -> None:
    """Write the records of *page* as NDJSON: equal records are equal bytes."""
    for record in page.records:
        line = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        file.write(line.encode() + b"\n")
