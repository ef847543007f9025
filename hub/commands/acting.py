"""The transaction in which somebody acts: decided by the database, recorded before it commits."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg

from hub.access.readers import Reader
from hub.audit.access import Access, Origin
from hub.audit.entry import entry_of
from hub.audit.keeping import keep
from hub.audit.trail import variables_key
from hub.commands.errors import ForbiddenError
from hub.database.transaction import Mode, begin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.access.principal import Principal
    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.database.transaction import Transaction


@dataclass(slots=True)
class Act:
    """An act as the audit trail has it.

    Attributes:
        target: what it was about, by code or handle; told once it is known.
    """

    name: str
    origin: Origin
    clock: Clock
    target: str | None = None


@asynccontextmanager
async def acting(database: Database, principal: Principal, act: Act) -> AsyncIterator[Transaction]:
    """Open the transaction of an act of *principal*; what its rights do not cover is forbidden."""
    if principal.account is None:
        raise ForbiddenError
    try:
        registrar = replace(principal, reader=Reader.REGISTRAR)
        async with recorded(database, registrar, act) as transaction:
            yield transaction
    except asyncpg.InsufficientPrivilegeError as error:
        raise ForbiddenError from error


@asynccontextmanager
async def recorded(
    database: Database, principal: Principal, act: Act
) -> AsyncIterator[Transaction]:
    """Open a transaction that ends with the act's entry in the audit trail, or not at all."""
    async with begin(database, principal, Mode.WRITE) as transaction:
        yield transaction
        access = Access(
            act.clock(),
            "act",
            "answered",
            act.origin._replace(client=principal.client or act.origin.client),
            account=principal.account,
            agency=principal.agency,
            operation=act.name,
            target=act.target,
        )
        await keep(transaction, [entry_of(access, uuid4(), variables_key(database))])
