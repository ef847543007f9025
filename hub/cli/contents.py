"""What a development hub's database is filled with, and whether that is of today.

Comparing the programme's own data and making the demonstration up again takes seconds, mostly for
nothing. So a run that finds a stamp of today, of the same sources, leaves the database as it is;
and one that finds an older demonstration serves it while it is brought up to date.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select

import hub
from hub.access.principal import PUBLIC
from hub.clock import VIETNAM, system_clock
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.ingest.accounts import load_development_accounts
from hub.ingest.demo import load_demo
from hub.ingest.development_sources import load_development_sources
from hub.ingest.reference import load_reference
from hub.ingest.submissions import keep_submissions
from hub.model.measurement import indicator

if TYPE_CHECKING:
    from hub.cli.progress import Display
    from hub.database.address import Address

_LOG: Final = logging.getLogger(__name__)
_SEED: Final = 2026
_STAMP: Final = "contents.stamp"
_SOURCES: Final = ("ingest", "reference", "model")


class DemoPresentError(HubError):
    """The database holds demonstration figures, and none are wanted."""

    code = "DEMO_PRESENT"
    vi = (
        "Dữ liệu hiện có đã gồm số liệu minh họa: với --no-demo hãy đặt HUB_HOME sang thư mục khác."
    )
    en = "The data hold demonstration figures: with --no-demo, set HUB_HOME to another folder."


@dataclass(frozen=True)
class Contents:
    """What the database at *address* shall hold; the stamp is in the folder *home*."""

    address: Address
    home: Path
    with_demo: bool

    async def fill(self, database: Database, display: Display) -> bool:
        """Load what is missing; return whether the demonstration is left to be refreshed."""
        has_data = await _holds(database, synthetic=False)
        has_demo = await _holds(database, synthetic=True)
        if has_demo and not self.with_demo:
            raise DemoPresentError
        if has_data and has_demo is self.with_demo and self._is_stamped():
            return False
        with display.phase("Dữ liệu gốc") as progress:
            await load_reference(database, progress=progress)
        with display.phase("Tài khoản") as progress:
            progress.expect(1)
            progress.advance("Cấp tài khoản phát triển cho các cơ quan")
            await load_development_accounts(database)
        if has_demo:
            return True
        if self.with_demo:
            with display.phase("Số liệu minh họa") as progress:
                await load_demo(database, seed=_SEED, clock=system_clock, progress=progress)
        with display.phase("Nguồn dữ liệu") as progress:
            progress.expect(1)
            # Last: what they may write are the indicators that there are.
            progress.advance("Mở nguồn để các cơ quan gửi số liệu")
            await load_development_sources(database)
        await keep_submissions(database, system_clock)
        self._leave_stamp()
        return False

    def refresh_demo(self) -> None:
        """Bring the demonstration to now, from a thread of its own; a failure is logged."""
        try:
            asyncio.run(self._refresh())
        except Exception:  # noqa: BLE001 - the hub serves what it has
            _LOG.exception("the demonstration was not brought up to date")

    async def _refresh(self) -> None:
        async with Database(self.address, connections=1) as database:
            await load_demo(database, seed=_SEED, clock=system_clock)
            await load_development_sources(database)
            await keep_submissions(database, system_clock)
        self._leave_stamp()

    def _is_stamped(self) -> bool:
        path = self.home / _STAMP
        return path.exists() and path.read_text(encoding="ascii") == self._stamp

    def _leave_stamp(self) -> None:
        (self.home / _STAMP).write_text(self._stamp, encoding="ascii")

    @cached_property
    def _stamp(self) -> str:
        """What the contents of today, from these sources, in this database are called."""
        place = Path(hub.__file__).parent
        files = [
            file
            for name in _SOURCES
            for file in (place / name).rglob("*")
            if file.suffix in {".csv", ".py"}
        ]
        digest = sha256()
        for file in sorted(files):
            digest.update(file.read_bytes())
        day = system_clock().astimezone(VIETNAM).date()
        return f"{day} {digest.hexdigest()} {self.address.derive('contents')}"


async def _holds(database: Database, *, synthetic: bool) -> bool:
    """Tell whether *database* holds indicators of the plan, or made-up ones."""
    which = indicator.c.synthetic if synthetic else ~indicator.c.synthetic
    async with begin(database, PUBLIC, Mode.READ) as transaction:
        [[found]] = await transaction.fetch(select(exists(select(indicator.c.id).where(which))))
    return bool(found)
