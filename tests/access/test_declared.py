"""What the live catalogue says of itself: nothing of the hub's can be read round the policies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from hub.access.readers import OUTSIDE, Reader
from hub.model.columns import METADATA
from tests.access.world import as_owner

if TYPE_CHECKING:
    from hub.database.address import Address

VERSIONS = "alembic_version"
"""The one table that is not the hub's: the migrations' own, which no runtime role may touch."""

_OUR_TABLES = (
    "FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
    f"AND c.relname <> '{VERSIONS}'"
)

_RELATION_RIGHTS = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"
_COLUMN_RIGHTS = "SELECT, INSERT, UPDATE, REFERENCES"


async def test_the_database_holds_the_declared_tables_alone(empty: Address) -> None:
    names = {name for (name,) in await _rows(empty, f"SELECT c.relname {_OUR_TABLES}")}
    assert names == set(METADATA.tables)


async def test_every_table_is_under_forced_row_security(empty: Address) -> None:
    """Forced: the owner is under it as well."""
    open_ = await _rows(
        empty,
        f"SELECT c.relname {_OUR_TABLES} AND NOT (c.relrowsecurity AND c.relforcerowsecurity)",
    )
    assert open_ == []


async def test_every_command_a_role_may_run_is_ruled_by_a_policy(empty: Address) -> None:
    """A privilege without a policy would be silence instead of a decision."""
    granted = await _rows(
        empty,
        f"""
        SELECT c.relname, r.rolname, v.verb {
            _OUR_TABLES.replace(
                "WHERE",
                ''', pg_roles r,
          unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS v (verb) WHERE''',
            )
        }
        AND r.rolname LIKE 'hub\\_%'
        AND CASE WHEN v.verb = 'DELETE' THEN has_table_privilege(r.oid, c.oid, 'DELETE')
                 ELSE has_any_column_privilege(r.oid, c.oid, v.verb) END
        """,
    )
    ruled = await _rows(
        empty,
        """
        SELECT p.tablename, role, verb FROM pg_policies p
        CROSS JOIN unnest(p.roles) AS role
        CROSS JOIN unnest(CASE p.cmd WHEN 'ALL' THEN '{SELECT,INSERT,UPDATE,DELETE}'::text[]
                          ELSE ARRAY[p.cmd] END) AS verb
        WHERE p.schemaname = 'public'
        """,
    )
    assert granted != []
    assert set(granted) - set(ruled) == set()


async def test_policies_permit_and_name_their_roles(empty: Address) -> None:
    """None is for everybody, so a new role begins with nothing."""
    found = await _rows(
        empty, "SELECT tablename, policyname, permissive, roles::text[] FROM pg_policies"
    )
    assert {(permissive, "public" in roles) for _, _, permissive, roles in found} == {
        ("PERMISSIVE", False)
    }


async def test_who_reads_for_others_has_reading_rights_alone(empty: Address) -> None:
    """Of tables and of single columns; the loader, which no request runs as, is the exception."""
    outside = ", ".join(f"'{role}'" for role in (*OUTSIDE, Reader.GATE))
    rights = await _rows(
        empty,
        f"""
        SELECT DISTINCT a.grantee::regrole::text, a.privilege_type FROM (
          SELECT (aclexplode(c.relacl)).* FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace
          UNION ALL
          SELECT (aclexplode(t.attacl)).* FROM pg_attribute t
          JOIN pg_class c ON c.oid = t.attrelid WHERE c.relnamespace = 'public'::regnamespace
        ) AS a WHERE a.grantee = 0 OR a.grantee::regrole::text IN ({outside})
        """,
    )
    assert set(rights) == {(role, "SELECT") for role in (*OUTSIDE, Reader.GATE)}


async def test_no_role_rewrites_or_removes_a_figure(empty: Address) -> None:
    """Not the loader either: status, successor and reporting unit are marked, no more."""
    rights = await _rows(
        empty,
        """
        SELECT DISTINCT t.attname FROM pg_attribute t, pg_roles r
        WHERE t.attrelid = 'observation'::regclass AND t.attnum > 0 AND r.rolname LIKE 'hub\\_%'
          AND (has_column_privilege(r.oid, t.attrelid, t.attnum, 'UPDATE')
               OR has_table_privilege(r.oid, t.attrelid, 'DELETE, TRUNCATE'))
        """,
    )
    assert set(rights) == {("status",), ("superseded_at",), ("reporting_area_id",)}


async def test_no_runtime_role_touches_the_migrations_table(empty: Address) -> None:
    touched = await _rows(
        empty,
        f"SELECT rolname FROM pg_roles WHERE rolname LIKE 'hub\\_%' AND ("
        f"has_table_privilege(oid, '{VERSIONS}', '{_RELATION_RIGHTS}') OR "
        f"has_any_column_privilege(oid, '{VERSIONS}', '{_COLUMN_RIGHTS}'))",
    )
    assert touched == []


async def test_the_runtime_roles_are_the_kinds_of_reader(empty: Address) -> None:
    """At most eight see anything: each is a view of the schema that somebody must keep."""
    names = {name for (name,) in await _rows(empty, "SELECT rolname FROM pg_roles")}
    assert {name for name in names if name.startswith("hub_")} == set(Reader)
    assert len(OUTSIDE) <= 8


async def test_runtime_roles_have_no_power(empty: Address) -> None:
    """No superuser, none round row security, none that makes roles, databases or copies."""
    powerful = await _rows(
        empty,
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'hub\\_%' AND (rolsuper OR rolbypassrls "
        "OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit OR NOT rolcanlogin)",
    )
    assert powerful == []


async def test_runtime_roles_are_members_of_nothing(empty: Address) -> None:
    """Neither of the owner nor of each other nor of PostgreSQL's own roles; and nobody of them."""
    members = await _rows(
        empty,
        "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members "
        "WHERE member::regrole::text LIKE 'hub\\_%' "
        "OR (roleid::regrole::text LIKE 'hub\\_%' AND NOT (SELECT rolsuper OR rolcreaterole "
        "FROM pg_roles WHERE oid = member))",
    )
    assert members == []


