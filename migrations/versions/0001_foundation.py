"""Create the roles, tables, functions, row policies and privileges that the hub begins with.

Undone by dropping every table and function; the roles stay, since other databases of the same
server may use them.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))


def downgrade() -> None:
    for (table,) in op.get_bind().execute(
        sa.text(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
            "AND tablename <> 'alembic_version'"
        )
    ):
        op.execute(f'DROP TABLE "{table}" CASCADE')
    for (routine,) in op.get_bind().execute(
        sa.text(
            "SELECT oid::regprocedure::text FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'hub\\_%'"
        )
    ):
        op.execute(f"DROP FUNCTION IF EXISTS {routine} CASCADE")
