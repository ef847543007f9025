"""Let figures be added up by year: that of their period's last day."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '30min'")
    op.execute(
        "ALTER TABLE observation ADD COLUMN year smallint "
        "GENERATED ALWAYS AS (extract(year FROM period_end)::smallint) STORED NOT NULL"
    )
    # The rows are written anew: what is known of the new column comes with the next look at them.
    op.execute("ANALYZE observation (year)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_column("observation", "year")
