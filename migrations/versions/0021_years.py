"""Let figures be added up by year: that of their period's last day."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_KEEPING = """\
CREATE OR REPLACE FUNCTION hub_keep_figures() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
{comment}\
  IF (to_jsonb(new) - '{{{names}}}'::text[])
     IS DISTINCT FROM (to_jsonb(old) - '{{{names}}}'::text[]) THEN
    RAISE EXCEPTION 'a recorded figure does not change; record a revision'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END
$fn$"""
_MARKS = "status,superseded_at,reporting_area_id"
_COMMENT = "  -- The year is made of the period's end, and only after this.\n"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute("SET LOCAL statement_timeout = '30min'")
    op.execute(
        "ALTER TABLE observation ADD COLUMN year smallint "
        "GENERATED ALWAYS AS (extract(year FROM period_end)::smallint) STORED NOT NULL"
    )
    op.execute(_KEEPING.format(comment=_COMMENT, names=f"{_MARKS},year"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_column("observation", "year")
    op.execute(_KEEPING.format(comment="", names=_MARKS))
