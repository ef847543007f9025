"""Development tokens: for whom there is an account, and where development is."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.access.principal import PUBLIC
from hub.cli.installation import open_existing_server
from hub.clock import system_clock
from hub.commands.errors import UnknownAgencyError
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.loaders.gate import find_principal
from hub.model.organisation import agency
from hub.web.development import ISSUER, DevelopmentIssuer, TokenLifetimeError

if TYPE_CHECKING:
    from hub.access.principal import Principal
    from hub.database.address import Address
    from hub.settings import Settings

_LIFETIME: Final = re.compile(r"([0-9]{1,6})([hms])")
_UNITS: Final = {"h": "hours", "m": "minutes", "s": "seconds"}


class NotDevelopmentError(HubError):
    """There is no development issuer here."""

    code = "NOT_DEVELOPMENT"
    vi = (
        "Chưa có “hub run” nào chạy với thư mục dữ liệu {home}: token phát triển chỉ có ở bản "
        "phát triển; hãy chạy “make run” trước, với cùng HUB_HOME."
    )
    en = (
        "No “hub run” has used the data folder {home}: development tokens exist in development "
        "only; run “make run” first, with the same HUB_HOME."
    )


class AgencyUnknownError(UnknownAgencyError):
    """No account in force belongs to such an agency."""

    vi = "Không có tài khoản của cơ quan “{agency}”. Mã gần giống: {nearest}."
    en = "There is no account of an agency “{agency}”. Similar codes: {nearest}."


class WardNeededError(HubError):
    """A group has no account; its members have."""

    code = "WARD_NEEDED"
    vi = "“{group}” là một nhóm: hãy nêu xã, phường, ví dụ “hub token {group} --ward {ward}”."
    en = "“{group}” is a group: name a ward, for example “hub token {group} --ward {ward}”."


class GroupWithoutMembersError(HubError):
    """A group has no account, and no member is known."""

    code = "GROUP_WITHOUT_MEMBERS"
    vi = "“{group}” là một nhóm chưa có thành viên nào nên không có tài khoản."
    en = "“{group}” is a group without known members, so it has no account."


def parse_lifetime(words: str) -> timedelta:
    """Return how long ``8h``, ``30m`` or ``90s`` is."""
    found = _LIFETIME.fullmatch(words)
    if found is None:
        raise TokenLifetimeError
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def make_token(settings: Settings, code: str, lifetime: timedelta) -> str:
    """Return a token for the account of the agency *code*, in a development hub only."""
    issuer = get_issuer(settings)
    token = issuer.token(code, lifetime)
    with open_existing_server(settings) as address:
        asyncio.run(_check_account(address, code))
    return token


def get_issuer(settings: Settings) -> DevelopmentIssuer:
    """Return the issuer that a ``hub run`` made, or raise ``NotDevelopmentError``."""
    issuer = DevelopmentIssuer.find(settings.home, system_clock)
    if issuer is None:
        raise NotDevelopmentError(home=settings.home.absolute())
    return issuer


async def get_account(database: Database, code: str) -> Principal:
    """Return who the development account of the agency *code* is, or say why there is none."""
    principal = await find_principal(database, ISSUER, code)
    if principal is not None:
        return principal
    a = agency.c
    async with begin(database, PUBLIC, Mode.READ) as transaction:
        group = await transaction.fetch(select(a.id).where(a.code == code, a.is_group))
        members = await transaction.fetch(
            select(a.code).where(a.code.startswith(f"{code}.", autoescape=True)).order_by(a.code)
        )
        known = await transaction.fetch(select(a.code).where(~a.is_group))
    if group and members:
        raise WardNeededError(group=code, ward=members[0][0].removeprefix(f"{code}."))
    if group:
        raise GroupWithoutMembersError(group=code)
    nearest = get_close_matches(code, [row[0] for row in known], n=3, cutoff=0.5)
    raise AgencyUnknownError(agency=code, nearest=", ".join(nearest) or "–")


async def _check_account(address: Address, code: str) -> None:
    async with Database(address, connections=1) as database:
        await get_account(database, code)
