"""Trusted operations in the database of this installation: registered, listed, ended."""

from __future__ import annotations

import asyncio
import getpass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from hub.access.principal import LOADER
from hub.api.operations import Operation, examine_operation, read_operation
from hub.cli.bounds import limits_of
from hub.cli.installation import open_existing_server
from hub.clock import VIETNAM
from hub.commands import trust_operation as acts
from hub.database.engine import Database
from hub.database.transaction import Mode, Transaction, begin
from hub.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

_Result = TypeVar("_Result")


def register(file: Path, *, audience: str, owner: str, until: date) -> Operation:
    """Register the operation in *file* for *audience*, to the end of the day *until*.

    Raises ``OperationUnusableError`` where it is not one operation with a name, or more than whom
    it is for can see or may ask.
    """
    operation = read_operation(file)
    examine_operation(operation, audience, limits_of(read_settings()))
    ends = datetime.combine(until + timedelta(days=1), time(), VIETNAM)
    _act(
        lambda transaction: acts.register_operation(
            transaction,
            name=operation.name,
            text=operation.text,
            sha256=operation.sha256,
            audience=audience,
            owner=owner,
            expires_at=ends,
            added_by=getpass.getuser(),
        )
    )
    return operation


def registered() -> list[acts.Registered]:
    """Return the operations in force."""
    return _act(acts.list_operations)


def end(named: str) -> int:
    """End the operations of that name or hash; return how many they were."""
    return _act(lambda transaction: acts.end_operation(transaction, named=named))


def _act(act: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
    async def run() -> _Result:
        async with (
            Database(address, connections=1) as database,
            begin(database, LOADER, Mode.WRITE) as transaction,
        ):
            return await act(transaction)

    with open_existing_server(read_settings()) as address:
        return asyncio.run(run())
