CREATE FUNCTION hub_cells(class text, accepted boolean) RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(array_agg(DISTINCT (project_id::bigint << 32) | area_id), '{}') FROM scope
  WHERE holder_id = hub_agency_id() AND data_class = class AND capability = 'read'
    AND project_id IS NOT NULL AND area_id IS NOT NULL AND accepted_only = accepted
    AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now());
END;

CREATE FUNCTION hub_cells(class text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(array_agg(DISTINCT (project_id::bigint << 32) | area_id), '{}') FROM scope
  WHERE holder_id = hub_agency_id() AND data_class = class AND capability = 'read'
    AND project_id IS NOT NULL AND area_id IS NOT NULL AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now());
END;

CREATE FUNCTION hub_facilities_run() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(array_agg(id), '{}') FROM facility WHERE managed_by_id = hub_agency_id();
END;

DROP POLICY within_reach ON observation;

CREATE POLICY within_reach ON observation FOR SELECT TO hub_scoped USING ((project_id = ANY ((SELECT hub_reach('observation', false))::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND (((((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('observation', false))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR ((((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('observation', true))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[])) AND status IN ('accepted', 'published')))) OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND status IN ('accepted', 'published')) OR ((SELECT hub_operator_reads('observation')) AND facility_id = ANY ((SELECT hub_facilities_run())::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))));

DROP POLICY of_the_jurisdiction ON observation;

CREATE POLICY of_the_jurisdiction ON observation FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]) AND ((status <> 'draft' OR agency_id = (SELECT hub_agency_id())) OR project_id = ANY ((SELECT hub_reach_drafts())::int[]))) OR (project_id = ANY ((SELECT hub_reach('observation', false))::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND (((((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('observation', false))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR ((((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('observation', true))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[])) AND status IN ('accepted', 'published')))) OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND status IN ('accepted', 'published')) OR ((SELECT hub_operator_reads('observation')) AND facility_id = ANY ((SELECT hub_facilities_run())::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))));

DROP POLICY accepted_figures ON observation;

CREATE POLICY accepted_figures ON observation FOR SELECT TO hub_feed USING ((status IN ('accepted', 'published') AND (SELECT hub_feed_reads('observation'))) OR (project_id = ANY ((SELECT hub_reach('observation', false))::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND (((((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('observation', false))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))) OR ((((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('observation', true))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[])) AND status IN ('accepted', 'published')))) OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND status IN ('accepted', 'published')) OR ((SELECT hub_operator_reads('observation')) AND facility_id = ANY ((SELECT hub_facilities_run())::int[]) AND (status <> 'draft' OR agency_id = (SELECT hub_agency_id()))));

DROP POLICY within_reach ON facility;

CREATE POLICY within_reach ON facility FOR SELECT TO hub_scoped USING (project_id = ANY ((SELECT hub_reach('facility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('facility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('facility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', true))::int[]))) OR (managed_by_id = (SELECT hub_agency_id()) AND (SELECT hub_operator_reads('facility'))));

DROP POLICY of_the_jurisdiction ON facility;

CREATE POLICY of_the_jurisdiction ON facility FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('facility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('facility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('facility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', true))::int[]))) OR (managed_by_id = (SELECT hub_agency_id()) AND (SELECT hub_operator_reads('facility'))));

DROP POLICY of_every_jurisdiction ON facility;

CREATE POLICY of_every_jurisdiction ON facility FOR SELECT TO hub_feed USING (((SELECT hub_feed_reads('facility'))) OR project_id = ANY ((SELECT hub_reach('facility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('facility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('facility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('facility', true))::int[]))) OR (managed_by_id = (SELECT hub_agency_id()) AND (SELECT hub_operator_reads('facility'))));

DROP POLICY within_reach ON eligibility;

CREATE POLICY within_reach ON eligibility FOR SELECT TO hub_scoped USING (project_id = ANY ((SELECT hub_reach('eligibility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('eligibility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('eligibility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', true))::int[]))) OR ((SELECT hub_operator_reads('eligibility')) AND facility_id = ANY ((SELECT hub_facilities_run())::int[])));

DROP POLICY of_the_jurisdiction ON eligibility;

CREATE POLICY of_the_jurisdiction ON eligibility FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('eligibility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('eligibility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('eligibility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', true))::int[]))) OR ((SELECT hub_operator_reads('eligibility')) AND facility_id = ANY ((SELECT hub_facilities_run())::int[])));

DROP POLICY of_every_jurisdiction ON eligibility;

