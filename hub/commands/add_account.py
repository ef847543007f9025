"""Give somebody an account: whom the issuer calls so is, from now on, of that agency.

A name is taken once for the whole hub, since its bearer acts for one agency. Whoever runs the
installation is told so; an administrator is not told whose it is, nor that this is why: a name
taken in the own agency, one taken elsewhere, and an agency beyond its subtree are refused alike,
and nothing is changed. Subjects are the issuer's opaque numbers, so there is nothing to guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.commands.agencies import get_body
from hub.errors import HubError
from hub.model.authority import account

if TYPE_CHECKING:
    from uuid import UUID

    from hub.database.transaction import Transaction


class AccountTakenError(HubError):
    """Somebody has that name at that issuer already."""

    code = "ACCOUNT_TAKEN"
    vi = "“{subject}” của {issuer} đã có tài khoản."
    en = "“{subject}” of {issuer} has an account already."


async def add_account(
    transaction: Transaction, *, agency_code: str, issuer: str, subject: str, kind: str
) -> UUID:
    """Add the account and return its handle.

    Raises ``AccountTakenError`` where the issuer's subject has an account, of whatever agency.
    """
    agency_id = await get_body(transaction, agency_code)
    added = await transaction.execute(
        insert(account)
        .values(issuer=issuer, subject=subject, kind=kind, agency_id=agency_id)
        .on_conflict_do_nothing()
    )
    if not added:
        raise AccountTakenError(subject=subject, issuer=issuer)
    (row,) = await transaction.fetch(
        select(account.c.handle).where(account.c.issuer == issuer, account.c.subject == subject)
    )
    handle: UUID = row["handle"]
    return handle
