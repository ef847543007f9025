"""A source registered: whose it is, the account that it acts as, and what it may write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, any_, literal, select

from hub.commands.agencies import get_body
from hub.errors import HubError
from hub.ingest.batch.sources import SOURCE_ISSUER
from hub.ingest.merge import RowSet, merge, number, take_turn
from hub.model.authority import account
from hub.model.columns import TEXT
from hub.model.intake import data_source, source_right
from hub.model.measurement import indicator
from hub.model.organisation import agency
from hub.model.territory import area

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Table

    from hub.database.transaction import Transaction
    from hub.ingest.staging import Merged


class RightUnknownError(HubError):
    """A source is to write something that is not there, or not in its owner's place."""

    code = "SOURCE_RIGHT_UNKNOWN"
    vi = "Không có “{codes}” ở địa phương của cơ quan sở hữu nguồn: hãy kiểm tra mã."
    en = "There is no “{codes}” in the place of the source's owner: check the code."


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A source as it shall be.

    Attributes:
        name: in Vietnamese.
        owner: the code of the agency in whose name its figures are.
        indicators: the codes of those that it may write.
        areas: the codes of the units in force that it may write of; none means every one of its
            place.
        open_from: periods that began before are closed to it.
    """

    code: str
    name: str
    owner: str
    kind: str
    indicators: Sequence[str]
    areas: Sequence[str] = ()
    calendar: str = "calendar"
    open_from: date | None = None


async def register_source(transaction: Transaction, wanted: Registration) -> list[Merged]:
    """Have the source as *wanted*, and its rights be these and no others.

    Raises ``UnknownAgencyError``, ``GroupAgencyError`` and ``RightUnknownError``.
    """
    await take_turn(transaction)
    owner = await get_body(transaction, wanted.owner)
    [[place]] = await transaction.fetch(
        select(agency.c.jurisdiction_id).where(agency.c.id == owner)
    )
    measured = await _ids(transaction, indicator, wanted.indicators, place)
    spots: Sequence[int | None] = [None]
    if wanted.areas:
        spots = await _ids(transaction, area, wanted.areas, place)
    named = {"issuer": SOURCE_ISSUER, "subject": wanted.code}
    accounts = await number(transaction, account, tuple(named), [tuple(named.values())])
    sources = await number(transaction, data_source, ("code",), [(wanted.code,)])
    [account_id], [source_id] = accounts.values(), sources.values()
    rights = [
        {"source_id": source_id, "indicator_id": each, "area_id": spot}
        for each in measured
        for spot in spots
    ]
    return await merge(
        transaction,
        [
            RowSet(
                account,
                ("id",),
                [{"id": account_id, **named, "kind": "machine", "agency_id": owner}],
            ),
            RowSet(
                data_source,
                ("id",),
                [
                    {
                        "id": source_id,
                        "code": wanted.code,
                        "name_vi": wanted.name,
                        "jurisdiction_id": place,
                        "owner_id": owner,
                        "kind": wanted.kind,
                        "account_id": account_id,
                        "calendar": wanted.calendar,
                        "open_from": wanted.open_from,
                    }
                ],
            ),
            RowSet(
                source_right,
                ("source_id", "indicator_id", "area_id"),
                rights,
                owned=source_right.c.source_id == source_id,
            ),
        ],
    )


async def _ids(
    transaction: Transaction, table: Table, codes: Sequence[str], place: int
) -> Sequence[int]:
    """Return the ids of *codes*, all of that place; a code of areas means the one in force."""
    t = table.c
    query = select(t.code, t.id).where(
        t.code == any_(literal(list(codes), ARRAY(TEXT))), t.jurisdiction_id == place
    )
    if table is area:
        query = query.where(t.valid_to.is_(None))
    found = dict(map(tuple, await transaction.fetch(query)))
    if missing := [code for code in codes if code not in found]:
        raise RightUnknownError(codes=", ".join(missing))
    return [found[code] for code in dict.fromkeys(codes)]
