"""Give an agency a right for a time: to inspect, to administer, to stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import Select, insert, select

from hub.commands.agencies import get_body
from hub.commands.errors import ForbiddenError, ReasonMissingError, ValidityError
from hub.model.authority import access_grant
from hub.model.programme import project
from hub.model.territory import area, jurisdiction

if TYPE_CHECKING:
    from datetime import datetime

    from hub.clock import Clock
    from hub.database.transaction import Transaction

LEAST_REASON: Final = 10
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class GrantOrder:
    """What is to be given; it holds as a whole.

    Attributes:
        project: the local project whose subtree it is about; None is every one of the place.
        area: code of a ward of today; None is the whole place.
    """

    holder: str
    jurisdiction: str
    project: str | None
    area: str | None
    data_classes: tuple[str, ...]
    capabilities: tuple[str, ...]
    states: tuple[str, ...]
    valid_until: datetime
    why: str


async def give_grant(
    transaction: Transaction, order: GrantOrder, *, given_by: int | None, clock: Clock
) -> str:
    """Give the right and return its code.

    Raises ``ForbiddenError`` where the giver does not hold it as a whole, or administers no such
    agency, or where what it is about is not there.
    """
    check_reason(order.why)
    check_validity(order.valid_until, LONGEST, clock)
    holder_id = await get_body(transaction, order.holder)
    jurisdiction_id = await get_jurisdiction(transaction, order.jurisdiction)
    code = f"explicit.{uuid4()}"
    await transaction.execute(
        insert(access_grant).values(
            code=code,
            origin="explicit",
            holder_id=holder_id,
            jurisdiction_id=jurisdiction_id,
            project_id=await get_project(transaction, order.project, jurisdiction_id),
            data_classes=list(order.data_classes),
            capabilities=list(order.capabilities),
            states=list(order.states),
            area_scope="all" if order.area is None else "own",
            area_id=await _area(transaction, order.area, jurisdiction_id),
            given_by_id=given_by,
            why=order.why,
            valid_until=order.valid_until,
        )
    )
    return code


def check_reason(why: str) -> None:
    """Raise unless *why* says something."""
    if len(why.strip()) < LEAST_REASON:
        raise ReasonMissingError(least=LEAST_REASON)


def check_validity(until: datetime, longest: timedelta, clock: Clock) -> None:
    """Raise unless *until* is in the future and within *longest*."""
    if not timedelta(0) < until - clock() <= longest:
        raise ValidityError(most=int(longest.total_seconds() // 3600))


async def get_jurisdiction(transaction: Transaction, code: str) -> int:
    """Return the id of the place *code*, or raise ``ForbiddenError``."""
    return await _id(transaction, select(jurisdiction.c.id).where(jurisdiction.c.code == code))


async def get_project(
    transaction: Transaction, code: str | None, jurisdiction_id: int
) -> int | None:
    """Return the id of the place's own project *code*, or raise ``ForbiddenError``.

    Another place's project is none of this place's: it is answered as one that is not there.
    """
    if code is None:
        return None
    local = select(project.c.id).where(
        project.c.code == code,
        ~project.c.is_national,
        project.c.jurisdiction_id == jurisdiction_id,
    )
    return await _id(transaction, local)


async def _area(transaction: Transaction, code: str | None, jurisdiction_id: int) -> int | None:
    if code is None:
        return None
    today = select(area.c.id).where(
        area.c.code == code, area.c.valid_to.is_(None), area.c.jurisdiction_id == jurisdiction_id
    )
    return await _id(transaction, today)


async def _id(transaction: Transaction, statement: Select[int]) -> int:
    found = await transaction.fetch(statement)
    if not found:
        raise ForbiddenError
    number: int = found[0]["id"]
    return number
