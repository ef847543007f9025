"""What the doctor finds of functions and triggers that somebody changed behind the hub's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hub.database.routines import Change, find_changes
from tests.access.world import as_owner

if TYPE_CHECKING:
    from hub.database.engine import Database

CHANGES = {
    """CREATE OR REPLACE FUNCTION hub_agency_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
       RETURN 1""": [("hub_agency_id()", Change.ALTERED)],
    """CREATE OR REPLACE FUNCTION hub_keep_figures() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN RETURN new; END'""": [("hub_keep_figures()", Change.ALTERED)],
    "ALTER FUNCTION hub_enter(text, bigint) SECURITY DEFINER": [
        ("hub_enter(text,bigint)", Change.ALTERED)
    ],
    "ALTER FUNCTION hub_account_id() VOLATILE": [("hub_account_id()", Change.ALTERED)],
    "ALTER FUNCTION hub_account_id() SET search_path = pg_temp, public": [
        ("hub_account_id()", Change.ALTERED)
    ],
    "ALTER FUNCTION hub_figures_added(bigint) RESET search_path": [
        ("hub_figures_added(bigint)", Change.ALTERED)
    ],
    "ALTER FUNCTION hub_keep_trail() OWNER TO hub_scoped": [("hub_keep_trail()", Change.OWNED)],
    "GRANT EXECUTE ON FUNCTION hub_figures_added(bigint) TO PUBLIC": [
        ("hub_figures_added(bigint)", Change.OPENED)
    ],
    "REVOKE EXECUTE ON FUNCTION hub_account_id() FROM PUBLIC": [
        ("hub_account_id()", Change.OPENED)
    ],
    "DROP FUNCTION hub_tell_change() CASCADE": [
        ("hub_tell_change()", Change.MISSING),
        ("changes_are_told ON batch", Change.MISSING),
    ],
    "CREATE FUNCTION hidden() RETURNS int LANGUAGE sql RETURN 1": [("hidden()", Change.ADDED)],
    "ALTER TABLE observation DISABLE TRIGGER figures_are_kept": [
        ("figures_are_kept ON observation", Change.DISABLED)
    ],
    "ALTER TABLE audit_entry ENABLE REPLICA TRIGGER the_trail_is_kept": [
        ("the_trail_is_kept ON audit_entry", Change.DISABLED)
    ],
    "ALTER TABLE jobs.pgqueuer DISABLE TRIGGER ALL": [
        ("tg_pgqueuer_changed ON jobs.pgqueuer", Change.DISABLED)
    ],
    "DROP TRIGGER the_epoch_passes ON account": [("the_epoch_passes ON account", Change.MISSING)],
    """CREATE OR REPLACE TRIGGER figures_are_kept BEFORE UPDATE ON observation
       FOR EACH ROW WHEN (false) EXECUTE FUNCTION hub_keep_figures()""": [
        ("figures_are_kept ON observation", Change.ALTERED)
    ],
    """CREATE SCHEMA other;
       CREATE FUNCTION other.hub_keep_figures() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN RETURN new; END';
       CREATE OR REPLACE TRIGGER figures_are_kept BEFORE UPDATE ON observation
       FOR EACH ROW EXECUTE FUNCTION other.hub_keep_figures()""": [
        ("figures_are_kept ON observation", Change.ALTERED)
    ],
    """CREATE TRIGGER copying AFTER INSERT ON observation
       FOR EACH ROW EXECUTE FUNCTION hub_tell_change('Batch')""": [
        ("copying ON observation", Change.ADDED)
    ],
}


async def test_what_a_version_puts_there_is_found_as_it_is_declared(bare: Database) -> None:
    assert await find_changes(bare.address) == []


@pytest.mark.parametrize("change", CHANGES)
async def test_what_was_changed_is_named_and_nothing_besides(bare: Database, change: str) -> None:
    async with as_owner(bare.address) as owner:
        await owner.execute(change)
    found = await find_changes(bare.address)
    assert [(each.name, each.change) for each in found] == CHANGES[change]


async def test_what_is_said_to_put_it_right_does(bare: Database) -> None:
    async with as_owner(bare.address) as owner:
        for change in (
            "ALTER TABLE observation DISABLE TRIGGER figures_are_kept",
            "ALTER TABLE jobs.pgqueuer DISABLE TRIGGER ALL",
            "ALTER FUNCTION hub_keep_trail() OWNER TO hub_scoped",
            "CREATE FUNCTION hidden() RETURNS int LANGUAGE sql RETURN 1",
            """CREATE TRIGGER copying AFTER INSERT ON observation
               FOR EACH ROW EXECUTE FUNCTION hub_tell_change('Batch')""",
        ):
            await owner.execute(change)
        found = await find_changes(bare.address)
        assert len(found) == 5
        for each in found:
            assert each.remedy is not None
            await owner.execute(each.remedy)
    assert await find_changes(bare.address) == []


async def test_looking_leaves_nothing_and_waits_for_nobody(bare: Database) -> None:
    """Nor does anybody wait for it: a figure may be recorded meanwhile."""
    async with as_owner(bare.address) as owner:
        before = await owner.fetchval("SELECT count(*) FROM pg_class")
        writing = owner.transaction()
        await writing.start()
        await owner.execute("LOCK TABLE observation, account IN ROW EXCLUSIVE MODE")
        assert await find_changes(bare.address) == []
        await writing.rollback()
        assert await owner.fetchval("SELECT count(*) FROM pg_class") == before


async def test_a_table_that_is_gone_has_lost_its_triggers(bare: Database) -> None:
    async with as_owner(bare.address) as owner:
        await owner.execute("DROP TABLE audit_head CASCADE")
    found = await find_changes(bare.address)
    assert ("the_trail_is_kept ON audit_head", Change.MISSING) in [
        (each.name, each.change) for each in found
    ]
