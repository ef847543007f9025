"""Find the latest figure of an area by an index; ask once whether a figure is a foreign draft.

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


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '30min'")
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        op.get_bind().exec_driver_sql(statement)
    columns = ["indicator_id", "area_id", "period_end", "id"]
    op.create_index(_INDEX, "observation", columns)


def downgrade() -> None:
    op.drop_index(_INDEX)
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
