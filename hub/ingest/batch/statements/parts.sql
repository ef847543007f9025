-- $1 is the owner. Where a part is not known, nothing is said.
INSERT INTO failed
SELECT j.n, q.rule, q.outcome FROM judged j
JOIN quality_check q ON q.indicator_id = j.indicator_id
CROSS JOIN LATERAL (
  SELECT count(coalesce(s.value, o.value)) AS known, sum(coalesce(s.value, o.value)) AS together
  FROM indicator i
  LEFT JOIN judged s ON s.fate IN ('new', 'revised') AND s.indicator_id = i.id
    AND s.area_id = j.area_id AND s.period_id = j.period_id
    AND s.facility_id IS NOT DISTINCT FROM j.facility_id
  LEFT JOIN observation o ON s.n IS NULL AND o.agency_id = $1 AND o.superseded_at IS NULL
    AND NOT o.is_withdrawn AND o.indicator_id = i.id AND o.area_id = j.area_id
    AND o.period_id = j.period_id AND o.facility_id IS NOT DISTINCT FROM j.facility_id
  WHERE i.code = ANY (q.parts)
) x
WHERE q.rule = 'parts' AND j.fate IN ('new', 'revised') AND j.value IS NOT NULL
  AND x.known = cardinality(q.parts) AND x.together <> j.value
