-- $1 is the owner, $2 how many earlier values it takes. 0.6745 makes the median deviation of a normal
-- distribution its standard deviation. Which periods are of a kind is asked of each value by itself:
-- joined by it, periods would seem so few that a million rows were met one by one.
INSERT INTO failed
WITH asked AS MATERIALIZED (
  SELECT
    j.n, j.indicator_id, j.area_id, j.facility_id, j.period_start, j.value,
    p.kind, p.calendar, p.regime_id, q.rule, q.outcome, q.limit_value
  FROM judged j
  JOIN quality_check q ON q.indicator_id = j.indicator_id
    OR (q.indicator_id IS NULL AND (q.unit IS NULL OR q.unit = j.unit))
  JOIN period p ON p.id = j.period_id
  WHERE q.rule = 'outlier' AND j.fate IN ('new', 'revised') AND j.value IS NOT NULL
), told AS (
  SELECT
    a.n, a.rule, a.outcome, a.limit_value, a.value,
    array_agg(o.value) FILTER (WHERE x.is_like) AS earlier
  FROM asked a
  JOIN observation o ON o.agency_id = $1 AND o.superseded_at IS NULL AND NOT o.is_withdrawn
    AND o.indicator_id = a.indicator_id AND o.area_id = a.area_id
    AND o.facility_id IS NOT DISTINCT FROM a.facility_id AND o.period_start < a.period_start
    AND o.value IS NOT NULL
  JOIN period b ON b.id = o.period_id
  CROSS JOIN LATERAL (
    SELECT (b.kind, b.calendar, b.regime_id) IS NOT DISTINCT FROM (a.kind, a.calendar, a.regime_id)
      AS is_like
  ) x
  GROUP BY a.n, a.rule, a.outcome, a.limit_value, a.value
  HAVING count(*) FILTER (WHERE x.is_like) >= $2
)
SELECT t.n, t.rule, t.outcome FROM told t
CROSS JOIN LATERAL (
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY v) AS median FROM unnest(t.earlier) AS v
) m
CROSS JOIN LATERAL (
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(v - m.median)) AS deviation
  FROM unnest(t.earlier) AS v
) d
WHERE d.deviation > 0 AND abs(0.6745 * (t.value - m.median) / d.deviation) > t.limit_value
