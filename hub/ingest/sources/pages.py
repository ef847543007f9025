"""What is fetched, and from where to go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple, Protocol, TypeAlias

State: TypeAlias = Mapping[str, object]
"""How far a source was fetched, as JSON can hold it."""

Record: TypeAlias = Mapping[str, object]
"""A row of a source by its own column names, as JSON can hold it."""


class Page(NamedTuple):
    """Some records, and the state to save once they are committed; None saves nothing."""

    records: list[Record]
    state: State | None


class Checkpoint(Protocol):
    """Keeps how far a source was fetched."""

    async def load(self) -> State | None:
        """Return the state that was saved last, or None."""

    async def save(self, state: State) -> None:
        """Keep *state*, in the transaction that the records were committed in."""


def write_page(page: Page, file: BinaryIO) -> None:
    """Write the records of *page* as NDJSON: equal records are equal bytes."""
    for record in page.records:
        line = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        file.write(line.encode() + b"\n")
