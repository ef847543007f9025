"""Who a token's bearer is: the account, its agency, and the kind of reader that makes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, any_, bindparam, exists, func, literal, or_, select, union_all

from hub.access.principal import GATE, Principal
from hub.access.readers import Reader
from hub.database.transaction import Mode, begin
from hub.model.authority import access_epoch, access_grant, account
from hub.model.organisation import agency

if TYPE_CHECKING:
    from datetime import datetime

    from hub.database.engine import Database

_IN_FORCE = and_(
    or_(access_grant.c.valid_from.is_(None), access_grant.c.valid_from <= func.now()),
    or_(access_grant.c.valid_until.is_(None), access_grant.c.valid_until > func.now()),
)
_HELD = select(literal(1)).where(access_grant.c.holder_id == account.c.agency_id, _IN_FORCE)

_OF_HOLDER = access_grant.c.holder_id == account.c.agency_id
_BOUNDS = union_all(
    *(
        select(bound.label("bound")).where(_OF_HOLDER, bound > func.now()).correlate(account)
        for bound in (access_grant.c.valid_from, access_grant.c.valid_until)
    )
).subquery()

_WHO: Final = (
    select(
        account.c.id,
        account.c.kind,
        agency.c.code,
        exists(_HELD.where(access_grant.c.role == "standing")).label("is_standing"),
        exists(
            _HELD.where(
                access_grant.c.jurisdiction_id.is_(None),
                any_(access_grant.c.data_classes) == literal("observation"),
            )
        ).label("is_feed"),
        exists(_HELD.where(access_grant.c.is_break_glass)).label("breaks_glass"),
        select(func.min(_BOUNDS.c.bound)).scalar_subquery().label("until"),
        func.coalesce(select(access_epoch.c.value).scalar_subquery(), 0).label("epoch"),
    )
    .join_from(account, agency, agency.c.id == account.c.agency_id)
    .where(
        account.c.issuer == bindparam("issuer"),
        account.c.subject == bindparam("subject"),
        account.c.suspended_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever a token is of, and how long that is known.

    Attributes:
        principal: with the epoch that it was found in.
        until: when a right that may decide the kind of reader begins or ends; None is never.
        is_feed: whether the account is a feed's, by its kind or by what it reads.
    """

    principal: Principal
    until: datetime | None
    is_feed: bool


async def find_principal(database: Database, issuer: str, subject: str) -> Principal | None:
    """Return who *subject* of *issuer* is, or None where no account in force is theirs.

    Nothing but the account table decides: no claim of a token says what its bearer may see.
    """
    bearer = await find_bearer(database, issuer, subject)
    return None if bearer is None else replace(bearer.principal, epoch=None)


async def find_bearer(database: Database, issuer: str, subject: str) -> Bearer | None:
    """Return what ``find_principal`` does, to be kept: the door refuses what is stale."""
    async with begin(database, GATE, Mode.READ) as transaction:
        rows = await transaction.fetch(_WHO.params(issuer=issuer, subject=subject))
    if not rows:
        return None
    (row,) = rows
    principal = Principal(
        reader=_reader(is_standing=row["is_standing"], is_feed=row["is_feed"]),
        account=row["id"],
        agency=row["code"],
        epoch=row["epoch"],
        kind=row["kind"],
        breaks_glass=row["breaks_glass"],
    )
    is_feed = row["kind"] == "feed" or principal.reader is Reader.FEED
    return Bearer(principal, row["until"], is_feed)


def _reader(*, is_standing: bool, is_feed: bool) -> Reader:
    if is_standing:
        return Reader.STANDING
    return Reader.FEED if is_feed else Reader.SCOPED
