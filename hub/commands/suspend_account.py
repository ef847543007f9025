"""Shut an account, at once and for all its tokens, or open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, null, update

from hub.commands.errors import ForbiddenError
from hub.model.authority import account

if TYPE_CHECKING:
    from uuid import UUID

    from hub.database.transaction import Transaction


async def suspend_account(transaction: Transaction, *, issuer: str, subject: str) -> UUID:
    """From the next operation on, the account sees and does nothing; return its handle.

    Again changes nothing.
    """
    return await _mark(transaction, issuer, subject, is_suspended=True)


async def restore_account(transaction: Transaction, *, issuer: str, subject: str) -> UUID:
    """From the next operation on, the account has its agency's rights again; return its handle."""
    return await _mark(transaction, issuer, subject, is_suspended=False)


async def _mark(transaction: Transaction, issuer: str, subject: str, *, is_suspended: bool) -> UUID:
    since = func.coalesce(account.c.suspended_at, func.now()) if is_suspended else null()
    touched = await transaction.fetch(
        update(account)
        .values(suspended_at=since)
        .where(account.c.issuer == issuer, account.c.subject == subject)
        .returning(account.c.handle)
    )
    if not touched:
        raise ForbiddenError
    handle: UUID = touched[0]["handle"]
    return handle
