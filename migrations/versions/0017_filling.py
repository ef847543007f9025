"""Figures that a source delivers bring what its owner owes as far as submitted.

Undone by dropping the policies and the privileges; what was brought further stays so.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))


def downgrade() -> None:
    op.execute("REVOKE ALL ON submission FROM hub_source")
    op.execute("DROP POLICY own_filled ON submission")
    op.execute("DROP POLICY own_owed ON submission")
