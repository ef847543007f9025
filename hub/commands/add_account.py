"""Give somebody an account: whom the issuer calls so is, from now on, of that agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.errors import HubError
from hub.model.authority import account
from hub.model.organisation import agency

if TYPE_CHECKING:
    from hub.database.transaction import Transaction


class UnknownAgencyError(HubError):
    """There is no such agency."""

    code = "AGENCY_UNKNOWN"
    vi = "Không có cơ quan “{agency}”; xem mã trong truy vấn agencies."
    en = "There is no agency “{agency}”; the query agencies lists the codes."


class GroupAgencyError(HubError):
    """A class of agencies holds no account; its members do."""

    code = "AGENCY_IS_GROUP"
    vi = "“{agency}” là một nhóm cơ quan; hãy nêu một thành viên, ví dụ {agency}.00004."
    en = "“{agency}” is a class of agencies; name a member, for example {agency}.00004."


class AccountTakenError(HubError):
    """Somebody has that name at that issuer already."""

    code = "ACCOUNT_TAKEN"
    vi = "“{subject}” của {issuer} đã có tài khoản, thuộc cơ quan {agency}."
    en = "“{subject}” of {issuer} has an account already, of agency {agency}."


async def add_account(
    transaction: Transaction, *, agency_code: str, issuer: str, subject: str, kind: str
) -> int:
    """Add the account and return its id.

    Raises ``UnknownAgencyError``, ``GroupAgencyError``, or ``AccountTakenError`` where the issuer's
    subject has an account of any agency.
    """
    found = await transaction.fetch(
        select(agency.c.id, agency.c.is_group).where(agency.c.code == agency_code)
    )
    if not found:
        raise UnknownAgencyError(agency=agency_code)
    if found[0]["is_group"]:
        raise GroupAgencyError(agency=agency_code)
    added = await transaction.fetch(
        insert(account)
        .values(issuer=issuer, subject=subject, kind=kind, agency_id=found[0]["id"])
        .on_conflict_do_nothing()
        .returning(account.c.id)
    )
    if not added:
        holder = await transaction.fetch(
            select(agency.c.code)
            .join(account, account.c.agency_id == agency.c.id)
            .where(account.c.issuer == issuer, account.c.subject == subject)
        )
        raise AccountTakenError(subject=subject, issuer=issuer, agency=holder[0]["code"])
    number: int = added[0]["id"]
    return number
