CREATE OR REPLACE FUNCTION hub_agency_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('hub.agency', true), '')::int;

CREATE OR REPLACE FUNCTION hub_standing_jurisdictions() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('hub.places', true), '')::int[], '{}');

CREATE TABLE access_epoch (
  id BOOLEAN NOT NULL CONSTRAINT access_epoch_single_check CHECK (id),
  value BIGINT NOT NULL,
  CONSTRAINT access_epoch_pkey PRIMARY KEY (id)
);

CREATE FUNCTION hub_enter(claim text, known bigint) RETURNS void LANGUAGE plpgsql AS $fn$
DECLARE
  epoch bigint := coalesce((SELECT value FROM access_epoch), 0);
BEGIN
  IF known <> epoch THEN
    RAISE EXCEPTION 'accounts or grants have changed' USING ERRCODE = 'HB001';
  END IF;
  PERFORM set_config('hub.epoch', epoch::text, true);
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

CREATE FUNCTION hub_epoch_passed() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  INSERT INTO access_epoch AS e (id, value) VALUES (true, 1)
  ON CONFLICT (id) DO UPDATE SET value = e.value + 1;
  RETURN NULL;
END
$fn$;

CREATE TRIGGER the_epoch_passes AFTER INSERT OR UPDATE OR DELETE ON account
FOR EACH STATEMENT EXECUTE FUNCTION hub_epoch_passed();

CREATE TRIGGER the_epoch_passes AFTER INSERT OR UPDATE OR DELETE ON access_grant
FOR EACH STATEMENT EXECUTE FUNCTION hub_epoch_passed();

ALTER TABLE access_epoch ENABLE ROW LEVEL SECURITY;

ALTER TABLE access_epoch FORCE ROW LEVEL SECURITY;

CREATE POLICY known_to_all ON access_epoch FOR SELECT TO hub_public, hub_scoped, hub_standing, hub_feed, hub_gate USING (true);

CREATE POLICY passing ON access_epoch FOR ALL TO hub_registrar, hub_loader USING (true) WITH CHECK (true);

GRANT SELECT ON access_epoch TO hub_public;

GRANT SELECT ON access_epoch TO hub_scoped;

GRANT SELECT ON access_epoch TO hub_standing;

GRANT SELECT ON access_epoch TO hub_feed;

GRANT SELECT ON access_epoch TO hub_gate;

GRANT SELECT ON access_epoch TO hub_registrar;

GRANT INSERT ON access_epoch TO hub_registrar;

GRANT UPDATE ON access_epoch TO hub_registrar;

GRANT SELECT ON access_epoch TO hub_loader;

GRANT INSERT ON access_epoch TO hub_loader;

GRANT UPDATE ON access_epoch TO hub_loader;
