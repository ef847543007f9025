"""The versions lead to what the model and the access rules declare, no more and no less."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import asyncpg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from sqlalchemy import create_mock_engine
from sqlalchemy.ext.asyncio import create_async_engine

from hub.access.ddl import access_statements, role_statements
from hub.access.functions import BEFORE_TABLES
from hub.database.address import Address
from hub.database.engine import Database
from hub.database.errors import (
    DatabaseMissingError,
    DatabaseUrlError,
    ServerRefusedError,
    ServerUnreachableError,
)
from hub.database.migrate import configuration, migrate
from hub.database.statement import DIALECT
from hub.ingest.reference import load_reference
from hub.jobs.names import NAMES
from hub.model.columns import METADATA
from tests.access.world import as_owner

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from sqlalchemy.schema import ExecutableDDLElement

    from hub.database.embedded import Server

_A_STATION_AND_ITS_FIGURES = """
INSERT INTO facility (code, name_vi, facility_type_id, jurisdiction_id, project_id,
                      reporting_area_id)
SELECT 'a-station', 'Trạm', t.id, p.jurisdiction_id, p.id, a.id
FROM (SELECT id FROM facility_type LIMIT 1) t, project p, area a
WHERE p.code = 'hn.ctmtqg-2030.da6' AND a.code = '00008' AND a.valid_to IS NULL;

INSERT INTO observation (id, origin_id, jurisdiction_id, project_id, indicator_id, area_id,
                         facility_id, agency_id, period_id, period_start, status, revision,
                         recorded_at, source)
SELECT f.id, f.id, i.jurisdiction_id, i.project_id, i.id, a.id, f.facility, g.id, m.id,
       m.starts_on, 'submitted', 1, now(), 'a test'
FROM (SELECT id, jurisdiction_id, project_id FROM indicator WHERE project_id IS NOT NULL LIMIT 1) i,
     area a, (SELECT id FROM agency LIMIT 1) g, (SELECT id, starts_on FROM period LIMIT 1) m,
     (SELECT gen_random_uuid() AS id, NULL::int AS facility
      UNION ALL
      SELECT gen_random_uuid(), facility.id FROM facility WHERE code = 'a-station') f
