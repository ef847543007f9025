"""End a right that was given for a time, before its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, update

from hub.commands.errors import ForbiddenError
from hub.model.authority import access_grant

if TYPE_CHECKING:
    from hub.database.transaction import Transaction


async def end_grant(transaction: Transaction, *, code: str) -> None:
    """From the next operation on, the right *code* allows nothing; the record stays."""
    ended = await transaction.execute(
        update(access_grant)
        .values(valid_until=func.least(access_grant.c.valid_until, func.now()))
        .where(access_grant.c.code == code, access_grant.c.origin == "explicit")
    )
    if not ended:
        raise ForbiddenError
