"""What the live catalogue is searched for: any way round the row policies, in whatever shape.

Each lint takes a connection of somebody who may read the catalogue and returns what it found amiss,
one line each; a database that is in order gives none. ``python -m tests.access.lints`` makes a
database by the migrations and prints what each lint says of it.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg

from hub.access.policies import POLICIES
from hub.access.privileges import PRIVILEGES
from hub.access.readers import OUTSIDE, Reader
from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.migrate import migrate
from hub.model.columns import METADATA
from hub.model.jobs import QUEUE_TABLES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    Lint = Callable[[asyncpg.Connection], Awaitable[list[str]]]

VERSIONS: Final = "alembic_version"
"""The one table that is not the hub's: the migrations' own, which no runtime role may touch."""

DEFINERS: Final[Mapping[str, str]] = {
    "hub_figures_added(bigint)": (
        "Before PostgreSQL 17 only its owner may renew a table's statistics; the privilege of "
        "later ones would also let it be locked."
    ),
}
"""Functions that may run with their owner's rights, by signature, with the reason."""

ONCE_A_ROW: Final[Mapping[tuple[str, str, str], str]] = {
    ("access_grant", "giving_grants", "hub_may_give"): "It judges the right that is being written.",
}
"""What a policy asks of us for each row that is written, by table, policy, function: the reason."""

ROLES: Final = ", ".join(f"'{role}'" for role in Reader)
_OURS: Final = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'"
_TABLES: Final = (
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    f"WHERE c.relkind IN ('r', 'p', 'f') AND {_OURS} AND c.relname <> '{VERSIONS}'"
)
_READABLE: Final = f"""EXISTS (
  SELECT FROM pg_roles r WHERE r.rolname IN ({ROLES}) AND (
    has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
    OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE')))"""


async def tables_without_policy(connection: asyncpg.Connection) -> list[str]:
    """Find tables that no policy names, or on which row security is off, or not for the owner."""
    return await _found(
        connection,
        f"""
        SELECT c.oid::regclass || ': ' || concat_ws(', ',
          CASE WHEN NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
               THEN 'no policy' END,
          CASE WHEN NOT c.relrowsecurity THEN 'row security is off' END,
          CASE WHEN NOT c.relforcerowsecurity THEN 'row security is not forced' END)
        {_TABLES} AND NOT (c.relrowsecurity AND c.relforcerowsecurity
          AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
        """,
    )


async def privileges_without_policy(connection: asyncpg.Connection) -> list[str]:
    """Find commands that a role may run and no policy rules: silence instead of a decision."""
    return await _found(
        connection,
        f"""
        SELECT r.rolname || ' ' || v.verb || ' ' || c.oid::regclass
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r,
             unnest('{{SELECT,INSERT,UPDATE,DELETE}}'::text[]) AS v (verb)
        WHERE c.relkind IN ('r', 'p', 'f') AND {_OURS} AND r.rolname IN ({ROLES})
          AND CASE WHEN v.verb = 'DELETE' THEN has_table_privilege(r.oid, c.oid, 'DELETE')
                   ELSE has_any_column_privilege(r.oid, c.oid, v.verb) END
          AND NOT EXISTS (
            SELECT FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname
              AND r.rolname = ANY (p.roles) AND p.cmd IN ('ALL', v.verb))
        """,
    )


async def views_with_anothers_rights(connection: asyncpg.Connection) -> list[str]:
    """Find views that read as their owner, materialised ones and foreign tables in reach."""
    return await _found(
        connection,
        f"""
        SELECT c.oid::regclass || CASE c.relkind WHEN 'v' THEN ': not security_invoker'
                 WHEN 'm' THEN ': materialised, in reach' ELSE ': foreign, in reach' END
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_OURS} AND CASE c.relkind
          WHEN 'v' THEN NOT coalesce((
            SELECT bool_or(o.option_value::boolean) FROM pg_options_to_table(c.reloptions) o
            WHERE o.option_name = 'security_invoker'), false)
          WHEN 'm' THEN {_READABLE}
          WHEN 'f' THEN {_READABLE}
          ELSE false END
        """,
    )


