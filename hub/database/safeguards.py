"""What of the declared protection a live database lacks, and what it has beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg

from hub.access.ddl import policy_statement
from hub.access.policies import POLICIES
from hub.access.readers import Reader
from hub.database.errors import OwnerTooWeakError

if TYPE_CHECKING:
    from hub.access.policies import Policy
    from hub.database.address import Address

_ROLES: Final = [role.value for role in Reader]

_UNFORCED: Final = """
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'jobs') AND c.relkind IN ('r', 'p')
      AND c.relname <> 'alembic_version'
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
    ORDER BY 1"""
_POLICIES: Final = """
    SELECT tablename || '.' || policyname || ' ' || cmd || ' '
      || array_to_string(ARRAY(SELECT unnest(roles::text[]) ORDER BY 1), ',')
    FROM pg_policies WHERE schemaname IN ('public', 'jobs')"""
_CONDITIONS: Final = """
    SELECT polname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
    FROM pg_policy WHERE polrelid = to_regclass($1)"""
_OF_ITS_ROWS: Final = """
    SELECT format('CREATE FUNCTION %1$s(%2$s) RETURNS %3$s LANGUAGE sql RETURN NULL::%3$s',
                  p.oid::regproc, $2::text, p.prorettype::regtype)
    FROM pg_proc p JOIN pg_class c ON c.reltype = p.proargtypes[0]
    WHERE p.pronargs = 1 AND c.oid = to_regclass($1)"""
"""What makes, for each function of a table's rows, one of that name for the rows of its twin."""

_MIGHTY: Final = """
    SELECT rolname FROM pg_roles r WHERE rolname = ANY ($1) AND (
      rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
      OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
      OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relpersistence <> 't'))
    ORDER BY 1"""
"""A temporary table belongs to whoever made it, as long as the connection lasts."""

_OPEN: Final = """
    SELECT p FROM unnest('{CREATE,TEMPORARY}'::text[]) AS p
    WHERE has_database_privilege('hub_public', current_database(), p)
    UNION ALL
    SELECT 'CREATE' WHERE has_schema_privilege('hub_public', 'public', 'CREATE')"""


async def find_gaps(address: Address) -> list[str]:
    """Return what is amiss, a name or a phrase each, seen as the owner; nothing where all is well.

    Compared are the tables' row security, the policies by table, name, command, roles and
    condition, and what the runtime roles may beyond them.
    """
    with address.explained():
        connection = await asyncpg.connect(address.url, timeout=10)
    try:
        unforced = [f"{row[0]}: row security" for row in await connection.fetch(_UNFORCED)]
        live = {row[0] for row in await connection.fetch(_POLICIES)}
        mighty = [f"{row[0]}: too mighty" for row in await connection.fetch(_MIGHTY, _ROLES)]
        opened = [f"PUBLIC: {row[0]}" for row in await connection.fetch(_OPEN)]
        altered = await _altered(connection)
    except asyncpg.InsufficientPrivilegeError as error:
        raise OwnerTooWeakError(user=address.user) from error
    finally:
        await connection.close()
    declared = {_title(policy) for policy in POLICIES}
    missing = [f"{name}: missing" for name in sorted(declared - live)]
    added = [f"{name}: not declared" for name in sorted(live - declared)]
    return [*unforced, *missing, *added, *altered, *mighty, *opened]


def _title(policy: Policy) -> str:
    roles = ",".join(sorted(policy.roles))
    return f"{policy.table.name}.{policy.name} {policy.verb} {roles}"


async def _altered(connection: asyncpg.Connection) -> list[str]:
    """Return the policies whose condition is not the declared one, as PostgreSQL puts them both.

    Each table's are made once more on an empty temporary one of its name: there they read alike,
    nobody waits for it, and nothing of it stays.
    """
    altered: list[str] = []
    passing = connection.transaction()
    await passing.start()
    try:
        for table in dict.fromkeys(policy.table for policy in POLICIES):
            live = await _conditions(connection, table.fullname)
            policies = [each for each in POLICIES if each.table is table and each.name in live]
            if not policies:
                continue
            twin = f"pg_temp.{table.name}"
            functions = await connection.fetch(_OF_ITS_ROWS, table.fullname, twin)
            await connection.execute(f"CREATE TEMPORARY TABLE {table.name} (LIKE {table.fullname})")
            for (function,) in functions:
                await connection.execute(function)
            for policy in policies:
                await connection.execute(policy_statement(policy, on=twin))
            declared = await _conditions(connection, twin)
            await connection.execute(f"DROP TABLE {twin} CASCADE")
            altered += [
                f"{_title(policy)}: another condition"
                for policy in policies
                if declared[policy.name] != live[policy.name]
            ]
    finally:
        await passing.rollback()
    return altered


async def _conditions(connection: asyncpg.Connection, table: str) -> dict[str, list[object]]:
    """Return by name what the policies of *table* read and check."""
    rows = await connection.fetch(_CONDITIONS, table)
    return {name: conditions for name, *conditions in rows}
