"""Register a trusted operation, or end one: those whom it is for may ask it from then on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, or_, select, update

from hub.commands.agencies import get_body
from hub.errors import HubError
from hub.model.operations import trusted_operation
from hub.model.organisation import agency

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Update

    from hub.database.transaction import Transaction


class OperationNotRegisteredError(HubError):
    """No registered operation in force has that name or hash."""

    code = "OPERATION_NOT_REGISTERED"
    vi = "Không có câu hỏi tin cậy “{named}” đang có hiệu lực; xem “hub operation list”."
    en = "No registered operation “{named}” is in force; see “hub operation list”."


class OperationEndsTooSoonError(HubError):
    """An operation is to be registered for a time that is over."""

    code = "OPERATION_ENDS_TOO_SOON"
    vi = "Thời hạn {until} đã qua: hãy chọn một ngày sau hôm nay."
    en = "{until} is over: choose a day to come."


@dataclass(frozen=True, slots=True)
class Registered:
    """An operation in force: whose it is, for whom, since when and how long."""

    sha256: str
    name: str
    audience: str
    owner: str
    added_by: str
    added_at: datetime
    expires_at: datetime


async def register_operation(  # noqa: PLR0913  (all that is recorded)
    transaction: Transaction,
    *,
    name: str,
    text: str,
    sha256: str,
    audience: str,
    owner: str,
    expires_at: datetime,
    added_by: str,
) -> None:
    """Register the operation; one of the same text for the same audience is replaced.

    Raises ``OperationEndsTooSoonError``, or ``UnknownAgencyError`` of the owner.
    """
    owner_id = await get_body(transaction, owner)
    ((now,),) = await transaction.fetch(select(func.now()))
    if expires_at <= now:
        raise OperationEndsTooSoonError(until=expires_at.date())
    same = (trusted_operation.c.sha256 == sha256) & (trusted_operation.c.audience == audience)
    await transaction.execute(_ended().where(same))
    await transaction.execute(
        insert(trusted_operation).values(
            name=name,
            text=text,
            sha256=sha256,
            audience=audience,
            owner_id=owner_id,
            expires_at=expires_at,
            added_by=added_by,
        )
    )


async def end_operation(transaction: Transaction, *, named: str) -> int:
    """End what goes by the name or the hash *named*; return how many they were.

    Raises ``OperationNotRegisteredError`` where there is none.
    """
    found = or_(trusted_operation.c.name == named, trusted_operation.c.sha256 == named)
    count = await transaction.execute(_ended().where(found))
    if not count:
        raise OperationNotRegisteredError(named=named)
    return count


async def list_operations(transaction: Transaction) -> list[Registered]:
    """Return the operations in force, by name."""
    table = trusted_operation.c
    rows = await transaction.fetch(
        select(
            table.sha256,
            table.name,
            table.audience,
            agency.c.code.label("owner"),
            table.added_by,
            table.added_at,
            table.expires_at,
        )
        .join_from(trusted_operation, agency, agency.c.id == table.owner_id)
        .where(table.ended_at.is_(None), table.expires_at > func.now())
        .order_by(table.name, table.audience)
    )
    return [Registered(**row) for row in rows]


def _ended() -> Update:
    return (
        update(trusted_operation)
        .values(ended_at=func.now())
        .where(trusted_operation.c.ended_at.is_(None))
    )