async def functions_with_anothers_rights(connection: asyncpg.Connection) -> list[str]:
    """Find functions in reach that run as their owner, or are trusted with rows before policies.

    One that is allowed must fix its ``search_path``.
    """
    return await _found(
        connection,
        f"""
        SELECT f.oid::regprocedure || CASE
          WHEN f.proleakproof THEN ': leakproof'
          WHEN f.oid::regprocedure::text = ANY ($1) THEN ': search_path is not fixed'
          ELSE ': security definer' END
        FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
        WHERE {_OURS} AND (f.proleakproof OR (f.prosecdef AND EXISTS (
            SELECT FROM pg_roles r
            WHERE r.rolname IN ({ROLES}) AND has_function_privilege(r.oid, f.oid, 'EXECUTE'))
          AND NOT (f.oid::regprocedure::text = ANY ($1) AND EXISTS (
            SELECT FROM unnest(f.proconfig) AS c WHERE c LIKE 'search\\_path=%'))))
        """,
        list(DEFINERS),
    )


async def rules_that_rewrite(connection: asyncpg.Connection) -> list[str]:
    """Find rules: a statement must be what it says."""
    return await _found(
        connection,
        "SELECT n.schemaname || '.' || n.tablename || ': rule ' || n.rulename FROM pg_rules n "
        "WHERE n.schemaname NOT IN ('pg_catalog', 'information_schema')",
    )


async def policies_for_anybody(connection: asyncpg.Connection) -> list[str]:
    """Find policies for everybody, which a new role would begin with, and restrictive ones.

    A restrictive policy would be a second decision beside the declared one.
    """
    return await _found(
        connection,
        """
        SELECT tablename || '.' || policyname || CASE
          WHEN 'public' = ANY (roles) THEN ': for everybody' ELSE ': restrictive' END
        FROM pg_policies WHERE 'public' = ANY (roles) OR permissive <> 'PERMISSIVE'
        """,
    )


async def writes_without_check(connection: asyncpg.Connection) -> list[str]:
    """Find policies of a writing command that do not say themselves what may be written.

    PostgreSQL falls back to USING where an UPDATE or ALL has no WITH CHECK; here each says it, and
    a loader's or trigger's ``true`` is for roles that no request has alone.
    """
    outside = ", ".join(f"'{role}'" for role in OUTSIDE)
    return await _found(
        connection,
        f"""
        SELECT tablename || '.' || policyname || CASE
          WHEN with_check IS NULL THEN ': no WITH CHECK' ELSE ': WITH CHECK true' END
        FROM pg_policies WHERE cmd IN ('ALL', 'INSERT', 'UPDATE') AND (with_check IS NULL OR (
          with_check = 'true' AND roles && ARRAY[{outside}]::name[]))
        """,
    )


async def policies_asked_per_row(connection: asyncpg.Connection) -> list[str]:
    """Find policies that call something of ours for each row, by text and by plan.

    A call alone in a sub-select, with fixed arguments, runs once a statement, before the rows. A
    sub-select that depends on the row shows in the plan as one that is neither that nor hashed.
    """
    policies = await connection.fetch(
        "SELECT schemaname, tablename, policyname, cmd, qual, with_check FROM pg_policies"
    )
    found: set[str] = set()
    for schema, table, name, command, qual, check in policies:
        for expression in sorted({text for text in (qual, check) if text is not None}):
            called = {
                function
                for function in _CALL.findall(_ASKED_ONCE.sub("", expression))
                if command != "INSERT" or (table, name, function) not in ONCE_A_ROW
            }
            called |= await _dependent_plans(connection, f"{schema}.{table}", expression)
            found.update(f"{table}.{name}: {what} for each row" for what in sorted(called))
    return sorted(found)


_LITERAL: Final = r"(?:'[^']*'::[\w ]+(?:\[\])?|true|false|ARRAY\[[^\]]*\])"
_ASKED_ONCE: Final = re.compile(
    rf"\( ?SELECT (?:hub_\w+|current_setting)\((?:{_LITERAL}(?:, {_LITERAL})*)?\) AS \w+\)"
)
_CALL: Final = re.compile(r"\b(hub_\w+|current_setting)\s*\(")