CREATE POLICY of_every_jurisdiction ON eligibility FOR SELECT TO hub_feed USING (((SELECT hub_feed_reads('eligibility'))) OR project_id = ANY ((SELECT hub_reach('eligibility'))::int[]) OR (reporting_area_id = ANY ((SELECT hub_reach_areas('eligibility'))::int[]) AND (((project_id::bigint << 32) | reporting_area_id) = ANY ((SELECT hub_cells('eligibility'))::bigint[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', false))::int[]) OR reporting_area_id = ANY ((SELECT hub_areas_alone('eligibility', true))::int[]))) OR ((SELECT hub_operator_reads('eligibility')) AND facility_id = ANY ((SELECT hub_facilities_run())::int[])));

DROP POLICY within_reach ON budget_line;

CREATE POLICY within_reach ON budget_line FOR SELECT TO hub_scoped USING (project_id = ANY ((SELECT hub_reach('budget'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('budget'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('budget'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('budget', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('budget', true))::int[]))));

DROP POLICY of_the_jurisdiction ON budget_line;

CREATE POLICY of_the_jurisdiction ON budget_line FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('budget'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('budget'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('budget'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('budget', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('budget', true))::int[]))));

DROP POLICY of_every_jurisdiction ON budget_line;

CREATE POLICY of_every_jurisdiction ON budget_line FOR SELECT TO hub_feed USING (((SELECT hub_feed_reads('budget'))) OR project_id = ANY ((SELECT hub_reach('budget'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('budget'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('budget'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('budget', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('budget', true))::int[]))));

DROP POLICY within_reach ON training;

CREATE POLICY within_reach ON training FOR SELECT TO hub_scoped USING (project_id = ANY ((SELECT hub_reach('training'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('training'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('training'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('training', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('training', true))::int[]))));

DROP POLICY of_the_jurisdiction ON training;

CREATE POLICY of_the_jurisdiction ON training FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('training'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('training'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('training'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('training', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('training', true))::int[]))));

DROP POLICY of_every_jurisdiction ON training;

CREATE POLICY of_every_jurisdiction ON training FOR SELECT TO hub_feed USING (((SELECT hub_feed_reads('training'))) OR project_id = ANY ((SELECT hub_reach('training'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('training'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('training'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('training', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('training', true))::int[]))));

DROP POLICY within_reach ON area_status;

CREATE POLICY within_reach ON area_status FOR SELECT TO hub_scoped USING (project_id = ANY ((SELECT hub_reach('observation', false))::int[]) OR (stage = 'recognised' AND project_id = ANY ((SELECT hub_reach('observation', true))::int[])) OR (area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ((((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('observation', false))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) OR (stage = 'recognised' AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('observation', true))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[]))))));

DROP POLICY of_the_jurisdiction ON area_status;

CREATE POLICY of_the_jurisdiction ON area_status FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR project_id = ANY ((SELECT hub_reach('observation', false))::int[]) OR (stage = 'recognised' AND project_id = ANY ((SELECT hub_reach('observation', true))::int[])) OR (area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ((((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('observation', false))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) OR (stage = 'recognised' AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('observation', true))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[]))))));

DROP POLICY of_every_jurisdiction ON area_status;

CREATE POLICY of_every_jurisdiction ON area_status FOR SELECT TO hub_feed USING ((stage = 'recognised' AND (SELECT hub_feed_reads('observation'))) OR project_id = ANY ((SELECT hub_reach('observation', false))::int[]) OR (stage = 'recognised' AND project_id = ANY ((SELECT hub_reach('observation', true))::int[])) OR (area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ((((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('observation', false))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('observation', false))::int[])) OR (stage = 'recognised' AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('observation', true))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('observation', true))::int[]))))));

DROP POLICY within_reach ON pilot_model;

CREATE POLICY within_reach ON pilot_model FOR SELECT TO hub_scoped USING (agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('task'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('task'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('task', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('task', true))::int[]))));

DROP POLICY of_the_jurisdiction ON pilot_model;

CREATE POLICY of_the_jurisdiction ON pilot_model FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('task'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('task'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('task', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('task', true))::int[]))));

DROP POLICY of_every_jurisdiction ON pilot_model;

CREATE POLICY of_every_jurisdiction ON pilot_model FOR SELECT TO hub_feed USING (((SELECT hub_feed_reads('task'))) OR agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('task'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('task'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('task', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('task', true))::int[]))));

DROP POLICY within_reach ON finding;

CREATE POLICY within_reach ON finding FOR SELECT TO hub_scoped USING ((project_id = ANY ((SELECT hub_reach('finding', false))::int[]) AND (issued_on IS NOT NULL OR agency_id IS DISTINCT FROM (SELECT hub_agency_id()))) OR (issued_on IS NOT NULL AND (agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('finding', true))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('finding'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('finding'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('finding', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('finding', true))::int[]))))));

DROP POLICY of_the_jurisdiction ON finding;

CREATE POLICY of_the_jurisdiction ON finding FOR SELECT TO hub_standing USING ((jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])) OR (project_id = ANY ((SELECT hub_reach('finding', false))::int[]) AND (issued_on IS NOT NULL OR agency_id IS DISTINCT FROM (SELECT hub_agency_id()))) OR (issued_on IS NOT NULL AND (agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('finding', true))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('finding'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('finding'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('finding', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('finding', true))::int[]))))));

DROP POLICY of_every_jurisdiction ON finding;

CREATE POLICY of_every_jurisdiction ON finding FOR SELECT TO hub_feed USING (((SELECT hub_feed_reads('finding'))) OR (project_id = ANY ((SELECT hub_reach('finding', false))::int[]) AND (issued_on IS NOT NULL OR agency_id IS DISTINCT FROM (SELECT hub_agency_id()))) OR (issued_on IS NOT NULL AND (agency_id = (SELECT hub_agency_id()) OR project_id = ANY ((SELECT hub_reach('finding', true))::int[]) OR (area_id = ANY ((SELECT hub_reach_areas('finding'))::int[]) AND (((project_id::bigint << 32) | area_id) = ANY ((SELECT hub_cells('finding'))::bigint[]) OR area_id = ANY ((SELECT hub_areas_alone('finding', false))::int[]) OR area_id = ANY ((SELECT hub_areas_alone('finding', true))::int[]))))));
