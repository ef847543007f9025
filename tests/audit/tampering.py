"""What somebody who owns the database may do to the trail, and what the verification says of it.

``python -m tests.audit.tampering`` makes a trail, tampers with copies of it, and prints the table.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

import asyncpg

from hub.access.principal import CLERK
from hub.audit.access import Access, Origin
from hub.audit.chain import hash_of
from hub.audit.entry import Entry, entry_of
from hub.audit.errors import TrailBrokenError
from hub.audit.heads import Head, Pen, export_heads, read_heads, sign_if_due
from hub.audit.keeping import keep
from hub.audit.verification import Verified, verify
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.database.transaction import Mode, begin
from hub.errors import Language

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

LENGTH: Final = 20
"""Entries of the trail; heads are signed at half of it and at its end."""

_SHIFT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A trail, its key, and its heads where the database's owner cannot reach them."""

    database: Database
    pen: Pen
    heads: Path

    async def verify(self, *, with_heads: bool = True) -> Verified:
        """Return what the verification says, with the heads kept elsewhere or without."""
        heads: list[Head] = read_heads(self.heads) if with_heads else []
        return await verify(self.database, {self.pen.public}, heads, Silent())


class Silent:
    """Follows a verification and says nothing."""

    def expect(self, steps: int) -> None:
        """Hear it."""

    def advance(self, label: str) -> None:
        """Hear it."""


def an_entry(number: int = 0, **more: object) -> Entry:
    """Return an entry of an operation of the public."""
    access = Access(
        system_clock(),
        "operation",
        "answered",
        Origin("http", f"request {number}", "192.0.2.1"),
        operation=f"Operation{number}",
        document="{ viewer { reader } }",
        variables={"code": number},
        types=("Project", "Agency"),
        counts=(number, 0),
        seconds=0.001,
    )
    return replace(entry_of(access, uuid4(), b"key"), **more)  # type: ignore[arg-type]


async def keep_entries(database: Database, entries: list[Entry]) -> int:
    """Add *entries* to the chain in a transaction of their own."""
    async with begin(database, CLERK, Mode.WRITE) as transaction:
        return await keep(transaction, entries)


