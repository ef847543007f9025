CREATE OR REPLACE FUNCTION hub_agency_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('hub.agency', true), '')::int;

CREATE OR REPLACE FUNCTION hub_standing_jurisdictions() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('hub.places', true), '')::int[], '{}');

CREATE FUNCTION hub_enter(claim text) RETURNS void LANGUAGE plpgsql AS $fn$
BEGIN
  PERFORM set_config('hub.account', claim, true);
  PERFORM set_config('hub.agency', coalesce((
    SELECT agency_id::text FROM account
    WHERE id = nullif(claim, '')::int AND suspended_at IS NULL), ''), true);
  IF current_user IN ('hub_standing', 'hub_registrar') THEN
    PERFORM set_config('hub.places', (
      SELECT coalesce(array_agg(DISTINCT jurisdiction_id), '{}')::text FROM access_grant
      WHERE holder_id = hub_agency_id() AND role = 'standing' AND project_id IS NULL
        AND 'read' = ANY (capabilities) AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())), true);
  END IF;
END
$fn$;
