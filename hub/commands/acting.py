"""The transaction in which somebody administers: decided by the database, under their claim."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import asyncpg

from hub.access.readers import Reader
from hub.commands.errors import ForbiddenError
from hub.database.transaction import Mode, begin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from hub.database.transaction import Transaction


@asynccontextmanager
async def acting(database: Database, principal: Principal) -> AsyncIterator[Transaction]:
    """Open the transaction of an act of *principal*; what its rights do not cover is forbidden."""
    if principal.account is None:
        raise ForbiddenError
    try:
        async with begin(
            database, replace(principal, reader=Reader.REGISTRAR), Mode.WRITE
        ) as transaction:
            yield transaction
    except asyncpg.InsufficientPrivilegeError as error:
        raise ForbiddenError from error
