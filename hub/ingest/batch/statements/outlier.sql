-- $1 is the owner, $2 how many earlier values it takes. 0.6745 makes the median deviation of a normal
-- distribution its standard deviation.
INSERT INTO failed
WITH asked AS (
  SELECT j.n, j.value, q.rule, q.outcome, q.limit_value, o.value AS earlier
  FROM judged j
  JOIN quality_check q ON q.indicator_id = j.indicator_id
    OR (q.indicator_id IS NULL AND (q.unit IS NULL OR q.unit = j.unit))
  JOIN period p ON p.id = j.period_id
  JOIN observation o ON o.agency_id = $1 AND o.superseded_at IS NULL AND NOT o.is_withdrawn
    AND o.indicator_id = j.indicator_id AND o.area_id = j.area_id
    AND o.facility_id IS NOT DISTINCT FROM j.facility_id AND o.period_start < j.period_start
  JOIN period b ON b.id = o.period_id AND b.kind = p.kind AND b.calendar = p.calendar
    AND b.regime_id IS NOT DISTINCT FROM p.regime_id
  WHERE q.rule = 'outlier' AND j.fate IN ('new', 'revised') AND j.value IS NOT NULL
    AND o.value IS NOT NULL
), middle AS (
  SELECT n, value, rule, outcome, limit_value,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY earlier) AS median
  FROM asked GROUP BY n, value, rule, outcome, limit_value HAVING count(*) >= $2
), spread AS (
  SELECT m.n, m.value, m.rule, m.outcome, m.limit_value, m.median,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(a.earlier - m.median)) AS deviation
  FROM middle m JOIN asked a USING (n, outcome, limit_value)
  GROUP BY m.n, m.value, m.rule, m.outcome, m.limit_value, m.median
)
SELECT n, rule, outcome FROM spread
WHERE deviation > 0 AND abs(0.6745 * (value - median) / deviation) > limit_value
