CREATE TABLE reach (
  holder_id INTEGER NOT NULL,
  data_class VARCHAR COLLATE "C" NOT NULL CONSTRAINT reach_data_class_check CHECK (data_class IN ('definition', 'area', 'document', 'target', 'observation', 'submission', 'task', 'budget', 'facility', 'eligibility', 'training', 'finding', 'batch', 'audit', 'account')),
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  valid_until TIMESTAMP WITH TIME ZONE NOT NULL,
  lists TEXT[] NOT NULL,
  CONSTRAINT reach_pkey PRIMARY KEY (holder_id, data_class, valid_from),
  CONSTRAINT reach_holder_id_fkey FOREIGN KEY(holder_id) REFERENCES agency (id) DEFERRABLE INITIALLY DEFERRED
);

ALTER TABLE reach ENABLE ROW LEVEL SECURITY;

ALTER TABLE reach FORCE ROW LEVEL SECURITY;

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
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $fn$
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
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $fn$
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
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $fn$
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

CREATE OR REPLACE FUNCTION hub_reach(class text, accepted boolean) RETURNS int[]
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN hub_held(class, 'reach_' || accepted)::int[];

CREATE OR REPLACE FUNCTION hub_reach(class text) RETURNS int[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN hub_held(class, 'reach_false')::int[] || hub_held(class, 'reach_true')::int[];

CREATE OR REPLACE FUNCTION hub_cells(class text, accepted boolean) RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN hub_held(class, 'cells_' || accepted)::bigint[];

CREATE OR REPLACE FUNCTION hub_cells(class text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN hub_held(class, 'cells_false')::bigint[] || hub_held(class, 'cells_true')::bigint[];

CREATE OR REPLACE FUNCTION hub_facilities_run() RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $fn$
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

CREATE OR REPLACE FUNCTION hub_areas_alone(class text, accepted boolean) RETURNS int[]
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN hub_held(class, 'alone_' || accepted)::int[];

CREATE OR REPLACE FUNCTION hub_reach_areas(class text) RETURNS int[]
LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN hub_held(class, 'areas')::int[];

CREATE OR REPLACE FUNCTION hub_operator_reads(class text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $fn$
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

CREATE OR REPLACE FUNCTION hub_projects_seen() RETURNS int[] LANGUAGE sql STABLE PARALLEL RESTRICTED
RETURN hub_held('observation', 'projects')::int[] || hub_held('budget', 'projects')::int[];

CREATE OR REPLACE FUNCTION hub_reach_drafts() RETURNS int[]
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $fn$
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

CREATE OR REPLACE FUNCTION hub_scopes_changed() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  holders int[] := ARRAY(SELECT DISTINCT holder_id FROM changed);
BEGIN
  DELETE FROM reach WHERE holder_id = ANY (holders);
  INSERT INTO reach (holder_id, data_class, valid_from, valid_until, lists)
  WITH held AS (
    SELECT holder_id, data_class, project_id, area_id, accepted_only,
           coalesce(valid_from, '-infinity') AS since, coalesce(valid_until, 'infinity') AS until
    FROM scope WHERE holder_id = ANY (holders) AND capability = 'read'
  ), bound AS (
    SELECT DISTINCT h.holder_id, h.data_class, b.at
    FROM held h CROSS JOIN LATERAL (VALUES (h.since), (h.until)) AS b (at)
  ), stretch AS (
    SELECT holder_id, data_class, at AS since,
           lead(at) OVER (PARTITION BY holder_id, data_class ORDER BY at) AS until
    FROM bound
  )
  SELECT s.holder_id, s.data_class, s.since, s.until, ARRAY[coalesce((array_agg(DISTINCT project_id) FILTER (WHERE project_id IS NOT NULL AND area_id IS NULL AND NOT accepted_only))::text, '{}'), coalesce((array_agg(DISTINCT project_id) FILTER (WHERE project_id IS NOT NULL AND area_id IS NULL AND accepted_only))::text, '{}'), coalesce((array_agg(DISTINCT area_id) FILTER (WHERE project_id IS NULL AND area_id IS NOT NULL AND NOT accepted_only))::text, '{}'), coalesce((array_agg(DISTINCT area_id) FILTER (WHERE project_id IS NULL AND area_id IS NOT NULL AND accepted_only))::text, '{}'), coalesce((array_agg(DISTINCT (project_id::bigint << 32) | area_id) FILTER (WHERE ((project_id::bigint << 32) | area_id) IS NOT NULL AND NOT accepted_only))::text, '{}'), coalesce((array_agg(DISTINCT (project_id::bigint << 32) | area_id) FILTER (WHERE ((project_id::bigint << 32) | area_id) IS NOT NULL AND accepted_only))::text, '{}'), coalesce((array_agg(DISTINCT area_id) FILTER (WHERE area_id IS NOT NULL))::text, '{}'), coalesce((array_agg(DISTINCT project_id) FILTER (WHERE project_id IS NOT NULL))::text, '{}')]
  FROM stretch s JOIN held h ON h.holder_id = s.holder_id AND h.data_class = s.data_class
    AND h.since <= s.since AND h.until >= s.until
  GROUP BY s.holder_id, s.data_class, s.since, s.until;
  RETURN NULL;
END
$fn$;

CREATE TRIGGER reach_follows_new_scopes AFTER INSERT ON scope
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_scopes_changed();

CREATE TRIGGER reach_follows_ended_scopes AFTER DELETE ON scope
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_scopes_changed();

CREATE POLICY following_grants ON reach FOR ALL TO hub_registrar USING (true) WITH CHECK (true);

CREATE POLICY own_scopes ON reach FOR SELECT TO hub_public, hub_scoped, hub_standing, hub_feed USING (holder_id = (SELECT hub_agency_id()));

CREATE POLICY loading ON reach FOR ALL TO hub_loader USING (true) WITH CHECK (true);

DROP POLICY within_reach ON facility;

CREATE POLICY within_reach ON facility FOR SELECT TO hub_scoped USING ((managed_by_id = (SELECT hub_agency_id()) AND (SELECT hub_operator_reads('facility'))) OR project_id = ANY ((SELECT hub_reach('facility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('facility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('facility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', true))::int[]))));

DROP POLICY of_the_jurisdiction ON facility;

CREATE POLICY of_the_jurisdiction ON facility FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR (managed_by_id = (SELECT hub_agency_id()) AND (SELECT hub_operator_reads('facility'))) OR project_id = ANY ((SELECT hub_reach('facility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('facility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('facility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', true))::int[]))));

DROP POLICY of_every_jurisdiction ON facility;

CREATE POLICY of_every_jurisdiction ON facility FOR SELECT TO hub_feed USING (((SELECT hub_feed_reads('facility'))) OR (managed_by_id = (SELECT hub_agency_id()) AND (SELECT hub_operator_reads('facility'))) OR project_id = ANY ((SELECT hub_reach('facility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('facility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('facility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', true))::int[]))));

GRANT SELECT ON reach TO hub_public;

GRANT SELECT ON reach TO hub_scoped;

GRANT SELECT ON reach TO hub_standing;

GRANT SELECT ON reach TO hub_feed;

GRANT SELECT ON reach TO hub_registrar;

GRANT INSERT ON reach TO hub_registrar;

GRANT DELETE ON reach TO hub_registrar;

GRANT SELECT ON reach TO hub_loader;

GRANT INSERT ON reach TO hub_loader;

GRANT DELETE ON reach TO hub_loader;

REVOKE UPDATE ON scope FROM hub_loader;
