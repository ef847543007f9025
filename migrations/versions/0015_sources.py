"""Count money in đồng; let a demonstration's source say that its figures are one.

Undone by restoring the policy and the units of the version before: what is counted in đồng must be
gone by then.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_UNITS = ("percent", "count")
_MEASURED = ("indicator", "target", "quality_check")
_BEFORE = "0010_intake.sql"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    _measure_in((*_UNITS, "vnd"))
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.execute("DROP POLICY within_its_right ON observation")
    before = _statements(Path(__file__).with_name(_BEFORE))
    [was] = [each for each in before if each.startswith("CREATE POLICY within_its_right ")]
    op.get_bind().exec_driver_sql(was)
    _measure_in(_UNITS)


def _measure_in(units: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{unit}'" for unit in units)
    for table in _MEASURED:
        name = f"{table}_unit_check"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (unit IN ({listed}))")


def _statements(script: Path) -> list[str]:
    return [
        statement.strip().removesuffix(";")
        for statement in script.read_text(encoding="utf-8").split(";\n\n")
    ]
