"""What the live catalogue says of itself: nothing of the hub's can be read round the policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.access.readers import OUTSIDE, Reader
from tests.access.world import as_owner

if TYPE_CHECKING:
    from hub.database.address import Address


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


async def test_the_runtime_roles_are_the_kinds_of_reader(empty: Address) -> None:
    """At most eight see anything: each is a view of the schema that somebody must keep."""
    names = {name for (name,) in await _rows(empty, "SELECT rolname FROM pg_roles")}
    assert {name for name in names if name.startswith("hub_")} == set(Reader)
    assert len(OUTSIDE) <= 8


async def test_policies_do_ask(empty: Address) -> None:
    """The rule before would hold of policies that ask nothing."""
    assert await _rows(empty, "SELECT 1 FROM pg_policies WHERE qual LIKE '%hub_agency_id%'")


async def _rows(address: Address, query: str) -> list[tuple[Any, ...]]:
    async with as_owner(address) as connection:
        return [tuple(row) for row in await connection.fetch(query)]
