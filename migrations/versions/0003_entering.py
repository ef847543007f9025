"""Look up once a transaction who asks, and count the changes of accounts and grants.

Undone by restoring the functions of 0001 and dropping the counter.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))


def downgrade() -> None:
    foundation = Path(__file__).with_name("0001_foundation.sql").read_text(encoding="utf-8")
    for name in ("hub_agency_id", "hub_standing_jurisdictions"):
        (was,) = (
            each
            for each in foundation.split(";\n\n")
            if each.startswith(f"CREATE FUNCTION {name}(")
        )
        op.get_bind().exec_driver_sql(was.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.execute("DROP FUNCTION hub_enter, hub_epoch_passed CASCADE")
    op.drop_table("access_epoch")
