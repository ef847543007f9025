"""What a database is like, for whoever looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg
from alembic.script import ScriptDirectory

from hub.database.migrate import configuration

if TYPE_CHECKING:
    from datetime import datetime

    from hub.database.address import Address


@dataclass(frozen=True, slots=True)
class Condition:
    """A server's version, and how far its database was migrated.

    Attributes:
        server: as the server calls it, such as ``18.6``.
        major: its first number.
        revision: of the last migration; None where none was made.
        head: the revision of this hub.
        now: the time by its clock.
        connections: how many it takes; *taken* how many there are.
    """

    server: str
    major: int
    revision: str | None
    head: str | None
    now: datetime
    connections: int
    taken: int


async def inspect(address: Address) -> Condition:
    """Return the condition of the database at *address*, seen as its owner."""
    with address.explained():
        connection = await asyncpg.connect(address.url, timeout=10)
    try:
        version = connection.get_server_version()
        try:
            revision = await connection.fetchval("SELECT version_num FROM alembic_version")
        except asyncpg.UndefinedTableError:
            revision = None
        [[now, connections, taken]] = await connection.fetch(
            "SELECT clock_timestamp(), current_setting('max_connections')::int, "
            "(SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend')"
        )
    finally:
        await connection.close()
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    return Condition(
        server=f"{version.major}.{version.minor}",
        major=version.major,
        revision=revision,
        head=head,
        now=now,
        connections=connections,
        taken=taken,
    )
