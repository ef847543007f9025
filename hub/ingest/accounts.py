"""The accounts that a development hub begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, exists, func, insert, literal, not_, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.merge import take_turn
from hub.ingest.staging import Merged
from hub.model.authority import account
from hub.model.organisation import agency

if TYPE_CHECKING:
    from hub.database.engine import Database

DEVELOPMENT_ISSUER: Final = "hub:development"

_FEED_AGENCY: Final = "vn.bo-cong-an"


async def load_development_accounts(database: Database) -> Merged:
    """Give every agency that is one body an account of the development issuer; alter none."""
    kind = case((agency.c.code == _FEED_AGENCY, "feed"), else_="person")
    is_one_body = not_(agency.c.is_group)
    known = and_(account.c.issuer == DEVELOPMENT_ISSUER, account.c.subject == agency.c.code)
    missing = select(literal(DEVELOPMENT_ISSUER), agency.c.code, kind, agency.c.id).where(
        is_one_body, not_(exists().select_from(account).where(known))
    )
    add = insert(account).from_select(["issuer", "subject", "kind", "agency_id"], missing)
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await take_turn(transaction)
        [[bodies]] = await transaction.fetch(
            select(func.count()).select_from(agency).where(is_one_body)
        )
        new = await transaction.execute(add)
    return Merged(account.name, new, 0, bodies - new, 0)
