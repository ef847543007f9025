"""From the spools of one machine into the database; what is merged twice is there once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_OID, uuid5

from hub.access.principal import CLERK
from hub.audit.access import Access, Origin
from hub.audit.entry import Entry, entry_of
from hub.audit.folders import close_abandoned, finished_files, remove_empty
from hub.audit.keeping import keep
from hub.audit.trail import variables_key
from hub.database.transaction import Mode, begin

if TYPE_CHECKING:
    from pathlib import Path

    from hub.clock import Clock
    from hub.database.engine import Database

_BATCH: Final = 1000
"""Entries of one transaction: whoever acts waits for no more than those."""


async def merge(database: Database, home: Path, clock: Clock) -> int:
    """Move what the spools under *home* hold into the chain; return how many entries were new.

    A file goes only when all of it is committed, so an abrupt end loses nothing and repeats
    nothing.
    """
    root = home / "spool"
    key = variables_key(database)
    await asyncio.to_thread(close_abandoned, root, clock, key)
    added = 0
    for path in finished_files(root):
        entries = await asyncio.to_thread(_read, path, clock, key)
        for start in range(0, len(entries), _BATCH):
            async with begin(database, CLERK, Mode.WRITE) as transaction:
                added += await keep(transaction, entries[start : start + _BATCH])
        path.unlink(missing_ok=True)
    remove_empty(root)
    return added


def _read(path: Path, clock: Clock, key: bytes) -> list[Entry]:
    """Return the file's entries; lines that are none are told as one gap."""
    entries: list[Entry] = []
    unreadable = 0
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        # Another worker on this machine has merged it.
        return []
    for line in lines:
        try:
            entries.append(Entry.read(line))
        except ValueError:
            unreadable += 1
    if unreadable:
        place = f"{path.parent.name}/{path.name}"
        gap = Access(clock(), "gap", "broken", Origin("job"), reason="UNREADABLE", target=place)
        entries.append(entry_of(gap, uuid5(NAMESPACE_OID, place), key))
    return entries
