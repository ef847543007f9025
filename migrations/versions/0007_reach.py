"""Sum up what the scopes of one holder reach, so that a policy needs one look-up.

A project's indicators are read in their order from an index of each link.

Undone by restoring the functions and policies of the versions before and dropping the table.
"""

from __future__ import annotations

import re
from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MADE = re.compile(
    r"CREATE (?:OR REPLACE )?(FUNCTION \w+\([^)]*\)|POLICY \w+ ON \w+)", flags=re.ASCII
)
_BEFORE = ("0001_foundation", "0002_keys_of_figures", "0003_entering", "0005_lean_policies")
_MOVED_IN = ("access_grant", "area", "area_lineage", "project", "reach", "scope")
"""Tables that rows are moved in: forced row security would hide their rows from their owner."""

_LINKS = ("project_id", "national_project_id")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '30min'")
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        op.get_bind().exec_driver_sql(statement)
    for table in _MOVED_IN:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute("SELECT hub_write_scopes(ARRAY(SELECT id FROM access_grant))")
    # What was changed has checks pending, and a table with those cannot be altered.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in _MOVED_IN:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for column in _LINKS:
        op.drop_index(f"indicator_{column}_idx")
        op.create_index(f"indicator_{column}_code_idx", "indicator", [column, "code"])


def downgrade() -> None:
    for column in _LINKS:
        op.drop_index(f"indicator_{column}_code_idx")
        op.create_index(f"indicator_{column}_idx", "indicator", [column])
    before = {
        found[1]: statement
        for version in _BEFORE
        for statement in _statements(Path(__file__).with_name(f"{version}.sql"))
        if (found := _MADE.match(statement))
    }
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        found = _MADE.match(statement)
        was = before.get(found[1]) if found else None
        if found and was and found[1].startswith("POLICY"):
            op.execute(f"DROP {found[1]}")
            op.get_bind().exec_driver_sql(was)
        elif was:
            replaced = re.sub(r"^CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", was)
            op.get_bind().exec_driver_sql(replaced)
    op.execute("GRANT UPDATE ON scope TO hub_loader")
    op.execute("DROP FUNCTION hub_scopes_changed CASCADE")
    op.execute("DROP FUNCTION hub_held")
    op.drop_table("reach")


def _statements(script: Path) -> list[str]:
    parts = script.read_text(encoding="utf-8").split(";\n\n")
    return [part.strip().removesuffix(";") for part in parts]
