"""What the doctor finds of protection that was taken away, or opened, behind the hub's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.database.migrate import migrate
from hub.database.safeguards import find_gaps

if TYPE_CHECKING:
    from hub.database.engine import Database

TAMPERINGS = {
    "ALTER TABLE project NO FORCE ROW LEVEL SECURITY": ["project: row security"],
    "ALTER TABLE project DISABLE ROW LEVEL SECURITY": ["project: row security"],
    "CREATE TABLE hidden (id int)": ["hidden: row security"],
    "DROP POLICY no_live_figure ON observation": [
        "observation.no_live_figure SELECT hub_public: missing"
    ],
    "CREATE POLICY wide ON observation FOR SELECT TO hub_public USING (true)": [
        "observation.wide SELECT hub_public: not declared"
    ],
    "ALTER POLICY no_live_figure ON observation TO hub_scoped": [
        "observation.no_live_figure SELECT hub_public: missing",
        "observation.no_live_figure SELECT hub_scoped: not declared",
    ],
    "ALTER POLICY no_live_figure ON observation USING (true)": [
        "observation.no_live_figure SELECT hub_public: another condition"
    ],
    "ALTER POLICY within_reach ON observation USING (project_id IS NOT NULL)": [
        "observation.within_reach SELECT hub_scoped: another condition"
    ],
    "ALTER POLICY loading ON project WITH CHECK (false)": [
        "project.loading ALL hub_loader: another condition"
    ],
    "ALTER TABLE observation OWNER TO hub_scoped": ["hub_scoped: too mighty"],
    "GRANT CREATE ON SCHEMA public TO PUBLIC": ["PUBLIC: CREATE"],
}


_OF_A_COPY = "PUBLIC: TEMPORARY"
"""A database that is copied from a template lets everybody make temporary tables again."""


async def test_a_database_as_it_is_declared_has_no_gaps(bare: Database) -> None:
    assert await find_gaps(bare.address) == [_OF_A_COPY]
    await migrate(bare.address)
    assert await find_gaps(bare.address) == []


@pytest.mark.parametrize("tampering", TAMPERINGS)
async def test_what_was_taken_away_or_opened_is_named(bare: Database, tampering: str) -> None:
    connection = await asyncpg.connect(bare.address.url)
    try:
        await connection.execute(tampering)
        gaps = await find_gaps(bare.address)
        assert [gap for gap in gaps if gap != _OF_A_COPY] == TAMPERINGS[tampering]
    finally:
        await connection.close()
