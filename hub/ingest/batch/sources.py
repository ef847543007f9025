"""Whom a delivery acts as: the registered source, through the account that it has for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.access.principal import GATE, Principal
from hub.access.readers import Reader
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.model.authority import account
from hub.model.intake import batch, data_source
from hub.model.organisation import agency

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from hub.database.engine import Database

SOURCE_ISSUER: Final = "hub:source"
"""The issuer of the accounts that sources act as; their subject is the source's code. Nobody is
given a token of it."""

_WORKBOOK: Final = "workbook"
_XLSX: Final = "xlsx"


class UnknownSourceError(HubError):
    """There is no such source, or it has no account to act as, or that is suspended."""

    code = "SOURCE_UNKNOWN"
    vi = "Không có nguồn dữ liệu “{source}”, hoặc nguồn chưa được phép ghi."
    en = "There is no source “{source}”, or it may not write yet."


@dataclass(frozen=True, slots=True)
class Source:
    """A registered source that may write.

    Attributes:
        owner: the code of the agency in whose name its figures are.
        account: whom it acts as.
    """

    id: int
    code: str
    kind: str
    owner_id: int
    owner: str
    jurisdiction_id: int
    account: int
    mapping_version: int

    @property
    def principal(self) -> Principal:
        """Return whom its statements run as."""
        return Principal(Reader.SOURCE, account=self.account, agency=self.owner, kind="machine")

    def enters_as(self, format_: str) -> str:
        """Return the state in which figures begin that it delivers in that ``DeliveryFormat``."""
        is_workbook = self.kind == _WORKBOOK or format_ == _XLSX
        return "draft" if is_workbook else "submitted"


async def get_source(database: Database, code: str) -> Source:
    """Return the source *code*; raise ``UnknownSourceError`` where there is none that may write."""
    found = await _find(database, data_source.c.code == code)
    if found is None:
        raise UnknownSourceError(source=code)
    return found


async def get_source_of(database: Database, batch_id: UUID) -> Source:
    """Return the source whose batch *batch_id* is; raise ``UnknownSourceError`` for none."""
    ours = select(batch.c.source_id).where(batch.c.id == batch_id).scalar_subquery()
    found = await _find(database, data_source.c.id == ours)
    if found is None:
        raise UnknownSourceError(source=str(batch_id))
    return found


async def _find(database: Database, condition: ColumnElement[bool]) -> Source | None:
    s = data_source.c
    query = (
        select(
            s.id,
            s.code,
            s.kind,
            s.owner_id,
            agency.c.code,
            s.jurisdiction_id,
            s.account_id,
            s.mapping_version,
        )
        .join_from(data_source, agency, s.owner_id == agency.c.id)
        .join(account, s.account_id == account.c.id)
        .where(condition, account.c.suspended_at.is_(None))
    )
    async with begin(database, GATE, Mode.READ) as transaction:
        rows = await transaction.fetch(query)
    return Source(*rows[0]) if rows else None
