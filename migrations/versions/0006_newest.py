"""Ask whether a revision is the newest in a function, which few rows need.

Undone by dropping the functions.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_REVISED = (
    ("assignment", "code", "text"),
    ("target", "code", "text"),
    ("observation", "origin_id", "uuid"),
)

_NEWEST = """\
CREATE FUNCTION hub_newest_{table}(origin {kind}, of int, as_of timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10 AS $fn$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM {table} newer
    WHERE newer.{column} = origin AND newer.revision > of
      AND (as_of IS NULL OR newer.recorded_at <= as_of));
END
$fn$"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for table, column, kind in _REVISED:
        statement = _NEWEST.format(table=table, column=column, kind=kind)
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for table, _, _ in _REVISED:
        op.execute(f"DROP FUNCTION hub_newest_{table}")
