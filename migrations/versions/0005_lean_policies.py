"""Look what a policy needs up in functions, which are planned once and not in every statement.

Undone by restoring the policies of the versions before and dropping the functions.
"""

from __future__ import annotations

import re
from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BEFORE = ("0001_foundation.sql", "0002_keys_of_figures.sql")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))
    op.drop_index("scope_grant_id_idx")
    op.create_index(
        "scope_grant_id_data_class_capability_idx",
        "scope",
        ["grant_id", "data_class", "capability"],
    )


def downgrade() -> None:
    made = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    before = [
        statement
        for name in _BEFORE
        for statement in Path(__file__).with_name(name).read_text(encoding="utf-8").split(";\n\n")
    ]
    for policy in re.findall(r"DROP (POLICY \w+ ON \w+)", made):
        was = [each for each in before if re.match(rf"CREATE {policy}\b", each)][-1]
        op.execute(f"DROP {policy}")
        op.get_bind().exec_driver_sql(was)
    for function in ("hub_cells(text, boolean)", "hub_cells(text)", "hub_facilities_run()"):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("scope_grant_id_data_class_capability_idx")
    op.create_index("scope_grant_id_idx", "scope", ["grant_id"])
