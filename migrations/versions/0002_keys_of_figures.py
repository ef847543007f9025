"""Give a figure the area whose own unit it is of and its last day, and rights a longer reach.

A ward's right to its figures hung on the rows of their facilities, which it need not see; a right
to a district reached nothing in it; a standing agency lost its rights in other places. The newest
figure of an indicator was found by reading all of them.

Undone by restoring the functions and policies of 0001 and dropping the columns.
"""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOVED_IN = (
    "access_grant",
    "area",
    "area_lineage",
    "facility",
    "observation",
    "period",
    "project",
    "scope",
)
"""Tables that rows are moved in: forced row security would hide their rows from their owner."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '30min'")
    op.add_column("observation", sa.Column("reporting_area_id", sa.Integer()))
    op.add_column("observation", sa.Column("period_end", sa.Date()))
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.get_bind().exec_driver_sql(statement.strip().removesuffix(";"))
    for table in _MOVED_IN:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE observation DISABLE TRIGGER figures_are_kept")
    op.execute(
        "UPDATE observation o SET reporting_area_id = CASE WHEN o.facility_id IS NULL "
        "THEN o.area_id ELSE (SELECT f.reporting_area_id FROM facility f "
        "WHERE f.id = o.facility_id) END, "
        "period_end = (SELECT p.ends_on FROM period p WHERE p.id = o.period_id)"
    )
    op.execute("SELECT hub_write_scopes(ARRAY(SELECT id FROM access_grant))")
    # What was changed has checks pending, and a table with those cannot be altered.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute("ALTER TABLE observation ENABLE TRIGGER figures_are_kept")
    for table in _MOVED_IN:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.alter_column("observation", "period_end", nullable=False)
    op.create_foreign_key(None, "observation", "area", ["reporting_area_id"], ["id"])
    op.create_index(
        "observation_reporting_area_id_period_start_id_idx",
        "observation",
        ["reporting_area_id", "period_start", "id"],
    )
    op.drop_index("observation_indicator_id_period_start_area_id_idx")
    for last in (["period_end", "id"], ["period_start", "id"], ["period_id", "area_id"]):
        columns = ["indicator_id", *last]
        op.create_index(f"observation_{'_'.join(columns)}_idx", "observation", columns)


def downgrade() -> None:
    op.execute("DROP TRIGGER scopes_follow_areas ON area")
    op.execute("DROP FUNCTION hub_place_figure, hub_facility_moved CASCADE")
    made = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    foundation = Path(__file__).with_name("0001_foundation.sql").read_text(encoding="utf-8")
    before = foundation.split(";\n\n")
    for changed in re.findall(r"DROP (POLICY \w+ ON \w+)", made):
        op.execute(f"DROP {changed}")
    for begins in re.findall(r"DROP (POLICY \w+ ON \w+)|CREATE OR REPLACE (FUNCTION \w+)", made):
        start = f"CREATE {''.join(begins)}"
        (was,) = (each for each in before if re.match(rf"{re.escape(start)}\b", each))
        op.get_bind().exec_driver_sql(was.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    for last in (["period_start", "id"], ["period_id", "area_id"]):
        op.drop_index(f"observation_{'_'.join(['indicator_id', *last])}_idx")
    columns = ["indicator_id", "period_start", "area_id"]
    op.create_index(f"observation_{'_'.join(columns)}_idx", "observation", columns)
    op.drop_column("observation", "period_end")
    op.drop_column("observation", "reporting_area_id")