WHERE a.code = '00004' AND a.valid_to IS NULL
"""

_SNAPSHOT = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               a.attidentity, a.attgenerated, col.collname, pg_get_expr(d.adbin, d.adrelid)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        LEFT JOIN pg_collation col ON col.oid = a.attcollation
        WHERE c.relnamespace::regnamespace::text IN ('public', 'jobs') AND c.relkind = 'r'
          AND a.attnum > 0
        """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, condeferrable, condeferred,
               pg_get_constraintdef(oid)
        FROM pg_constraint
        WHERE connamespace::regnamespace::text IN ('public', 'jobs') AND contype <> 'n'
        """,
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname IN ('public', 'jobs')
        """,
    "row security": """
        SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
        WHERE relnamespace::regnamespace::text IN ('public', 'jobs') AND relkind = 'r'
        """,
    "policies": """
        SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check
        FROM pg_policies WHERE schemaname IN ('public', 'jobs')
        """,
    "privileges": """
        SELECT relname, attname, acl::text FROM (
          SELECT c.relname, NULL AS attname, unnest(c.relacl) AS acl FROM pg_class c
          WHERE c.relnamespace::regnamespace::text IN ('public', 'jobs')
            AND c.relkind IN ('r', 'S')
          UNION ALL
          SELECT c.relname, a.attname, unnest(a.attacl) FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE c.relnamespace::regnamespace::text IN ('public', 'jobs')
            AND c.relkind = 'r') AS granted
        """,
    "functions": """
        SELECT oid::regprocedure::text, prosecdef, pg_get_functiondef(oid), proacl::text
        FROM pg_proc WHERE pronamespace::regnamespace::text IN ('public', 'jobs')
        """,
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal
        """,
}


async def test_what_the_versions_make_is_what_is_declared(server: Server, empty: Address) -> None:
    declared = await _declare(server)
    for kind, query in _SNAPSHOT.items():
        assert await _snapshot(empty, query) == await _snapshot(declared, query), kind


async def test_migrating_again_changes_nothing(empty: Address) -> None:
    before = [await _snapshot(empty, query) for query in _SNAPSHOT.values()]
    await migrate(empty)
    assert [await _snapshot(empty, query) for query in _SNAPSHOT.values()] == before


async def test_every_version_can_be_undone(server: Server) -> None:
    address = await _create(server, "hub_undone")
    await migrate(address)
    await _move(address, "base", command.downgrade)
    assert await _snapshot(address, _SNAPSHOT["functions"]) == []
    left = await _snapshot(address, _SNAPSHOT["row security"])
    assert [row[0] for row in left] == ["alembic_version"]
    await migrate(address)


async def test_figures_kept_by_an_older_version_are_given_their_area(server: Server) -> None:
    """Of a facility, the one that keeps it; none is lost on the way back and forth."""
    address = await _create(server, "hub_of_figures")
    await migrate(address)
    async with Database(address) as database:
        await load_reference(database)
    async with as_owner(address) as owner:
        await owner.execute(_A_STATION_AND_ITS_FIGURES)
    query = """
        SELECT o.facility_id IS NOT NULL, a.code, r.code FROM observation o
        JOIN period p ON p.ends_on = o.period_end AND p.id = o.period_id
        JOIN area a ON a.id = o.area_id LEFT JOIN area r ON r.id = o.reporting_area_id
        """
    rows = await _snapshot(address, query)
    assert rows == [(False, "00004", "00004"), (True, "00004", "00008")]
    await _move(address, "0001", command.downgrade)
    assert await _snapshot(address, "SELECT count(*) FROM observation") == [(2,)]
    await migrate(address)
    assert await _snapshot(address, query) == rows


def test_there_is_one_line_of_versions() -> None:
    assert len(ScriptDirectory.from_config(configuration()).get_heads()) == 1


@pytest.mark.parametrize(
    "url", ["", "mysql://u:p@h/d", "postgresql://u:p@h", "postgresql://u:p@h:port/d", "nonsense"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlError):
        Address.parse(url)


async def test_a_wrong_password_is_said(server: Server) -> None:
    address = Address.parse(server.url("postgres", password="sesame"))
    with pytest.raises(ServerRefusedError) as refused:
        await migrate(address)
    assert "postgres" in str(refused.value)
    assert "sesame" not in str(refused.value)


async def test_a_missing_database_is_said(server: Server) -> None:
    with pytest.raises(DatabaseMissingError, match="nowhere"):
        await migrate(Address.parse(server.url("nowhere")))


async def test_an_unreachable_server_is_said() -> None:
    with pytest.raises(ServerUnreachableError, match=r"127\.0\.0\.1:1"):
        await migrate(Address.parse("postgresql://u:p@127.0.0.1:1/d"))


async def _move(address: Address, version: str, move: Callable[..., None]) -> None:
    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(address.url)

    def run(connection: Connection) -> None:
        config = configuration()
        config.attributes["connection"] = connection
        move(config, version)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


async def _create(server: Server, name: str) -> Address:
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return Address.parse(server.url(name))


async def _declare(server: Server) -> Address:
    """Return a database made from the declarations alone."""
    address = await _create(server, "hub_declared")
    statements = [*role_statements(), *BEFORE_TABLES]

    def collect(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        statements.append(str(statement.compile(dialect=DIALECT)))

    with warnings.catch_warnings():
        # Documents name agencies and agencies name documents: the cycle is meant.
        warnings.filterwarnings("ignore", message="Cannot correctly sort tables")
        METADATA.create_all(create_mock_engine("postgresql://", collect), checkfirst=False)
    statements.append(QueryBuilderEnvironment(NAMES).build_install_query())
    statements.extend(access_statements())
    statements.append("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)")
    statements.append(
        "ALTER TABLE alembic_version ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
    )
    connection = await asyncpg.connect(address.url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()
    return address


async def _snapshot(address: Address, query: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(address.url)
    rows = [tuple(row) for row in await connection.fetch(query)]
    await connection.close()
    return sorted(rows, key=repr)
