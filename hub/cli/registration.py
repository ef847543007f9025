"""Trusted operations in the database of this installation: registered, listed, ended."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hub.access.principal import LOADER
from hub.api.operations import Operation, examine_operation, read_operation
from hub.cli.administration import carry_out
from hub.cli.bounds import limits_of
from hub.cli.installation import open_existing_server
from hub.cli.operator import operator_name
from hub.clock import VIETNAM
from hub.commands import trust_operation as acts
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.transaction import Transaction


def register(file: Path, *, audience: str, owner: str, until: date) -> Operation:
    """Register the operation in *file* for *audience*, to the end of the day *until*.

    Raises ``OperationUnusableError`` where it is not one operation with a name, or more than whom
    it is for can see or may ask.
    """
    operation = read_operation(file)
    examine_operation(operation, audience, limits_of(read_settings()))
    ends = datetime.combine(until + timedelta(days=1), time(), VIETNAM)

    async def act(transaction: Transaction) -> str:
        await acts.register_operation(
            transaction,
            name=operation.name,
            text=operation.text,
            sha256=operation.sha256,
            audience=audience,
            owner=owner,
            expires_at=ends,
            added_by=operator_name(),
        )
        return operation.sha256

    carry_out("registerOperation", act)
    return operation


def registered() -> list[acts.Registered]:
    """Return the operations in force."""

    async def run() -> list[acts.Registered]:
        async with (
            Database(address, connections=1) as database,
            begin(database, LOADER, Mode.READ) as transaction,
        ):
            return await acts.list_operations(transaction)

    with open_existing_server(read_settings()) as address:
        return asyncio.run(run())


def end(named: str) -> int:
    """End the operations of that name or hash; return how many they were."""
    ended = 0

    async def act(transaction: Transaction) -> str:
        nonlocal ended
        ended = await acts.end_operation(transaction, named=named)
        return named

    carry_out("endOperation", act)
    return ended
