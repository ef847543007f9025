-- $1 is the owner, $2 the state figures begin in, $3 the source's code, $4 the batch, $5 the moment.
-- The newest periods come last: whoever reads the newest first steps over what is not committed yet.
INSERT INTO observation (
  origin_id, jurisdiction_id, project_id, indicator_id, area_id, reporting_area_id, facility_id,
  agency_id, period_id, period_start, period_end, value, numerator, denominator, status, revision,
  recorded_at, is_withdrawn, source, batch_id, batch_line, warnings, synthetic
)
SELECT
  j.origin_id, j.jurisdiction_id, j.project_id, j.indicator_id, j.area_id, j.area_id,
  j.facility_id, $1, j.period_id, j.period_start, p.ends_on, j.value, j.numerator, j.denominator,
  $2, j.revision, $5, j.withdrawn, $3, $4, j.line, j.warnings,
  (SELECT s.synthetic FROM data_source s)
FROM judged j JOIN period p ON p.id = j.period_id
WHERE j.fate IN ('new', 'revised', 'withdrawn') AND NOT j.is_added
ORDER BY j.period_start, j.indicator_id, j.area_id
