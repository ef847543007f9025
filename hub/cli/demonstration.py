"""The demonstration of a development hub: loaded by the first run, kept up to date by the next.

Making it up again takes seconds, and mostly for nothing, so a later run does it while it serves,
and only on another day or with other sources; a stamp in the data folder says of when it is.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select

from hub.access.principal import PUBLIC
from hub.clock import VIETNAM, system_clock
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.ingest import demo
from hub.model.measurement import indicator

if TYPE_CHECKING:
    from hub.database.address import Address
    from hub.ingest.progress import Progress

_LOG: Final = logging.getLogger(__name__)
_SEED: Final = 2026
_STAMP: Final = "demo.stamp"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The demonstration in the database at *address*; its stamp is in the folder *home*."""

    address: Address
    home: Path

    async def is_present(self, database: Database) -> bool:
        """Tell whether the database holds made-up indicators."""
        made_up = select(indicator.c.id).where(indicator.c.synthetic)
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            [[found]] = await transaction.fetch(select(exists(made_up)))
        return bool(found)

    async def load(self, database: Database, progress: Progress | None = None) -> None:
        """Bring it to what would have been reported by now."""
        stamp = self._stamp()
        await demo.load_demo(database, seed=_SEED, clock=system_clock, progress=progress)
        (self.home / _STAMP).write_text(stamp, encoding="ascii")

    def refresh(self) -> None:
        """Load it again unless it is of today, from a thread of its own; a failure is logged."""
        try:
            if not self._is_current():
                asyncio.run(self._reload())
        except Exception:  # noqa: BLE001 - the hub serves what it has
            _LOG.exception("the demonstration was not brought up to date")

    async def _reload(self) -> None:
        async with Database(self.address, connections=1) as database:
            await self.load(database)

    def _is_current(self) -> bool:
        path = self.home / _STAMP
        return path.exists() and path.read_text(encoding="ascii") == self._stamp()

    def _stamp(self) -> str:
        """Return what a demonstration of today, of these sources, in this database is called."""
        sources = sorted(Path(demo.__file__).parent.glob("demo*.py"))
        digest = sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
        day = system_clock().astimezone(VIETNAM).date()
        return f"{day} {digest} {self.address.derive('demonstration')}"
