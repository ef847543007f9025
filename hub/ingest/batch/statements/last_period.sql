-- $1 is the owner. What came with the same delivery counts as reported.
INSERT INTO failed
WITH before AS MATERIALIZED (
  SELECT p.id AS period_id, b.id AS before_id
  FROM (SELECT DISTINCT period_id FROM judged) j
  JOIN period p ON p.id = j.period_id
  JOIN period b ON b.calendar = p.calendar AND b.regime_id IS NOT DISTINCT FROM p.regime_id
    AND b.kind = p.kind AND b.ends_on = p.starts_on - 1
)
SELECT j.n, q.rule, q.outcome FROM judged j
JOIN quality_check q ON q.indicator_id = j.indicator_id
  OR (q.indicator_id IS NULL AND (q.unit IS NULL OR q.unit = j.unit))
JOIN before b ON b.period_id = j.period_id
LEFT JOIN judged s ON s.fate IN ('new', 'revised') AND s.indicator_id = j.indicator_id
  AND s.area_id = j.area_id AND s.period_id = b.before_id
  AND s.period_id IN (SELECT before_id FROM before)
  AND s.facility_id IS NOT DISTINCT FROM j.facility_id
LEFT JOIN observation o ON s.n IS NULL AND o.agency_id = $1 AND o.superseded_at IS NULL
  AND NOT o.is_withdrawn AND o.indicator_id = j.indicator_id AND o.area_id = j.area_id
  AND o.period_id = b.before_id AND o.facility_id IS NOT DISTINCT FROM j.facility_id
WHERE q.rule = 'last_period' AND j.fate IN ('new', 'revised')
  AND coalesce(s.value, o.value) <> 0
  AND abs(j.value - coalesce(s.value, o.value)) > q.limit_value * abs(coalesce(s.value, o.value))
