CREATE OR REPLACE FUNCTION hub_enter(claim text, known bigint) RETURNS void LANGUAGE plpgsql AS $fn$
DECLARE
  epoch bigint := coalesce((SELECT value FROM access_epoch), 0);
BEGIN
  IF current_setting('hub.epoch', true) <> '' THEN
    RAISE EXCEPTION 'this transaction is somebody''s already';
  END IF;
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

CREATE OR REPLACE FUNCTION hub_programmes(class text) RETURNS int[]
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.programmes' || '_' || class;
  kept text := current_setting(place, true);
BEGIN
  IF kept <> '' THEN
    RETURN kept::int[];
  END IF;
  kept := (SELECT coalesce(array_agg(DISTINCT p.id), '{}')
  FROM access_grant g JOIN programme p ON CASE
    WHEN g.programme_id IS NOT NULL THEN p.id = g.programme_id
    ELSE g.jurisdiction_id IS NULL OR p.jurisdiction_id = g.jurisdiction_id END
  WHERE g.holder_id = hub_agency_id() AND g.project_id IS NULL AND g.area_scope = 'all'
    AND class = ANY (g.data_classes) AND 'read' = ANY (g.capabilities) AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now()));
  IF current_setting('transaction_read_only') = 'on' THEN
    PERFORM set_config(place, kept, true);
  END IF;
  RETURN kept::int[];
END
$fn$;

CREATE OR REPLACE FUNCTION hub_feed_reads(class text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.feed_reads' || '_' || class;
  kept text := current_setting(place, true);
BEGIN
  IF kept <> '' THEN
    RETURN kept::boolean;
  END IF;
  kept := (SELECT EXISTS (
    SELECT FROM access_grant
    WHERE holder_id = hub_agency_id() AND jurisdiction_id IS NULL AND programme_id IS NULL
      AND project_id IS NULL AND area_scope = 'all' AND class = ANY (data_classes)
      AND 'read' = ANY (capabilities) AND (states = '{}' OR states @> ARRAY['accepted', 'published']::varchar[])
      AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())));
  IF current_setting('transaction_read_only') = 'on' THEN
    PERFORM set_config(place, kept, true);
  END IF;
  RETURN kept::boolean;
END
$fn$;

CREATE OR REPLACE FUNCTION hub_held(class text, part text) RETURNS text
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.held_' || class || '_';
  kept text := current_setting(place || part, true);
  parts text[] := '{reach_false,reach_true,alone_false,alone_true,cells_false,cells_true,areas,projects}';
  found text[];
BEGIN
  IF kept <> '' THEN
    RETURN kept;
  END IF;
  SELECT lists INTO found FROM reach
  WHERE holder_id = hub_agency_id() AND data_class = class
    AND valid_from <= now() AND valid_until > now();
  IF current_setting('transaction_read_only') = 'on' THEN
    FOR i IN 1 .. array_length(parts, 1) LOOP
      PERFORM set_config(place || parts[i], coalesce(found[i], '{}'), true);
    END LOOP;
  END IF;
  RETURN coalesce(found[array_position(parts, part)], '{}');
END
$fn$;

CREATE OR REPLACE FUNCTION hub_facilities_run() RETURNS int[]
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.facilities_run';
  kept text := current_setting(place, true);
BEGIN
  IF kept <> '' THEN
    RETURN kept::int[];
  END IF;
  kept := (SELECT coalesce(array_agg(id), '{}') FROM facility WHERE managed_by_id = hub_agency_id());
  IF current_setting('transaction_read_only') = 'on' THEN
    PERFORM set_config(place, kept, true);
  END IF;
  RETURN kept::int[];
END
$fn$;

CREATE OR REPLACE FUNCTION hub_operator_reads(class text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.operator_reads' || '_' || class;
  kept text := current_setting(place, true);
BEGIN
  IF kept <> '' THEN
    RETURN kept::boolean;
  END IF;
  kept := (SELECT EXISTS (
    SELECT FROM access_grant
    WHERE holder_id IS NULL AND area_scope = 'own facility' AND class = ANY (data_classes)
      AND 'read' = ANY (capabilities) AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())));
  IF current_setting('transaction_read_only') = 'on' THEN
    PERFORM set_config(place, kept, true);
  END IF;
  RETURN kept::boolean;
END
$fn$;

CREATE OR REPLACE FUNCTION hub_reach_drafts() RETURNS int[]
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.reach_drafts';
  kept text := current_setting(place, true);
BEGIN
  IF kept <> '' THEN
    RETURN kept::int[];
  END IF;
  kept := (SELECT coalesce(array_agg(DISTINCT project_id), '{}') FROM scope
  WHERE holder_id = hub_agency_id() AND data_class = 'observation' AND capability = 'read'
    AND reveals_drafts AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now()));
  IF current_setting('transaction_read_only') = 'on' THEN
    PERFORM set_config(place, kept, true);
  END IF;
  RETURN kept::int[];
END
$fn$;

DROP FUNCTION hub_operated();
