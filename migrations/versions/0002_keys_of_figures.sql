CREATE OR REPLACE FUNCTION hub_write_scopes(grants int[]) RETURNS void LANGUAGE sql VOLATILE
BEGIN ATOMIC
  DELETE FROM scope WHERE grant_id = ANY (grants);
  INSERT INTO scope (grant_id, holder_id, data_class, capability, project_id, area_id,
                     accepted_only, reveals_drafts, valid_from, valid_until)
  WITH RECURSIVE subtree AS (
    SELECT g.id AS grant_id, p.id AS project_id
    FROM access_grant g JOIN project p ON NOT p.is_national AND (
      CASE WHEN g.project_id IS NOT NULL THEN p.id = g.project_id
           WHEN g.programme_id IS NOT NULL THEN p.programme_id = g.programme_id
           ELSE g.jurisdiction_id IS NULL OR p.jurisdiction_id = g.jurisdiction_id END)
    WHERE g.id = ANY (grants) AND NOT (g.area_scope = 'own' AND g.project_id IS NULL AND g.programme_id IS NULL)
    UNION
    SELECT s.grant_id, p.id FROM subtree s JOIN project p ON p.parent_id = s.project_id
  ), reached AS (
    SELECT grant_id, project_id FROM subtree
    UNION ALL
    SELECT g.id, NULL FROM access_grant g WHERE g.id = ANY (grants) AND g.area_scope = 'own' AND g.project_id IS NULL AND g.programme_id IS NULL
  ), ground AS (
    SELECT g.id AS grant_id, g.area_id FROM access_grant g WHERE g.id = ANY (grants)
    UNION
    SELECT o.grant_id, a.id FROM ground o JOIN area a ON a.parent_id = o.area_id
  ), held AS (
    SELECT grant_id, area_id, false AS is_past FROM ground
    UNION ALL
    SELECT o.grant_id, l.predecessor_id, true FROM ground o
    JOIN area_lineage l ON l.successor_id = o.area_id AND l.share = 'whole'
  )
  SELECT DISTINCT g.id, g.holder_id, c.data_class, k.capability, s.project_id, a.area_id,
         g.states <> '{}' AND NOT g.is_break_glass,
         g.is_break_glass,
         g.valid_from, g.valid_until
  FROM access_grant g
  JOIN reached s ON s.grant_id = g.id
  CROSS JOIN LATERAL unnest(g.data_classes) AS c (data_class)
  CROSS JOIN LATERAL unnest(g.capabilities) AS k (capability)
  JOIN held a ON a.grant_id = g.id AND (k.capability = 'read' OR NOT a.is_past)
  WHERE g.holder_id IS NOT NULL
    AND (g.states = '{}' OR (g.states @> ARRAY['accepted', 'published']::varchar[] AND g.states <@ ARRAY['accepted', 'published']::varchar[])
         OR g.is_break_glass)
    AND (g.area_scope = 'all' OR (g.area_scope = 'own' AND g.area_id IS NOT NULL));
END;

CREATE OR REPLACE FUNCTION hub_keep_figures() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  IF (to_jsonb(new) - '{status,superseded_at,reporting_area_id}'::text[])
     IS DISTINCT FROM (to_jsonb(old) - '{status,superseded_at,reporting_area_id}'::text[]) THEN
    RAISE EXCEPTION 'a recorded figure does not change; record a revision'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END
$fn$;

CREATE FUNCTION hub_place_figure() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  new.reporting_area_id := CASE
    WHEN new.facility_id IS NULL THEN new.area_id
    ELSE (SELECT f.reporting_area_id FROM facility f WHERE f.id = new.facility_id) END;
  new.period_end := (SELECT p.ends_on FROM period p WHERE p.id = new.period_id);
  RETURN new;
END
$fn$;

CREATE FUNCTION hub_facility_moved() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  UPDATE observation SET reporting_area_id = new.reporting_area_id WHERE facility_id = new.id;
  RETURN NULL;
END
$fn$;

CREATE TRIGGER scopes_follow_areas AFTER UPDATE OR DELETE ON area
FOR EACH STATEMENT EXECUTE FUNCTION hub_projects_changed();

CREATE TRIGGER figures_are_placed BEFORE INSERT ON observation
FOR EACH ROW EXECUTE FUNCTION hub_place_figure();

CREATE TRIGGER figures_follow_facilities AFTER UPDATE ON facility
FOR EACH ROW WHEN (old.reporting_area_id IS DISTINCT FROM new.reporting_area_id)
EXECUTE FUNCTION hub_facility_moved();

DROP POLICY of_the_jurisdiction ON project;

CREATE POLICY of_the_jurisdiction ON project FOR SELECT TO hub_standing USING (is_national OR jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]) OR id = ANY ((SELECT hub_projects_seen())::int[]));

DROP POLICY of_every_jurisdiction ON project;

CREATE POLICY of_every_jurisdiction ON project FOR SELECT TO hub_feed USING (is_national OR (SELECT hub_feed_reads('observation')) OR id = ANY ((SELECT hub_projects_seen())::int[]));

DROP POLICY within_reach ON observation;

