"""What of the declared protection a live database lacks, and what it has beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg

from hub.access.policies import POLICIES
from hub.access.readers import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    Compared are the tables' row security, the policies by table, name, command and roles, and
    what the runtime roles may beyond them.
    """
    with address.explained():
        connection = await asyncpg.connect(address.url, timeout=10)
    try:
        unforced = [f"{row[0]}: row security" for row in await connection.fetch(_UNFORCED)]
        live = {row[0] for row in await connection.fetch(_POLICIES)}
        mighty = [f"{row[0]}: too mighty" for row in await connection.fetch(_MIGHTY, _ROLES)]
        opened = [f"PUBLIC: {row[0]}" for row in await connection.fetch(_OPEN)]
    finally:
        await connection.close()
    declared = set(_declared())
    missing = [f"{name}: missing" for name in sorted(declared - live)]
    added = [f"{name}: not declared" for name in sorted(live - declared)]
    return [*unforced, *missing, *added, *mighty, *opened]


def _declared() -> Iterator[str]:
    for policy in POLICIES:
        roles = ",".join(sorted(policy.roles))
        yield f"{policy.table.name}.{policy.name} {policy.verb} {roles}"
