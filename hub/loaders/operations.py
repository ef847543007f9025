"""Operations that an administrator has registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from hub.access.principal import GATE
from hub.database.transaction import Mode, begin
from hub.model.operations import trusted_operation

if TYPE_CHECKING:
    from datetime import datetime

    from hub.database.engine import Database

_IN_FORCE = select(
    trusted_operation.c.sha256,
    trusted_operation.c.text,
    trusted_operation.c.audience,
    trusted_operation.c.expires_at,
).where(trusted_operation.c.ended_at.is_(None))


@dataclass(frozen=True, slots=True)
class Registered:
    """An operation that *audience* may ask until *expires_at*."""

    sha256: str
    text: str
    audience: str
    expires_at: datetime


async def load_registered(database: Database) -> list[Registered]:
    """Return the operations that were not ended, those that have run out included."""
    async with begin(database, GATE, Mode.READ) as transaction:
        rows = await transaction.fetch(_IN_FORCE)
    return [Registered(**row) for row in rows]
