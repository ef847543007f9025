-- $1 is the owner. Where a part is not known, nothing is said.
INSERT INTO failed
WITH asked AS MATERIALIZED (
  SELECT
    j.n, j.area_id, j.period_id, j.facility_id, j.value, q.code, q.rule, q.outcome,
    cardinality(q.parts) AS parts, i.id AS part_id
  FROM judged j
  JOIN quality_check q ON q.indicator_id = j.indicator_id
  JOIN indicator i ON i.code = ANY (q.parts)
  WHERE q.rule = 'parts' AND j.fate IN ('new', 'revised') AND j.value IS NOT NULL
), said AS MATERIALIZED (
  SELECT j.n, j.indicator_id, j.area_id, j.period_id, j.facility_id, j.value FROM judged j
  WHERE j.fate IN ('new', 'revised') AND j.indicator_id IN (SELECT part_id FROM asked)
)
SELECT a.n, a.rule, a.outcome FROM asked a
LEFT JOIN said s ON s.indicator_id = a.part_id AND s.area_id = a.area_id
  AND s.period_id = a.period_id AND s.facility_id IS NOT DISTINCT FROM a.facility_id
LEFT JOIN observation o ON s.n IS NULL AND o.agency_id = $1 AND o.superseded_at IS NULL
  AND NOT o.is_withdrawn AND o.indicator_id = a.part_id AND o.area_id = a.area_id
  AND o.period_id = a.period_id AND o.facility_id IS NOT DISTINCT FROM a.facility_id
GROUP BY a.n, a.code, a.rule, a.outcome, a.value, a.parts
HAVING count(coalesce(s.value, o.value)) = a.parts AND sum(coalesce(s.value, o.value)) <> a.value
