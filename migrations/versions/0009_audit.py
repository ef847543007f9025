"""Keep an audit trail that is only added to, and let the gate see whether a glass is broken.

Undone by dropping the trail, which is then lost; the two roles stay, since other databases of the
same server may use them.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))


def downgrade() -> None:
    op.execute("REVOKE SELECT (is_break_glass) ON access_grant FROM hub_gate")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    op.execute("DROP FUNCTION hub_keep_trail, hub_audited_places")
    for table in ("agency", "account"):
        op.execute(f"DROP POLICY of_entries ON {table}")
    op.execute("DROP POLICY nothing ON account")
    op.execute("DROP POLICY known_to_all ON access_epoch")
    op.execute(
        "CREATE POLICY known_to_all ON access_epoch FOR SELECT TO hub_public, hub_scoped, "
        "hub_standing, hub_feed, hub_gate USING (true)"
    )
    for role in ("hub_clerk", "hub_auditor"):
        op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        op.execute(f"REVOKE USAGE ON SCHEMA public FROM {role}")