CREATE POLICY within_reach ON observation FOR SELECT TO hub_scoped USING ((project_id = ANY ((SELECT hub_reach('observation', false))::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ((((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = false AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = true AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[])) AND status IN ('accepted', 'published')))) OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND status IN ('accepted', 'published')) OR ((SELECT hub_operator_reads('observation')) AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (SELECT hub_agency_id())) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))));

DROP POLICY of_the_jurisdiction ON observation;

CREATE POLICY of_the_jurisdiction ON observation FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]) AND ((status <> 'draft' OR agency_id = (SELECT hub_agency_id())) OR project_id = ANY ((SELECT hub_reach_drafts())::int[]))) OR (project_id = ANY ((SELECT hub_reach('observation', false))::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ((((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = false AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = true AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[])) AND status IN ('accepted', 'published')))) OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND status IN ('accepted', 'published')) OR ((SELECT hub_operator_reads('observation')) AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (SELECT hub_agency_id())) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))));

DROP POLICY accepted_figures ON observation;

CREATE POLICY accepted_figures ON observation FOR SELECT TO hub_feed USING ((status IN ('accepted', 'published') AND (SELECT hub_feed_reads('observation'))) OR (project_id = ANY ((SELECT hub_reach('observation', false))::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ((((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = false AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = true AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[])) AND status IN ('accepted', 'published')))) OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND status IN ('accepted', 'published')) OR ((SELECT hub_operator_reads('observation')) AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (SELECT hub_agency_id())) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))));

DROP POLICY of_the_jurisdiction ON facility;

CREATE POLICY of_the_jurisdiction ON facility FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('facility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('facility'))::int[]) AND ((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'facility' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', true))::int[]))) OR (managed_by_id = (SELECT hub_agency_id()) AND (SELECT hub_operator_reads('facility'))));

DROP POLICY of_the_jurisdiction ON eligibility;

CREATE POLICY of_the_jurisdiction ON eligibility FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('eligibility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('eligibility'))::int[]) AND ((project_id, reporting_area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'eligibility' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', true))::int[]))) OR ((SELECT hub_operator_reads('eligibility')) AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (SELECT hub_agency_id()))));

DROP POLICY of_the_jurisdiction ON task;

CREATE POLICY of_the_jurisdiction ON task FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR agency_id = (SELECT hub_agency_id()) OR agency_id = (SELECT hub_group_id()) OR (project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (project_id IS NULL AND programme_id = ANY ((SELECT hub_programmes('task'))::int[]))));

DROP POLICY of_the_jurisdiction ON task_progress;

CREATE POLICY of_the_jurisdiction ON task_progress FOR SELECT TO hub_standing USING ((task_id IN (SELECT id FROM task)) OR agency_id = (SELECT hub_agency_id()) OR task_id IN (SELECT id FROM task WHERE (project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (project_id IS NULL AND programme_id = ANY ((SELECT hub_programmes('task'))::int[])))));

DROP POLICY of_the_jurisdiction ON budget_line;

CREATE POLICY of_the_jurisdiction ON budget_line FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('budget'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('budget'))::int[]) AND ((project_id, area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'budget' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR area_id = ANY ((SELECT hub_areas_alone('budget', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('budget', true))::int[]))));

DROP POLICY of_the_jurisdiction ON training;

CREATE POLICY of_the_jurisdiction ON training FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('training'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('training'))::int[]) AND ((project_id, area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'training' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR area_id = ANY ((SELECT hub_areas_alone('training', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('training', true))::int[]))));

DROP POLICY of_the_jurisdiction ON area_status;

CREATE POLICY of_the_jurisdiction ON area_status FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('observation', false))::int[]) OR (stage = 'recognised' AND project_id = ANY ((SELECT hub_reach('observation', true))::int[])) OR (area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND (((project_id, area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = false AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) OR (stage = 'recognised' AND ((project_id, area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND s.accepted_only = true AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[]))))));

DROP POLICY of_the_jurisdiction ON pilot_model;

CREATE POLICY of_the_jurisdiction ON pilot_model FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('task'))::int[]) AND ((project_id, area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'task' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR area_id = ANY ((SELECT hub_areas_alone('task', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('task', true))::int[]))));

DROP POLICY of_the_jurisdiction ON review;

CREATE POLICY of_the_jurisdiction ON review FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('finding'))::int[]) OR id IN (SELECT f.review_id FROM finding f WHERE f.agency_id = (SELECT hub_agency_id()) AND f.issued_on IS NOT NULL));

DROP POLICY of_the_jurisdiction ON finding;

CREATE POLICY of_the_jurisdiction ON finding FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR (project_id = ANY ((SELECT hub_reach('finding', false))::int[]) AND (issued_on IS NOT NULL OR agency_id IS DISTINCT FROM (SELECT hub_agency_id()))) OR (issued_on IS NOT NULL AND (agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('finding', true))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('finding'))::int[]) AND ((project_id, area_id) IN (SELECT s.project_id, s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'finding' AND s.capability = 'read' AND s.project_id IS NOT NULL AND s.area_id IS NOT NULL AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())) OR area_id = ANY ((SELECT hub_areas_alone('finding', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('finding', true))::int[]))))));

DROP POLICY of_the_jurisdiction ON data_source;

CREATE POLICY of_the_jurisdiction ON data_source FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR owner_id = (SELECT hub_agency_id()));

GRANT UPDATE (status, superseded_at, reporting_area_id) ON observation TO hub_loader;
