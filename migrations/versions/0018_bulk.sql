CREATE POLICY within_its_right ON observation FOR INSERT TO hub_source WITH CHECK (agency_id = (SELECT hub_agency_id()) AND status IN ('draft', 'submitted') AND (source, synthetic) = (SELECT s.code, s.synthetic FROM data_source s) AND batch_id IN (SELECT b.id FROM batch b) AND ((indicator_id, area_id) IN (SELECT r.indicator_id, r.area_id FROM source_right r WHERE r.area_id IS NOT NULL) OR indicator_id IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL) AND area_id IN (SELECT a.id FROM area a WHERE a.jurisdiction_id = (SELECT s.jurisdiction_id FROM data_source s))) AND (facility_id IS NULL OR (indicator_id, facility_id) IN (SELECT r.indicator_id, f.id FROM source_right r JOIN facility f ON f.reporting_area_id = r.area_id) OR indicator_id IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL) AND facility_id IN (SELECT f.id FROM facility f) OR indicator_id IN (SELECT r.indicator_id FROM source_right r) AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (SELECT hub_agency_id()))));

CREATE POLICY marking_revised ON observation FOR UPDATE TO hub_source USING (agency_id = (SELECT hub_agency_id()) AND ((indicator_id, area_id) IN (SELECT r.indicator_id, r.area_id FROM source_right r WHERE r.area_id IS NOT NULL) OR indicator_id IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL) AND area_id IN (SELECT a.id FROM area a WHERE a.jurisdiction_id = (SELECT s.jurisdiction_id FROM data_source s))) AND (facility_id IS NULL OR (indicator_id, facility_id) IN (SELECT r.indicator_id, f.id FROM source_right r JOIN facility f ON f.reporting_area_id = r.area_id) OR indicator_id IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL) AND facility_id IN (SELECT f.id FROM facility f) OR indicator_id IN (SELECT r.indicator_id FROM source_right r) AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (SELECT hub_agency_id())))) WITH CHECK (agency_id = (SELECT hub_agency_id()) AND ((indicator_id, area_id) IN (SELECT r.indicator_id, r.area_id FROM source_right r WHERE r.area_id IS NOT NULL) OR indicator_id IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL) AND area_id IN (SELECT a.id FROM area a WHERE a.jurisdiction_id = (SELECT s.jurisdiction_id FROM data_source s))) AND (facility_id IS NULL OR (indicator_id, facility_id) IN (SELECT r.indicator_id, f.id FROM source_right r JOIN facility f ON f.reporting_area_id = r.area_id) OR indicator_id IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL) AND facility_id IN (SELECT f.id FROM facility f) OR indicator_id IN (SELECT r.indicator_id FROM source_right r) AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (SELECT hub_agency_id()))));

CREATE FUNCTION hub_figures_added(count bigint) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
  IF count > 5000 + 0.02 * (SELECT greatest(reltuples, 0) FROM pg_class
                              WHERE oid = 'public.observation'::regclass) THEN
    ANALYZE (SKIP_LOCKED) public.observation;
  END IF;
END
$fn$;

REVOKE EXECUTE ON FUNCTION hub_figures_added(bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION hub_figures_added(bigint) TO hub_source;
