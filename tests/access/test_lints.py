"""The migrated database gives the lints nothing to find; an offence of each kind is found.

An offence is made in a transaction of its own and undone with it, roles' powers included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.access import lints
from tests.access.world import as_owner

if TYPE_CHECKING:
    from hub.database.address import Address

_OPEN_POLICY: Final = "CREATE POLICY thu ON area FOR {}"

OFFENCES: Final[tuple[tuple[lints.Lint, str, str], ...]] = (
    (lints.tables_without_policy, "CREATE TABLE thu (id int)", "no policy"),
    (lints.tables_without_policy, "CREATE SCHEMA s CREATE TABLE thu (id int)", "s.thu: no policy"),
    (
        lints.tables_without_policy,
        "ALTER TABLE project DISABLE ROW LEVEL SECURITY",
        "project: row security is off",
    ),
    (
        lints.tables_without_policy,
        "ALTER TABLE observation NO FORCE ROW LEVEL SECURITY",
        "observation: row security is not forced",
    ),
    (
        lints.privileges_without_policy,
        "GRANT DELETE ON project TO hub_scoped",
        "hub_scoped DELETE project",
    ),
    (
        lints.privileges_without_policy,
        "GRANT INSERT (code) ON area TO hub_feed",
        "hub_feed INSERT area",
    ),
    (
        lints.views_with_anothers_rights,
        "CREATE VIEW thu AS SELECT * FROM project",
        "thu: not security_invoker",
    ),
    (
        lints.views_with_anothers_rights,
        "CREATE VIEW thu WITH (security_invoker = off) AS SELECT * FROM project",
        "thu: not security_invoker",
    ),
    (
        lints.views_with_anothers_rights,
        "CREATE MATERIALIZED VIEW thu AS SELECT * FROM project;GRANT SELECT ON thu TO hub_standing",
        "thu: materialised, in reach",
    ),
    (
        lints.views_with_anothers_rights,
        "CREATE MATERIALIZED VIEW thu AS TABLE area; GRANT SELECT (code) ON thu TO PUBLIC",
        "thu: materialised, in reach",
    ),
    (
        lints.functions_with_anothers_rights,
        (
            "CREATE FUNCTION thu() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
            "SET search_path = pg_catalog, public AS 'SELECT count(*) FROM project'"
        ),
        "thu(): security definer",
    ),
    (
        lints.functions_with_anothers_rights,
        "CREATE FUNCTION thu() RETURNS int LANGUAGE sql IMMUTABLE LEAKPROOF AS 'SELECT 1'",
        "thu(): leakproof",
    ),
    (
        lints.rules_that_rewrite,
        "CREATE RULE thu AS ON INSERT TO area DO INSTEAD NOTHING",
        "public.area: rule thu",
    ),
    (
        lints.policies_for_anybody,
        _OPEN_POLICY.format("SELECT USING (true)"),
        "area.thu: for everybody",
    ),
    (
        lints.policies_for_anybody,
        "CREATE POLICY thu ON area AS RESTRICTIVE FOR SELECT TO hub_public USING (true)",
        "area.thu: restrictive",
    ),
    (
        lints.writes_without_check,
        _OPEN_POLICY.format("ALL TO hub_scoped USING (id = 1)"),
        "area.thu: no WITH CHECK",
    ),
    (
        lints.writes_without_check,
        _OPEN_POLICY.format("UPDATE TO hub_registrar USING (id = 1)"),
        "area.thu: no WITH CHECK",
    ),
    (
        lints.writes_without_check,
        _OPEN_POLICY.format("INSERT TO hub_scoped WITH CHECK (true)"),
        "area.thu: WITH CHECK true",
    ),
    *(
        (
            lints.policies_asked_per_row,
            _OPEN_POLICY.format(f"SELECT TO hub_scoped USING ({using})"),
            said,
        )
        for using, said in (
            ("id = hub_agency_id()", "area.thu: hub_agency_id for each row"),
            ("id = ANY (hub_reach('task'))", "area.thu: hub_reach for each row"),
            (
                "id = nullif(current_setting('hub.account', true), '')::int",
                "area.thu: current_setting for each row",
            ),
            (
                "id IN (SELECT f.area_id FROM facility f WHERE f.managed_by_id = hub_agency_id())",
                "area.thu: hub_agency_id for each row",
            ),
            (
                "id = ANY ((SELECT hub_reach(area.code))::int[])",
                "area.thu: hub_reach for each row",
            ),
            (
                "name = (SELECT max(f.name_vi) FROM facility f WHERE f.area_id = area.id)",
                "area.thu: SubPlan",
            ),
        )
    ),
    (
        lints.policies_asked_per_row,
        (
            "CREATE POLICY thu ON access_grant FOR UPDATE TO hub_registrar "
            "USING (true) WITH CHECK (hub_may_give(access_grant))"
        ),
        "access_grant.thu: hub_may_give for each row",
    ),
    (
        lints.roles_that_own,
        (
            "GRANT CREATE ON SCHEMA public TO hub_scoped; CREATE TABLE thu (id int);"
            "ALTER TABLE thu OWNER TO hub_scoped"
        ),
        "hub_scoped owns pg_class",
    ),
    (
        lints.roles_that_own,
        "CREATE SCHEMA thu AUTHORIZATION hub_gate",
        "hub_gate owns pg_namespace",
    ),
    (
        lints.roles_that_may_make,
        "GRANT CREATE ON SCHEMA public TO hub_registrar",
        "hub_registrar: CREATE in schema public",
    ),
    (
        lints.roles_that_may_make,
        "CREATE SCHEMA thu; GRANT CREATE ON SCHEMA thu TO PUBLIC",
        "hub_public: CREATE in schema thu",
    ),
    (
        lints.roles_that_may_make,
        (
            "DO $do$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', "
            "current_database()); END $do$"
        ),
        "hub_scoped: TEMPORARY in this database",
    ),
    (lints.roles_with_power, "ALTER ROLE hub_gate BYPASSRLS", "hub_gate: has a power"),
    (lints.roles_with_power, "ALTER ROLE hub_scoped INHERIT", "hub_scoped: has a power"),
    (
        lints.roles_with_power,
        "GRANT hub_standing TO hub_scoped",
        "hub_scoped: is a member of hub_standing",
    ),
    (
        lints.roles_with_power,
        "GRANT pg_read_all_data TO hub_public",
        "hub_public: is a member of pg_read_all_data",
    ),
    (
        lints.roles_with_power,
        "CREATE ROLE thu_somebody; GRANT hub_standing TO thu_somebody",
        "hub_standing: has the member thu_somebody",
    ),
    (
        lints.policies_not_as_declared,
        "DROP POLICY within_reach ON observation",
        "policy observation.within_reach SELECT hub_scoped: not there",
    ),
    (
        lints.policies_not_as_declared,
        "ALTER POLICY of_the_jurisdiction ON observation TO hub_standing, hub_scoped",
        "policy observation.of_the_jurisdiction SELECT hub_scoped,hub_standing: not declared",
    ),
    (
        lints.privileges_not_as_declared,
        "GRANT SELECT (subject) ON account TO hub_scoped",
        "hub_scoped SELECT account (subject): not declared",
    ),
    (
        lints.privileges_not_as_declared,
        "GRANT TRUNCATE ON observation TO hub_loader",
        "hub_loader TRUNCATE observation: not declared",
    ),
    (
        lints.privileges_not_as_declared,
        "GRANT SELECT ON project TO PUBLIC",
        "PUBLIC SELECT project: not declared",
    ),
    (
        lints.privileges_not_as_declared,
        "REVOKE SELECT ON project FROM hub_feed",
        "hub_feed SELECT project: not there",
    ),
    (lints.tables_not_as_declared, "CREATE TABLE thu (id int)", "thu: not declared"),
    (
        lints.migrations_in_reach,
        "GRANT SELECT ON alembic_version TO hub_public",
        "hub_public: may touch alembic_version",
    ),
)


@pytest.mark.parametrize("lint", lints.LINTS)
async def test_what_the_migrations_make_is_in_order(empty: Address, lint: lints.Lint) -> None:
    async with as_owner(empty) as connection:
        assert await lint(connection) == []


async def test_whoever_loads_owns_nothing_of_what_it_loaded(reference: Address) -> None:
    async with as_owner(reference) as connection:
        assert await lints.roles_that_own(connection) == []


@pytest.mark.parametrize(("lint", "offence", "said"), OFFENCES)
async def test_an_offence_is_found(
    empty: Address, lint: lints.Lint, offence: str, said: str
) -> None:
    async with as_owner(empty) as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(offence)
        found = await lint(connection)
        await transaction.rollback()
        assert [line for line in found if said in line] != [], found
        assert await lint(connection) == []


def test_every_lint_is_shown_to_find_something() -> None:
    assert {lint for lint, _, _ in OFFENCES} == set(lints.LINTS)


async def test_a_function_that_may_run_as_its_owner_fixes_its_path(
    empty: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Being on the list of exceptions does not excuse it from that."""
    monkeypatch.setattr(lints, "DEFINERS", {**lints.DEFINERS, "thu()": "To try."})
    asked = "CREATE FUNCTION thu() RETURNS int LANGUAGE sql SECURITY DEFINER {} AS 'SELECT 1'"
    for path, expected in (
        ("", ["thu(): search_path is not fixed"]),
        ("SET search_path = pg_catalog", []),
    ):
        async with as_owner(empty) as connection:
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(asked.format(path))
            assert await lints.functions_with_anothers_rights(connection) == expected
            await transaction.rollback()


async def test_who_allows_for_each_row_is_asked_for_each_row(empty: Address) -> None:
    """An exception that no policy makes use of any more is struck off the list."""
    async with as_owner(empty) as connection:
        for table, policy, function in lints.ONCE_A_ROW:
            check = await connection.fetchval(
                "SELECT with_check FROM pg_policies WHERE tablename = $1 AND policyname = $2",
                table,
                policy,
            )
            assert f"{function}(" in check