async def test_runtime_roles_own_nothing(reference: Address) -> None:
    """Looked for in every catalogue that knows an owner, after all has been loaded."""
    catalogues = await _rows(
        reference,
        """
        SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
          AND a.attname LIKE '%owner' AND a.atttypid = 'oid'::regtype
        """,
    )
    assert ("pg_class", "relowner") in catalogues
    owners = " UNION ALL ".join(
        f"SELECT '{table}', {column}::regrole::text AS owner FROM {table}"
        for table, column in catalogues
    )
    owned = await _rows(reference, f"SELECT * FROM ({owners}) AS o WHERE owner LIKE 'hub\\_%'")
    assert owned == []


@pytest.mark.parametrize("role", Reader)
async def test_runtime_roles_cannot_make_anything(empty: Address, role: Reader) -> None:
    """No schema, no lasting table; temporary ones, which hide real ones by name, only to load."""
    rights = await _rows(
        empty,
        f"""
        SELECT 'database', v FROM unnest('{{CREATE,TEMPORARY}}'::text[]) AS v
        WHERE has_database_privilege('{role}', current_database(), v)
        UNION ALL
        SELECT nspname, 'CREATE' FROM pg_namespace
        WHERE has_schema_privilege('{role}', oid, 'CREATE')
        """,
    )
    assert rights == ([("database", "TEMPORARY")] if role is Reader.LOADER else [])


async def test_no_view_reads_with_another_s_rights(empty: Address) -> None:
    """A view runs as who asks; nothing keeps rows outside the policies."""
    found = await _rows(
        empty,
        """
        SELECT c.relname, c.relkind FROM pg_class c
        WHERE c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          AND (c.relkind IN ('m', 'f') OR (c.relkind = 'v'
               AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)))
        """,
    )
    assert found == []


async def test_no_function_runs_with_another_s_rights(empty: Address) -> None:
    """Nor is any of ours told to be leakproof, which would let it see rows before the policies."""
    found = await _rows(
        empty,
        """
        SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          AND (prosecdef OR proleakproof)
        """,
    )
    assert found == []


async def test_no_rule_rewrites_a_statement(empty: Address) -> None:
    found = await _rows(
        empty,
        f"SELECT rulename FROM pg_rules WHERE schemaname = 'public' AND tablename <> '{VERSIONS}'",
    )
    assert found == []


async def test_reading_policies_ask_once_a_statement(empty: Address) -> None:
    """What a policy asks of us stands in a sub-select of its own, with fixed arguments.

    PostgreSQL runs such a one once, before the rows; anything else it may run for each.
    """
    literal = r"(?:'[^']*'::[\w ]+(?:\[\])?|true|false|ARRAY\[[^\]]*\])"
    once = re.compile(rf"\( ?SELECT hub_\w+\((?:{literal}(?:, {literal})*)?\) AS \w+\)")
    wrong = {}
    for table, name, qual in await _rows(
        empty, "SELECT tablename, policyname, qual FROM pg_policies WHERE qual IS NOT NULL"
    ):
        rest = once.sub("", str(qual))
        if re.search(r"\bhub_\w+\(|current_setting", rest):
            wrong[table, name] = rest
    assert wrong == {}


async def test_policies_do_ask(empty: Address) -> None:
    """The rule before would hold of policies that ask nothing."""
    assert await _rows(empty, "SELECT 1 FROM pg_policies WHERE qual LIKE '%hub_agency_id%'")


async def _rows(address: Address, query: str) -> list[tuple[Any, ...]]:
    async with as_owner(address) as connection:
        return [tuple(row) for row in await connection.fetch(query)]
