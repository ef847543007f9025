"""Finding the agency that an act is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from hub.commands.errors import GroupAgencyError, UnknownAgencyError
from hub.model.organisation import agency

if TYPE_CHECKING:
    from hub.database.transaction import Transaction


async def get_body(transaction: Transaction, code: str) -> int:
    """Return the id of the agency *code*; raise if there is none, or if it is a class of them."""
    found = await transaction.fetch(
        select(agency.c.id, agency.c.is_group).where(agency.c.code == code)
    )
    if not found:
        raise UnknownAgencyError(agency=code)
    if found[0]["is_group"]:
        raise GroupAgencyError(agency=code)
    number: int = found[0]["id"]
    return number
