"""The trail as the floors above have it: accesses are told here, and kept or spooled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol
from uuid import uuid4

from typing_extensions import override

from hub.access.principal import CLERK
from hub.audit.entry import entry_of
from hub.audit.keeping import keep
from hub.database.transaction import Mode, begin

if TYPE_CHECKING:
    from hub.audit.access import Access
    from hub.audit.spool import Spool
    from hub.database.engine import Database


class Trail(Protocol):
    """Takes note of accesses."""

    def check(self) -> None:
        """Raise ``TrailBehindError`` where none may be given, since none can be recorded."""

    def tell(self, access: Access) -> None:
        """Have *access* recorded within a second; never waits."""

    async def keep(self, access: Access) -> None:
        """Record *access* in a transaction of its own before going on; raise if it cannot be."""


class NoTrail(Trail):
    """Takes note of nothing: for a hub that serves nobody but tests and measurements."""

    @override
    def check(self) -> None:
        """Let everything pass."""

    @override
    def tell(self, access: Access) -> None:
        """Forget *access*."""

    @override
    async def keep(self, access: Access) -> None:
        """Forget *access*."""


NO_TRAIL: Final = NoTrail()


class KeptTrail(Trail):
    """The trail of a process that serves: reads through its spool, the rest at once."""

    def __init__(self, database: Database, spool: Spool) -> None:
        self._database = database
        self._spool = spool

    @override
    def check(self) -> None:
        """Raise as ``Trail`` says."""
        self._spool.check()

    @override
    def tell(self, access: Access) -> None:
        """Spool *access*."""
        self._spool.tell(access)

    @override
    async def keep(self, access: Access) -> None:
        """Record *access* as ``Trail`` says."""
        await keep_access(self._database, access)


async def keep_access(database: Database, access: Access) -> None:
    """Add *access* to the chain in a transaction of its own."""
    async with begin(database, CLERK, Mode.WRITE) as transaction:
        await keep(transaction, [entry_of(access, uuid4(), variables_key(database))])


def variables_key(database: Database) -> bytes:
    """Return the key that this installation digests variables with."""
    return bytes.fromhex(database.address.derive("audit variables"))
