"""Who a transaction is for: the account, its agency, its place, its source."""

from __future__ import annotations

from typing import Final

from hub.access.functions.conditions import IN_FORCE

ACCOUNT_ID: Final = """\
CREATE FUNCTION hub_account_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('hub.account', true), '')::int"""

AGENCY_ID: Final = """\
CREATE FUNCTION hub_agency_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('hub.agency', true), '')::int"""

GROUP_ID: Final = """\
CREATE FUNCTION hub_group_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT group_id FROM agency WHERE id = hub_agency_id();
END"""

ENTER: Final = f"""\
CREATE FUNCTION hub_enter(claim text, known bigint) RETURNS void LANGUAGE plpgsql AS $fn$
DECLARE
  epoch bigint := coalesce((SELECT value FROM access_epoch), 0);
  kept text;
BEGIN
  IF current_setting('hub.epoch', true) <> '' THEN
    RAISE EXCEPTION 'this transaction is somebody''s already';
  END IF;
  IF known <> epoch THEN
    RAISE EXCEPTION 'accounts or grants have changed' USING ERRCODE = 'HB001';
  END IF;
  kept := set_config('hub.epoch', epoch::text, true);
  kept := set_config('hub.account', claim, true);
  kept := (
    SELECT agency_id::text FROM account
    WHERE id = nullif(claim, '')::int AND suspended_at IS NULL);
  kept := set_config('hub.agency', coalesce(kept, ''), true);
  IF current_user IN ('hub_standing', 'hub_registrar') THEN
    kept := (
      SELECT coalesce(array_agg(DISTINCT jurisdiction_id), '{{}}')::text FROM access_grant
      WHERE holder_id = hub_agency_id() AND role = 'standing' AND project_id IS NULL
        AND 'read' = ANY (capabilities) AND {IN_FORCE});
    kept := set_config('hub.places', kept, true);
  END IF;
END
$fn$"""
"""Begins a transaction for an account, or for nobody (''): its agency, and the places that it is
standing agency of, are looked up once, as they are now, since every policy asks for them. Where
the caller goes by what it found at an epoch that is over, it is told so and reads nothing. Nobody
enters a transaction that is another's: what was looked up in it is the other's."""

EPOCH_PASSED: Final = """\
CREATE FUNCTION hub_epoch_passed() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  INSERT INTO access_epoch AS e (id, value) VALUES (true, 1)
  ON CONFLICT (id) DO UPDATE SET value = e.value + 1;
  RETURN NULL;
END
$fn$"""

STANDING_JURISDICTIONS: Final = """\
CREATE FUNCTION hub_standing_jurisdictions() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('hub.places', true), '')::int[], '{}')"""

SOURCE_ID: Final = """\
CREATE FUNCTION hub_source_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT id FROM data_source WHERE account_id = hub_account_id() AND owner_id = hub_agency_id();
END"""
"""The source that acts: the one whose account is claimed, as long as that account stands."""
