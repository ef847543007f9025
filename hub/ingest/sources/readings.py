"""Which figures a register was read to hold since it was compared last.

A row that came and went between two comparisons is in neither: what was taken of it by day would
stand for ever. So each page that brought something leaves a note of its figures, until the next
comparison has looked for them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, any_, delete, literal, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.model.columns import TEXT
from hub.model.intake import source_checkpoint

if TYPE_CHECKING:
    from hub.database.engine import Database
    from hub.ingest.batch.sources import Source
    from hub.ingest.sources.pages import Page, Record, Rejected, State

READ: Final = "read "
"""How the names of notes begin; the number of the batch follows."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The notes that there are, by name, and the figures in them by the key of their row."""

    names: tuple[str, ...] = ()
    figures: dict[str, list[Record]] = field(default_factory=dict)


def note_of(page: Page, rejected: Rejected) -> State:
    """Return what is to be known of the figures of *page* that were taken."""
    taken = [pair for line, pair in enumerate(page.figures, 1) if line not in rejected]
    return {"figures": taken}


async def load_readings(database: Database, source: Source) -> Readings:
    """Return which figures *source* was read to hold since it was compared last."""
    c = source_checkpoint.c
    query = select(c.name, c.state).where(c.source_id == source.id, c.name.startswith(READ))
    async with begin(database, source.principal, Mode.READ) as transaction:
        rows = await transaction.fetch(query)
    figures: dict[str, list[Record]] = {}
    for _, state in rows:
        found: Any = state  # JSON; asyncpg may give it as text
        for key, figure in (json.loads(found) if isinstance(found, str) else found)["figures"]:
            had = figures.setdefault(key, [])
            if figure not in had:
                had.append(figure)
    return Readings(tuple(row[0] for row in rows), figures)


async def forget_readings(database: Database, source: Source, readings: Readings) -> None:
    """Forget *readings*: a comparison has looked for them; what was read since stays."""
    if not readings.names:
        return
    c = source_checkpoint.c
    named = any_(literal(list(readings.names), ARRAY(TEXT)))
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            delete(source_checkpoint).where(c.source_id == source.id, c.name == named)
        )
