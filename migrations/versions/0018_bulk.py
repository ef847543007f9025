"""Take in many figures at little cost: rights not multiplied, places proved by keys.

A source's right to everywhere is no longer multiplied by all areas with each statement. Of a figure
of no facility, keys prove the end of its period and the area of its readers' rights, so that only
other figures are looked up row by row. Statistics are renewed with what changes them.

Undone by restoring the policies, the key and the trigger of the version before.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OF_PERIOD = "observation_period_id_period_start_fkey"
_OF_WHOLE_PERIOD = "observation_period_id_period_start_period_end_fkey"
_WHOLE_PERIOD = "period_id_starts_on_ends_on_key"
_PLACE = "observation_place_check"
_FUNCTION = "hub_figures_added(bigint)"
_POLICIES = {"within_its_right": "0015_sources.sql", "marking_revised": "0010_intake.sql"}
"""Those that are made anew, with the version that they were of."""

_EACH_ROW = (
    "CREATE TRIGGER figures_are_placed BEFORE INSERT ON observation FOR EACH ROW "
    "{}EXECUTE FUNCTION hub_place_figure()"
)
_UNPROVED = (
    "WHEN (new.facility_id IS NOT NULL OR new.reporting_area_id IS NULL OR new.period_end IS NULL) "
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '30min'")
    op.create_unique_constraint(_WHOLE_PERIOD, "period", ["id", "starts_on", "ends_on"])
    op.drop_constraint(_OF_PERIOD, "observation")
    op.create_foreign_key(
        _OF_WHOLE_PERIOD,
        "observation",
        "period",
        ["period_id", "period_start", "period_end"],
        ["id", "starts_on", "ends_on"],
    )
    op.create_check_constraint(
        _PLACE,
        "observation",
        "facility_id IS NOT NULL OR reporting_area_id IS NOT DISTINCT FROM area_id",
    )
    op.execute("DROP TRIGGER figures_are_placed ON observation")
    op.execute(_EACH_ROW.format(_UNPROVED))
    for policy in _POLICIES:
        op.execute(f"DROP POLICY {policy} ON observation")
    for statement in _statements(Path(__file__).with_suffix(".sql")):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {_FUNCTION}")
    for policy, version in _POLICIES.items():
        op.execute(f"DROP POLICY {policy} ON observation")
        before = _statements(Path(__file__).with_name(version))
        made = f"CREATE POLICY {policy} ON observation "
        [was] = [each for each in before if each.startswith(made)]
        op.get_bind().exec_driver_sql(was)
    op.execute("DROP TRIGGER figures_are_placed ON observation")
    op.execute(_EACH_ROW.format(""))
    op.drop_constraint(_PLACE, "observation")
    op.drop_constraint(_OF_WHOLE_PERIOD, "observation")
    op.create_foreign_key(
        _OF_PERIOD, "observation", "period", ["period_id", "period_start"], ["id", "starts_on"]
    )
    op.drop_constraint(_WHOLE_PERIOD, "period")


def _statements(script: Path) -> list[str]:
    return [
        statement.strip().removesuffix(";")
        for statement in script.read_text(encoding="utf-8").split(";\n\n")
    ]