async def _dependent_plans(connection: asyncpg.Connection, table: str, expression: str) -> set[str]:
    """Return the sub-plans that depend on the row they are asked for, but for hashed ones."""
    plan = await connection.fetch(f"EXPLAIN (VERBOSE) SELECT FROM {table} WHERE {expression}")
    text = "\n".join(line for (line,) in plan)
    hashed = set(re.findall(r"hashed SubPlan (\d+)", text))
    named = set(re.findall(r"^\s*SubPlan (\d+)", text, re.MULTILINE))
    return {f"SubPlan {number}" for number in named - hashed}


async def roles_that_own(connection: asyncpg.Connection) -> list[str]:
    """Find what a runtime role owns, in every catalogue that knows an owner."""
    catalogues = await connection.fetch(
        """
        SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
          AND (a.attname LIKE '%owner' OR a.attname = 'datdba') AND a.atttypid = 'oid'::regtype
        """
    )
    owners = " UNION ALL ".join(
        f"SELECT tableoid::regclass || ' ' || oid AS thing, {column}::regrole::text AS owner "
        f"FROM {table}"
        for table, column in catalogues
    )
    return await _found(
        connection, f"SELECT owner || ' owns ' || thing FROM ({owners}) o WHERE owner IN ({ROLES})"
    )


async def roles_that_may_make(connection: asyncpg.Connection) -> list[str]:
    """Find where a runtime role may make anything; temporary tables are for loading alone.

    A temporary table hides the real one of its name from whoever has the connection next.
    """
    return await _found(
        connection,
        f"""
        SELECT r.rolname || ': ' || v || ' in this database'
        FROM pg_roles r, unnest('{{CREATE,TEMPORARY}}'::text[]) AS v
        WHERE r.rolname IN ({ROLES}) AND has_database_privilege(r.oid, current_database(), v)
          AND NOT (v = 'TEMPORARY' AND r.rolname IN ('{Reader.LOADER}', '{Reader.SOURCE}'))
        UNION ALL
        SELECT r.rolname || ': CREATE in schema ' || n.nspname FROM pg_roles r, pg_namespace n
        WHERE r.rolname IN ({ROLES}) AND has_schema_privilege(r.oid, n.oid, 'CREATE')
          AND n.nspname !~ '^pg_(toast_)?temp_'
        UNION ALL
        SELECT r.rolname || ': CREATE in tablespace ' || t.spcname
        FROM pg_roles r, pg_tablespace t
        WHERE r.rolname IN ({ROLES}) AND has_tablespace_privilege(r.oid, t.oid, 'CREATE')
        """,
    )


async def roles_with_power(connection: asyncpg.Connection) -> list[str]:
    """Find runtime roles with a power of their own, or one that is a member of anything."""
    return await _found(
        connection,
        f"""
        SELECT rolname || ': has a power' FROM pg_roles WHERE rolname IN ({ROLES}) AND (
          rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit
          OR NOT rolcanlogin)
        UNION ALL
        SELECT member::regrole || ': is a member of ' || roleid::regrole FROM pg_auth_members
        WHERE member::regrole::text IN ({ROLES})
        UNION ALL
        SELECT roleid::regrole || ': has the member ' || member::regrole FROM pg_auth_members
        WHERE roleid::regrole::text IN ({ROLES}) AND NOT (
          SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE oid = member)
        """,
    )


async def policies_not_as_declared(connection: asyncpg.Connection) -> list[str]:
    """Find policies of another name, table, command or roles than ``hub.access`` declares.

    That they say the same, word for word, is compared in ``tests/migrations``.
    """
    live = {
        f"policy {table}.{name} {command} {','.join(sorted(roles))}"
        for table, name, command, roles in await connection.fetch(
            "SELECT tablename, policyname, cmd, roles::text[] FROM pg_policies"
        )
    }
    declared = {
        f"policy {policy.table.name}.{policy.name} {policy.verb} {','.join(sorted(policy.roles))}"
        for policy in POLICIES
    }
    return _compared(live, declared)