async def make_trail(database: Database, folder: Path, length: int = LENGTH) -> Kept:
    """Make a trail of *length* entries with two signed heads, exported to *folder*."""
    pen = Pen.of(folder / "audit.pem")
    for part in (length // 2, length - length // 2):
        await keep_entries(database, [an_entry(number) for number in range(part)])
        async with begin(database, CLERK, Mode.WRITE) as transaction:
            assert await sign_if_due(transaction, pen, system_clock, is_last=True)
        async with begin(database, CLERK, Mode.READ) as transaction:
            assert await export_heads(transaction, folder / "heads") == 1
    return Kept(database, pen, folder / "heads")


@asynccontextmanager
async def as_owner_of_everything(database: Database) -> AsyncIterator[asyncpg.Connection]:
    """Open a connection that triggers do not stop; undo what it did to the trail at the end."""
    connection = await asyncpg.connect(database.address.url)
    await connection.execute("SET session_replication_role = replica")
    for table in ("audit_entry", "audit_head"):
        await connection.execute(f"CREATE TEMPORARY TABLE kept_{table} AS TABLE {table}")
    try:
        yield connection
    finally:
        for table in ("audit_entry", "audit_head"):
            await connection.execute(f"DELETE FROM {table}")
            await connection.execute(f"INSERT INTO {table} TABLE kept_{table}")
        await connection.close()


@dataclass(frozen=True, slots=True)
class Tampering:
    """Something done to the trail, and the entry that is to be named for it."""

    name: str
    do: Callable[[asyncpg.Connection], Awaitable[object]]
    names: int
    needs_heads: bool = False


def _sql(*statements: str) -> Callable[[asyncpg.Connection], Awaitable[object]]:
    async def do(connection: asyncpg.Connection) -> None:
        for statement in statements:
            await connection.execute(statement)

    return do


async def rewrite(connection: asyncpg.Connection, start: int) -> None:
    """Give every entry from *start* on the place, link and hash that fit what stands there now."""
    rows = await connection.fetch("SELECT * FROM audit_entry ORDER BY sequence")
    last = bytes(32)
    for number, row in enumerate(rows, start=1):
        if number >= start:
            cells = {**row, "sequence": number}
            hash_ = hash_of(last, cells)
            await connection.execute(
                "UPDATE audit_entry SET sequence = $2, previous = $3, hash = $4 WHERE id = $1",
                row["id"],
                number,
                last,
                hash_,
            )
        last = await connection.fetchval("SELECT hash FROM audit_entry WHERE id = $1", row["id"])


def _then_rewrite(statement: str, start: int) -> Callable[[asyncpg.Connection], Awaitable[object]]:
    async def do(connection: asyncpg.Connection) -> None:
        await connection.execute(statement)
        await rewrite(connection, start)

    return do


async def _rehash_alone(connection: asyncpg.Connection) -> None:
    await connection.execute("UPDATE audit_entry SET agency = 'hn.mttq' WHERE sequence = 7")
    [row] = await connection.fetch("SELECT * FROM audit_entry WHERE sequence = 7")
    hash_ = hash_of(row["previous"], dict(row))
    await connection.execute("UPDATE audit_entry SET hash = $1 WHERE sequence = 7", hash_)


async def insert_at(connection: asyncpg.Connection, place: int) -> None:
    """Put a well-made entry at *place*, and number those behind it anew."""
    await connection.execute(
        f"UPDATE audit_entry SET sequence = sequence + {_SHIFT} WHERE sequence >= {place}"
    )
    await connection.execute(
        f"UPDATE audit_entry SET sequence = sequence - {_SHIFT} + 1 WHERE sequence >= {_SHIFT}"
    )
    [before] = await connection.fetch("SELECT * FROM audit_entry WHERE sequence = $1", place - 1)
    forged = {**before, "sequence": place, "id": UUID(int=1), "previous": before["hash"]}
    forged["hash"] = hash_of(before["hash"], forged)
    names = ", ".join(forged)
    places = ", ".join(f"${n}" for n in range(1, len(forged) + 1))
    await connection.execute(
        f"INSERT INTO audit_entry ({names}) VALUES ({places})", *forged.values()
    )


async def _sign_as_another(connection: asyncpg.Connection) -> None:
    await _then_rewrite("UPDATE audit_entry SET agency = 'x' WHERE sequence = 7", 7)(connection)
    with tempfile.TemporaryDirectory() as folder:
        pen = Pen.of(Path(folder) / "own.pem")
    for row in await connection.fetch("SELECT * FROM audit_head"):
        hash_ = await connection.fetchval(
            "SELECT hash FROM audit_entry WHERE sequence = $1", row["sequence"]
        )
        head = pen.sign(row["sequence"], hash_, row["signed_at"] + timedelta(0))
        await connection.execute(
            "UPDATE audit_head SET hash = $2, key = $3, signature = $4 WHERE sequence = $1",
            head.sequence,
            head.hash,
            head.key,
            head.signature,
        )


_SWAP: Final = (
    "UPDATE audit_entry SET sequence = -1 WHERE sequence = 7",
    "UPDATE audit_entry SET sequence = 7 WHERE sequence = 8",
    "UPDATE audit_entry SET sequence = 8 WHERE sequence = -1",
)

TAMPERINGS: Final = (
    Tampering("one deleted", _sql("DELETE FROM audit_entry WHERE sequence = 7"), 7),
    Tampering("the first deleted", _sql("DELETE FROM audit_entry WHERE sequence = 1"), 1),
    Tampering(
        "one deleted, the rest numbered anew",
        _sql(
            "DELETE FROM audit_entry WHERE sequence = 7",
            f"UPDATE audit_entry SET sequence = sequence + {_SHIFT} WHERE sequence > 7",
            f"UPDATE audit_entry SET sequence = sequence - {_SHIFT} - 1 WHERE sequence > {_SHIFT}",
        ),
        7,
    ),
    Tampering(
        "who it was altered", _sql("UPDATE audit_entry SET agency = 'x' WHERE sequence = 7"), 7
    ),
    Tampering(
        "a count altered", _sql("UPDATE audit_entry SET row_counts = '{9}' WHERE sequence = 7"), 7
    ),
    Tampering(
        "its time altered by a microsecond",
        _sql("UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE sequence = 7"),
        7,
    ),
    Tampering("altered, its hash made to fit", _rehash_alone, 7),
    Tampering("two neighbours swapped", _sql(*_SWAP), 7),
    Tampering("one inserted, the rest numbered anew", lambda c: insert_at(c, 7), 7),
    Tampering(
        "the tail cut",
        _sql("DELETE FROM audit_entry WHERE sequence > 15"),
        16,
    ),
    Tampering(
        "the tail cut, with its heads",
        _sql(
            "DELETE FROM audit_entry WHERE sequence > 15",
            "DELETE FROM audit_head WHERE sequence > 15",
        ),
        16,
        needs_heads=True,
    ),
    Tampering(
        "everything deleted, with its heads",
        _sql("DELETE FROM audit_entry", "DELETE FROM audit_head"),
        1,
        needs_heads=True,
    ),
    Tampering(
        "altered, the chain written anew from there",
        _then_rewrite("UPDATE audit_entry SET agency = 'x' WHERE sequence = 17", 17),
        11,
    ),
    Tampering(
        "deleted, the chain written anew, its heads taken away",
        _then_rewrite("DELETE FROM audit_head; DELETE FROM audit_entry WHERE sequence = 7", 7),
        1,
        needs_heads=True,
    ),
    Tampering("altered, written anew and signed with another key", _sign_as_another, 1),
)
"""Heads at 10 and 20 bound what a chain that was written anew can be said of: the entries since the
last head that agrees."""


async def named(kept: Kept, tampering: Tampering, *, with_heads: bool = True) -> str | int:
    """Return the entry that the verification names after *tampering*, with the sentence."""
    async with as_owner_of_everything(kept.database) as owner:
        await tampering.do(owner)
        try:
            await kept.verify(with_heads=with_heads)
        except TrailBrokenError as error:
            return f"{error.parts['sequence']}: {error.sentence(Language.VI)}"
    return "–"


async def _print(server_url: Callable[[str], str], folder: Path) -> None:
    connection = await asyncpg.connect(server_url("postgres"))
    await connection.execute("CREATE DATABASE hub_tampered")
    await connection.close()
    address = Address.parse(server_url("hub_tampered"))
    await migrate(address)
    async with Database(address) as database:
        kept = await make_trail(database, folder)
        for tampering in TAMPERINGS:
            alone = await named(kept, tampering, with_heads=False)
            found = await named(kept, tampering)
            sys.stdout.write(f"{tampering.name}\n    {found}\n")
            if str(alone) != str(found):
                sys.stdout.write(f"    without the heads kept elsewhere: {alone}\n")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home, embedded_server(Path(home)) as server:
        asyncio.run(_print(server.url, Path(home) / "outside"))


if __name__ == "__main__":
    main()
