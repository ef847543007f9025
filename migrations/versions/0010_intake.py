"""Let registered sources deliver batches, each through an account of its own.

Undone by dropping what came in with its record; figures stay, without the batch they came with. The
role stays, since other databases of the same server may use it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SHARED = (
    ("itself", "account"),
    ("itself", "data_source"),
    ("all_sources", "data_source"),
    ("own_figures", "observation"),
    ("within_its_right", "observation"),
    ("marking_revised", "observation"),
    ("definitions", "indicator"),
    ("definitions", "area"),
    ("definitions", "area_lineage"),
    ("definitions", "period"),
    ("definitions", "agency"),
    ("definitions", "jurisdiction"),
    ("of_its_place", "facility"),
    ("for_sources", "access_epoch"),
    ("own_acts_of_sources", "audit_entry"),
    ("continuing_of_sources", "audit_entry"),
)
"""Policies on tables that stay."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))


def downgrade() -> None:
    for policy, table in _SHARED:
        op.execute(f"DROP POLICY {policy} ON {table}")
    for column in ("batch_id", "batch_line", "warnings"):
        op.drop_column("observation", column)
    for table in (
        "quality_check",
        "figure_version",
        "batch_row",
        "batch",
        "source_checkpoint",
        "source_term",
        "source_right",
    ):
        op.drop_table(table)
    op.execute("DROP FUNCTION hub_source_id")
    op.execute("REVOKE ALL ON data_source FROM hub_gate")
    for column in ("account_id", "area_id", "calendar", "mapping_version", "schedule", "open_from"):
        op.drop_column("data_source", column)
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM hub_source")
    op.execute("REVOKE USAGE ON SCHEMA public FROM hub_source")
    op.execute(
        "DO $do$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM hub_source', "
        "current_database()); END $do$"
    )
