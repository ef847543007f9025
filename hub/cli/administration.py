"""Acts on accounts and rights by whoever runs the installation, each in the audit trail."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import func, select

from hub.access.principal import LOADER
from hub.cli.installation import PATIENCE_SECONDS, open_existing_server
from hub.cli.operator import operator
from hub.clock import system_clock
from hub.commands.acting import Act, recorded
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.model.authority import access_grant, account
from hub.model.organisation import agency
from hub.model.programme import project
from hub.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import asyncpg
    from sqlalchemy import Select

    from hub.database.transaction import Transaction

_Result = TypeVar("_Result")


def carry_out(name: str, act: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
    """Carry out the act *name*; what it returns is what it was about, by code or handle."""

    async def run() -> _Result:
        done = Act(name, operator(), system_clock)
        async with (
            Database(address, connections=1, patience=PATIENCE_SECONDS) as database,
            recorded(database, LOADER, done) as transaction,
        ):
            result = await act(transaction)
            done.target = str(result)
            return result

    with open_existing_server(read_settings()) as address:
        return asyncio.run(run())


def accounts_of(agency_code: str | None) -> list[asyncpg.Record]:
    """Return all accounts, or those of one agency."""
    found = (
        select(
            account.c.issuer,
            account.c.subject,
            account.c.kind,
            account.c.suspended_at,
            agency.c.code.label("agency"),
        )
        .join(agency, agency.c.id == account.c.agency_id)
        .order_by(agency.c.code, account.c.issuer, account.c.subject)
    )
    return _look(found if agency_code is None else found.where(agency.c.code == agency_code))


def given_grants() -> list[asyncpg.Record]:
    """Return the rights that were given for a time and are in force."""
    return _look(
        select(
            access_grant.c.code,
            access_grant.c.capabilities,
            access_grant.c.data_classes,
            access_grant.c.valid_until,
            access_grant.c.why,
            agency.c.code.label("holder"),
            project.c.code.label("project"),
        )
        .join(agency, agency.c.id == access_grant.c.holder_id)
        .outerjoin(project, project.c.id == access_grant.c.project_id)
        .where(access_grant.c.origin == "explicit", access_grant.c.valid_until > func.now())
        .order_by(access_grant.c.valid_until, access_grant.c.code)
    )


def _look(statement: Select[tuple[object, ...]]) -> list[asyncpg.Record]:
    async def run() -> list[asyncpg.Record]:
        async with (
            Database(address, connections=1, patience=PATIENCE_SECONDS) as database,
            begin(database, LOADER, Mode.READ) as transaction,
        ):
            return await transaction.fetch(statement)

    with open_existing_server(read_settings()) as address:
        return asyncio.run(run())
