"""Keep the sentence that the sender of a refused batch is told, beside the code.

Undone by dropping the column; batches that were refused before have none.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, String

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.add_column("batch", Column("refusal_sentence", String(collation="C")))
    op.execute("GRANT UPDATE (refusal_sentence) ON batch TO hub_source")


def downgrade() -> None:
    op.drop_column("batch", "refusal_sentence")