async def privileges_not_as_declared(connection: asyncpg.Connection) -> list[str]:
    """Find rights to tables and columns that are not declared, and declared ones not there."""
    live = {
        f"{grantee} {verb} {table}{'' if column is None else f' ({column})'}"
        for grantee, verb, table, column in await connection.fetch(
            f"""
            SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
                   a.privilege_type, a.relname, a.attname
            FROM (
              SELECT c.relname, c.relowner, NULL::name AS attname, (aclexplode(c.relacl)).*
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {_OURS}
              UNION ALL
              SELECT c.relname, c.relowner, t.attname, (aclexplode(t.attacl)).*
              FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}
            ) AS a WHERE a.grantee <> a.relowner
            """
        )
    }
    declared = {
        f"{privilege.role} {privilege.verb} {privilege.table.name}"
        + (f" ({column})" if column else "")
        for privilege in PRIVILEGES
        for column in privilege.columns or ("",)
    }
    return _compared(live, declared)


async def tables_not_as_declared(connection: asyncpg.Connection) -> list[str]:
    """Find tables and views that the model does not declare, and declared ones that are missing."""
    live = {
        name
        for (name,) in await connection.fetch(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            f"WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {_OURS} "
            f"AND c.relname <> '{VERSIONS}'"
        )
    }
    return _compared(live, {*METADATA.tables, *(table.name for table in QUEUE_TABLES)})


async def migrations_in_reach(connection: asyncpg.Connection) -> list[str]:
    """Find runtime roles that may touch the migrations' own table."""
    return await _found(
        connection,
        f"SELECT r.rolname || ': may touch {VERSIONS}' FROM pg_roles r, pg_class c "
        f"WHERE c.oid = to_regclass('{VERSIONS}') AND r.rolname IN ({ROLES}) AND ("
        "has_table_privilege(r.oid, c.oid, "
        "'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') OR "
        "has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))",
    )


LINTS: Final[tuple[Lint, ...]] = (
    tables_without_policy,
    privileges_without_policy,
    views_with_anothers_rights,
    functions_with_anothers_rights,
    rules_that_rewrite,
    policies_for_anybody,
    writes_without_check,
    policies_asked_per_row,
    roles_that_own,
    roles_that_may_make,
    roles_with_power,
    policies_not_as_declared,
    privileges_not_as_declared,
    tables_not_as_declared,
    migrations_in_reach,
)


async def findings(address: Address) -> dict[str, list[str]]:
    """Return what every lint found amiss in the database at *address*, by the lint's name."""
    connection = await asyncpg.connect(address.url)
    try:
        return {lint.__name__: await lint(connection) for lint in LINTS}
    finally:
        await connection.close()


def main() -> int:
    """Lint a database made by the migrations; print each lint's findings and return how many."""
    with tempfile.TemporaryDirectory() as home, embedded_server(Path(home)) as server:
        address = Address.parse(server.url("hub_linted"))

        async def lint() -> dict[str, list[str]]:
            connection = await asyncpg.connect(server.url("postgres"))
            await connection.execute("CREATE DATABASE hub_linted")
            await connection.close()
            await migrate(address)
            return await findings(address)

        found = asyncio.run(lint())
    for name, lines in found.items():
        sys.stdout.write(f"{name}: {len(lines) or 'nothing'}\n")
        sys.stdout.writelines(f"  {line}\n" for line in lines)
    return sum(map(len, found.values()))


async def _found(connection: asyncpg.Connection, query: str, *arguments: object) -> list[str]:
    return sorted(str(line) for (line,) in await connection.fetch(query, *arguments))


def _compared(live: Iterable[str], declared: Iterable[str]) -> list[str]:
    there, said = set(live), set(declared)
    return [
        *(f"{line}: not declared" for line in sorted(there - said)),
        *(f"{line}: not there" for line in sorted(said - there)),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
