"""Shut an account, at once and for all its tokens, or open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, null, update

from hub.commands.errors import ForbiddenError
from hub.model.authority import account

if TYPE_CHECKING:
    from hub.database.transaction import Transaction


async def suspend_account(transaction: Transaction, *, issuer: str, subject: str) -> None:
    """From the next operation on, the account sees and does nothing; again changes nothing."""
    await _mark(transaction, issuer, subject, is_suspended=True)


async def restore_account(transaction: Transaction, *, issuer: str, subject: str) -> None:
    """From the next operation on, the account has its agency's rights again."""
    await _mark(transaction, issuer, subject, is_suspended=False)


async def _mark(transaction: Transaction, issuer: str, subject: str, *, is_suspended: bool) -> None:
    since = func.coalesce(account.c.suspended_at, func.now()) if is_suspended else null()
    touched = await transaction.execute(
        update(account)
        .values(suspended_at=since)
        .where(account.c.issuer == issuer, account.c.subject == subject)
    )
    if not touched:
        raise ForbiddenError
