"""The sources of a development hub: each agency's own, and those of the demonstration."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    and_,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    select,
    update,
    values,
)
from sqlalchemy.dialects.postgresql import insert as insert_once

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.sources import SOURCE_ISSUER
from hub.ingest.demo.sources import SYSTEMS
from hub.ingest.merge import take_turn
from hub.ingest.staging import Merged
from hub.model.authority import access_grant, account, scope
from hub.model.columns import TEXT
from hub.model.intake import data_source, source_right, source_term
from hub.model.measurement import indicator
from hub.model.organisation import agency
from hub.model.programme import project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Insert, Update

    from hub.database.engine import Database

PREFIX: Final = "push."
"""What the code of such a source begins with; the code of its agency follows."""

OPEN_FROM: Final = date(2025, 12, 15)
"""The first day of the reporting year 2026, by the calendar and by Decree 09/2019/NĐ-CP."""

_CODE = literal(PREFIX).concat(agency.c.code)
_WRITES = and_(
    access_grant.c.origin == "derived",
    scope.c.capability == "write",
    scope.c.data_class == "observation",
)
_WRITABLE = (
    select(scope.c.holder_id, scope.c.project_id, scope.c.area_id)
    .join_from(scope, access_grant, access_grant.c.id == scope.c.grant_id)
    .join(project, project.c.id == scope.c.project_id)
    .join(agency, agency.c.id == scope.c.holder_id)
    .where(_WRITES, agency.c.jurisdiction_id == project.c.jurisdiction_id)
    .distinct()
    .cte("writable")
)
_BODIES = select(_WRITABLE.c.holder_id).distinct().subquery()


async def load_development_sources(database: Database) -> Merged:
    """Give every agency with a derived right to write figures a source with that right.

    It is called ``push.`` and the agency's code, may write the indicators of the projects that the
    agency writes, in the agency's own area, and takes the periods of 2026 that are over. Those of
    the demonstration, where that is loaded, are given accounts and their own words. Sources that
    are there keep what was changed of them but for their rights.
    """
    known = and_(account.c.issuer == SOURCE_ISSUER, account.c.subject == _CODE)
    accounts = insert(account).from_select(
        ["issuer", "subject", "kind", "agency_id"],
        select(literal(SOURCE_ISSUER), _CODE, literal("machine"), agency.c.id)
        .join_from(agency, _BODIES, _BODIES.c.holder_id == agency.c.id)
        .where(not_(exists().select_from(account).where(known))),
    )
    sources = insert(data_source).from_select(
        [
            "code",
            "name_vi",
            "name_en",
            "jurisdiction_id",
            "owner_id",
            "kind",
            "account_id",
            "open_from",
        ],
        select(
            _CODE,
            func.concat("Số liệu do ", agency.c.name_vi, " gửi"),
            func.concat("Figures sent by ", func.coalesce(agency.c.name_en, agency.c.name_vi)),
            agency.c.jurisdiction_id,
            agency.c.id,
            literal("push"),
            account.c.id,
            literal(OPEN_FROM),
        )
        .join_from(agency, account, known)
        .where(not_(exists().where(data_source.c.code == _CODE))),
    )
    rights = (
        select(
            data_source.c.id.label("source_id"),
            indicator.c.id.label("indicator_id"),
            _WRITABLE.c.area_id,
        )
        .join_from(_WRITABLE, agency, agency.c.id == _WRITABLE.c.holder_id)
        .join(data_source, data_source.c.code == _CODE)
        .join(indicator, indicator.c.project_id == _WRITABLE.c.project_id)
    )
    columns = ["source_id", "indicator_id", "area_id"]
    given = rights.subquery()
    ours = select(data_source.c.id).where(data_source.c.code.startswith(PREFIX, autoescape=True))
    over = delete(source_right).where(
        source_right.c.source_id.in_(ours),
        not_(
            exists().where(
                given.c.source_id == source_right.c.source_id,
                given.c.indicator_id == source_right.c.indicator_id,
                given.c.area_id.is_not_distinct_from(source_right.c.area_id),
            )
        ),
    )
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await take_turn(transaction)
        await transaction.execute(accounts)
        new = await transaction.execute(sources)
        [[there]] = await transaction.fetch(select(func.count()).select_from(ours.subquery()))
        await transaction.execute(over)
        await transaction.execute(
            insert_once(source_right).from_select(columns, rights).on_conflict_do_nothing()
        )
        for statement in _demonstration():
            await transaction.execute(statement)
    return Merged(data_source.name, new, 0, there - new, 0)


def _demonstration() -> Iterator[Insert | Update]:
    """Yield what lets the sources of the demonstration write."""
    may_write = exists().where(source_right.c.source_id == data_source.c.id)
    has_none = and_(data_source.c.synthetic, data_source.c.account_id.is_(None), may_write)
    own = and_(account.c.issuer == SOURCE_ISSUER, account.c.subject == data_source.c.code)
    yield insert(account).from_select(
        ["issuer", "subject", "kind", "agency_id"],
        select(
            literal(SOURCE_ISSUER), data_source.c.code, literal("machine"), data_source.c.owner_id
        ).where(has_none, not_(exists().select_from(account).where(own))),
    )
    words = values(
        column("source", TEXT), column("term", TEXT), column("code", TEXT), name="words"
    ).data([(each.code, *word) for each in SYSTEMS for word in each.terms])
    yield insert(source_term).from_select(
        ["source_id", "kind", "term", "code"],
        select(data_source.c.id, literal("indicator"), words.c.term, words.c.code)
        .join_from(data_source, words, words.c.source == data_source.c.code)
        .where(has_none),
    )
    yield update(data_source).values(account_id=account.c.id).where(has_none, own)
