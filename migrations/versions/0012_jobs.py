"""Make the queue of work: pgqueuer's tables in a schema of their own, and the role that keeps it.

Whoever listens is told when a batch changes.

Undone by dropping the schema, and with it what waits; the role stays, since other databases of the
same server may use it.
"""

from __future__ import annotations

import re
from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BETWEEN = re.compile(r";\n\n(?=ALTER |CREATE |GRANT )")
"""Between statements; inside a function, lines begin otherwise."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in _BETWEEN.split(script):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))


def downgrade() -> None:
    op.execute("DROP FUNCTION hub_tell_change CASCADE")
    op.execute("DROP SCHEMA jobs CASCADE")
    op.execute("DROP POLICY of_no_job ON account")
    op.execute("DROP POLICY known_to_the_worker ON access_epoch")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM hub_worker")
    op.execute("REVOKE USAGE ON SCHEMA public FROM hub_worker")
