"""The worker of one machine: moves its spools into the chain, signs heads, hands them on."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import asyncpg

from hub.access.principal import CLERK
from hub.audit.heads import export_heads, sign_if_due
from hub.audit.merging import merge
from hub.database.transaction import Mode, begin
from hub.errors import HubError

if TYPE_CHECKING:
    from pathlib import Path

    from hub.audit.heads import Pen
    from hub.clock import Clock
    from hub.database.engine import Database

_LOG: Final = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 1.0
_PAUSE_AFTER_FAILURE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Worker:
    """Keeps the trail of the hubs whose data folder is *home*.

    Several may run: each merges its own machine's spools, and one at a time adds to the chain.
    """

    database: Database
    home: Path
    heads: Path
    pen: Pen
    clock: Clock

    async def run(self) -> None:
        """Work until cancelled; then merge and sign what there is, and end."""
        try:
            while True:
                is_well = await self._try()
                await asyncio.sleep(_PAUSE_SECONDS if is_well else _PAUSE_AFTER_FAILURE)
        except asyncio.CancelledError:
            await self._try(is_last=True)
            raise

    async def turn(self, *, is_last: bool = False) -> int:
        """Merge what is spooled, sign and hand on what is due; return how many entries came."""
        added = await merge(self.database, self.home, self.clock)
        async with begin(self.database, CLERK, Mode.WRITE) as transaction:
            await sign_if_due(transaction, self.pen, self.clock, is_last=is_last)
        async with begin(self.database, CLERK, Mode.READ) as transaction:
            await export_heads(transaction, self.heads)
        return added

    async def _try(self, *, is_last: bool = False) -> bool:
        """Take a turn; what fails is logged, and tried again at the next."""
        try:
            await self.turn(is_last=is_last)
        except HubError as error:
            _LOG.warning("the audit trail waits: %s: %s", error.code, error)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            _LOG.exception("the audit trail waits")
        else:
            return True
        return False
