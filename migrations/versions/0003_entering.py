"""Look the agency of an account up once a transaction, instead of in every policy of every table.

Undone by restoring the function of 0001.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AGENCY_ID = """\
CREATE OR REPLACE FUNCTION hub_agency_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('hub.agency', true), '')::int"""

_ENTER = """\
CREATE FUNCTION hub_enter(claim text) RETURNS void LANGUAGE plpgsql AS $fn$
BEGIN
  PERFORM set_config('hub.account', claim, true);
  PERFORM set_config('hub.agency', coalesce((
    SELECT agency_id::text FROM account
    WHERE id = nullif(claim, '')::int AND suspended_at IS NULL), ''), true);
END
$fn$"""

_AGENCY_ID_BEFORE = """\
CREATE OR REPLACE FUNCTION hub_agency_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT agency_id FROM account WHERE id = hub_account_id() AND suspended_at IS NULL;
END"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '4s'")
    for statement in (_AGENCY_ID, _ENTER):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(_AGENCY_ID_BEFORE)
    op.execute("DROP FUNCTION hub_enter")
