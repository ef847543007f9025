"""Break the glass over nothing but the drafts of one project, and give nothing of another place.

Undone by restoring the policy and the function of 0001.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_GIVING = (
    "CREATE POLICY giving_grants ON access_grant FOR INSERT TO hub_registrar WITH CHECK (origin "
    "= 'explicit' AND valid_until IS NOT NULL AND given_by_id = (SELECT hub_account_id()) AND "
    "((NOT is_break_glass AND holder_id = ANY ((SELECT hub_administered())::int[]) AND "
    "hub_may_give(access_grant)) OR (is_break_glass AND holder_id = (SELECT hub_agency_id()) "
    "AND length(why) >= 10 AND data_classes = '{observation}' AND capabilities = '{read}' AND "
    "states = '{draft}' AND area_scope = 'all' AND (project_id, jurisdiction_id) IN (SELECT "
    "p.id, p.jurisdiction_id FROM project p) AND valid_until <= now() + interval '24 hours' AND "
    "jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]))))"
)

_MAY_GIVE = """\
CREATE OR REPLACE FUNCTION hub_may_give(given access_grant) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM access_grant held
    WHERE held.holder_id = hub_agency_id()
      AND given.capabilities <@ held.capabilities
      AND given.data_classes <@ held.data_classes
      AND (held.states = '{}' OR (given.states <> '{}' AND given.states <@ held.states))
      AND NOT 'draft' = ANY (given.states)
      AND (given.project_id IS NULL OR EXISTS (
        SELECT FROM project p
        WHERE p.id = given.project_id AND p.jurisdiction_id = given.jurisdiction_id))
      AND (held.jurisdiction_id IS NULL OR held.jurisdiction_id = given.jurisdiction_id)
      AND (held.programme_id IS NULL OR held.programme_id = given.programme_id
           OR EXISTS (SELECT FROM project p WHERE p.id = given.project_id
                      AND p.programme_id = held.programme_id))
      AND (held.project_id IS NULL OR EXISTS (
        SELECT FROM scope s
        WHERE s.grant_id = held.id AND s.project_id = given.project_id))
      AND (held.area_scope = 'all' OR (held.area_scope = 'own' AND held.area_id = given.area_id))
      AND (held.valid_from IS NULL OR held.valid_from <= now())
      AND (held.valid_until IS NULL OR held.valid_until >= given.valid_until));
END"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    _replace(_GIVING, _MAY_GIVE)


def downgrade() -> None:
    foundation = Path(__file__).with_name("0001_foundation.sql").read_text(encoding="utf-8")
    before = foundation.split(";\n\n")
    (giving,) = (each for each in before if each.startswith("CREATE POLICY giving_grants "))
    (may_give,) = (each for each in before if each.startswith("CREATE FUNCTION hub_may_give("))
    _replace(giving, may_give.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))


def _replace(policy: str, function: str) -> None:
    op.execute("DROP POLICY giving_grants ON access_grant")
    op.get_bind().exec_driver_sql(function)
    op.get_bind().exec_driver_sql(policy)
