"""Run the versions on the connection that ``hub.database.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from hub.model import authority, catalogue
from hub.model.columns import METADATA

assert authority, catalogue  # noqa: S101  (every table is declared by being imported)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
