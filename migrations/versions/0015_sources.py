"""Count money in đồng, list a regime's own periods, keep the shares of divided areas.

What a demonstration's source sends is marked as a demonstration.

Undone by dropping shares and own periods and restoring the policy, units and calendars of the
version before: what is counted in đồng, or of an own period, must be gone by then.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_CALENDARS = ("calendar", "nd-09-2019")
_KEPT_BY = ("reporting_regime", "period", "data_source")
_UNITS = ("percent", "count")
_MEASURED = ("indicator", "target", "quality_check")
_BEFORE = "0010_intake.sql"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    _choose("unit", _MEASURED, (*_UNITS, "vnd"))
    _choose("calendar", _KEPT_BY, (*_CALENDARS, "own"))
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.execute("DROP POLICY within_its_right ON observation")
    before = _statements(Path(__file__).with_name(_BEFORE))
    [was] = [each for each in before if each.startswith("CREATE POLICY within_its_right ")]
    op.get_bind().exec_driver_sql(was)
    op.drop_table("source_share")
    op.drop_column("period", "regime_id")
    _choose("unit", _MEASURED, _UNITS)
    _choose("calendar", _KEPT_BY, _CALENDARS)


def _choose(column: str, tables: tuple[str, ...], values: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{value}'" for value in values)
    for table in tables:
        name = f"{table}_{column}_check"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IN ({listed}))")


def _statements(script: Path) -> list[str]:
    return [
        statement.strip().removesuffix(";")
        for statement in script.read_text(encoding="utf-8").split(";\n\n")
    ]
