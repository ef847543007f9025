-- Says of each row that was added to another what became of the sum.
INSERT INTO judged
SELECT
  c.n, c.line, c.indicator_id, c.project_id, c.jurisdiction_id, c.unit, c.area_id, c.facility_id,
  c.period_id, c.period_start, c.numerator, c.denominator, c.value, NULL, c.withdrawn,
  j.current_id, j.origin_id, j.revision, NULL, j.fate, j.trouble, j.warnings, true
FROM summed u
JOIN judged j ON j.n = u.n
JOIN checked c ON c.indicator_id = u.indicator_id AND c.area_id = u.area_id
  AND c.period_id = u.period_id
WHERE c.predecessor_id IS NOT NULL AND c.trouble IS NULL AND c.fate IS NULL AND c.n <> u.n
