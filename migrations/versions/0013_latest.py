"""Find the latest figure of an area by an index; ask once whether a figure is a foreign draft.

What keeps its answer in the transaction cannot do so while workers share in a statement: totals of
tables large enough for that failed.

Undone by restoring the policies of the version before and dropping the index.
"""

from __future__ import annotations

import re
from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_INDEX = "observation_indicator_id_area_id_period_end_id_idx"
_BEFORE = "0005_lean_policies.sql"
_KEEPING = (
    "hub_areas_alone(text, boolean)",
    "hub_cells(text)",
    "hub_cells(text, boolean)",
    "hub_facilities_run()",
    "hub_feed_reads(text)",
    "hub_held(text, text)",
    "hub_operator_reads(text)",
    "hub_programmes(text)",
    "hub_projects_seen()",
    "hub_reach(text)",
    "hub_reach(text, boolean)",
    "hub_reach_areas(text)",
    "hub_reach_drafts()",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '30min'")
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        op.get_bind().exec_driver_sql(statement)
    for function in _KEEPING:
        op.execute(f"ALTER FUNCTION {function} PARALLEL UNSAFE")
    columns = ["indicator_id", "area_id", "period_end", "id"]
    op.create_index(_INDEX, "observation", columns)


def downgrade() -> None:
    op.drop_index(_INDEX)
    for function in _KEEPING:
        op.execute(f"ALTER FUNCTION {function} PARALLEL RESTRICTED")
    before = _statements(Path(__file__).with_name(_BEFORE))
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        if found := re.match(r"DROP (POLICY \w+ ON observation)", statement):
            [was] = [each for each in before if each.startswith(f"CREATE {found[1]} ")]
            op.execute(statement)
            op.get_bind().exec_driver_sql(was)


def _statements(script: Path) -> list[str]:
    return [
        statement.strip().removesuffix(";")
        for statement in script.read_text(encoding="utf-8").split(";\n\n")
    ]
