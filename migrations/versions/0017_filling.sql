CREATE POLICY own_owed ON submission FOR SELECT TO hub_source USING (agency_id = (SELECT hub_agency_id()) AND (SELECT hub_source_id()) IS NOT NULL);

CREATE POLICY own_filled ON submission FOR UPDATE TO hub_source USING (agency_id = (SELECT hub_agency_id()) AND (SELECT hub_source_id()) IS NOT NULL AND status IN ('expected', 'draft', 'submitted')) WITH CHECK (agency_id = (SELECT hub_agency_id()) AND (SELECT hub_source_id()) IS NOT NULL AND status IN ('expected', 'draft', 'submitted'));

GRANT SELECT (id, form_id, agency_id, area_id, facility_id, period_id, status) ON submission TO hub_source;

GRANT UPDATE (status) ON submission TO hub_source;
