"""Accounts are given to agencies, once to each subject of an issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hub.access.principal import LOADER
from hub.access.readers import Reader
from hub.commands.add_account import AccountTakenError, add_account
from hub.commands.errors import GroupAgencyError, UnknownAgencyError
from hub.database.transaction import Mode, begin
from hub.loaders.gate import find_principal

if TYPE_CHECKING:
    from hub.database.engine import Database

ISSUER = "https://id.example.vn/realms/hub"


async def _add(database: Database, agency: str, subject: str) -> None:
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await add_account(
            transaction, agency_code=agency, issuer=ISSUER, subject=subject, kind="person"
        )


async def test_an_account_makes_its_bearer_one_of_the_agency(scratch: Database) -> None:
    assert await find_principal(scratch, ISSUER, "f3c1") is None
    await _add(scratch, "hn.cong-an", "f3c1")
    principal = await find_principal(scratch, ISSUER, "f3c1")
    assert principal is not None
    assert (principal.agency, principal.reader) == ("hn.cong-an", Reader.STANDING)


async def test_a_subject_has_one_account_whoever_asks_again(scratch: Database) -> None:
    await _add(scratch, "hn.so-y-te", "f3c1")
    with pytest.raises(AccountTakenError, match="f3c1"):
        await _add(scratch, "hn.cong-an", "f3c1")
    principal = await find_principal(scratch, ISSUER, "f3c1")
    assert principal is not None
    assert principal.agency == "hn.so-y-te"


async def test_a_class_of_agencies_holds_no_account(scratch: Database) -> None:
    with pytest.raises(GroupAgencyError):
        await _add(scratch, "hn.ubnd-cap-xa", "f3c1")
    assert await find_principal(scratch, ISSUER, "f3c1") is None


async def test_an_unknown_agency_is_said(scratch: Database) -> None:
    with pytest.raises(UnknownAgencyError, match=r"hn\.nowhere"):
        await _add(scratch, "hn.nowhere", "f3c1")
