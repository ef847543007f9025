"""Bring a database to this version: roles, tables, policies, and the runtime roles' passwords."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from hub.access.ddl import NO_TEMPORARY_TABLES
from hub.access.readers import Reader
from hub.database.errors import OwnerTooWeakError, ServerTooOldError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from hub.database.address import Address

OLDEST_SERVER = 16
"""The oldest major version whose SQL the hub uses."""

_MIGRATIONS = Path(__file__).parents[2] / "migrations"
_LOCK = 4_861_001
_SCRAM_ROUNDS = 4096


async def migrate(address: Address) -> None:
    """Upgrade the database at *address* to this version; when it is there already, change nothing.

    Needs a user that owns the database and may create roles. Two migrations at once wait for each
    other. A failed one leaves the database as it was.
    """
    with address.explained():
        connection = await asyncpg.connect(address.url, timeout=10)
    try:
        major = connection.get_server_version().major
        if major < OLDEST_SERVER:
            raise ServerTooOldError(address=address.place, found=major, needed=OLDEST_SERVER)
        await connection.execute(f"SELECT pg_advisory_lock({_LOCK})")
        try:
            await _upgrade(address)
            await _set_passwords(connection, address)
            await connection.execute(NO_TEMPORARY_TABLES)
        except asyncpg.InsufficientPrivilegeError as error:
            raise OwnerTooWeakError(user=address.user) from error
        except DBAPIError as error:
            if isinstance(error.__cause__, asyncpg.InsufficientPrivilegeError) or (
                "InsufficientPrivilege" in str(error.orig)
            ):
                raise OwnerTooWeakError(user=address.user) from error
            raise
    finally:
        await connection.close()


def configuration() -> Config:
    """Return Alembic's configuration, for the commands that make and check versions."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


async def _upgrade(address: Address) -> None:
    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(address.url)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)

    def run(connection: Connection) -> None:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


async def _set_passwords(connection: asyncpg.Connection, address: Address) -> None:
    for reader in Reader:
        verifier = _scram_verifier(address.password_of(reader))
        await connection.execute(f"ALTER ROLE {reader} PASSWORD '{verifier}'")


def _scram_verifier(password: str) -> str:
    """Return what PostgreSQL stores of *password*; the word itself never travels (RFC 5803)."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _SCRAM_ROUNDS)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    stored_key = hashlib.sha256(client_key).digest()
    parts = (base64.b64encode(part).decode() for part in (salt, stored_key, server_key))
    encoded_salt, encoded_stored, encoded_server = parts
    return f"SCRAM-SHA-256${_SCRAM_ROUNDS}:{encoded_salt}${encoded_stored}:{encoded_server}"
