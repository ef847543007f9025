INSERT INTO failed
SELECT j.n, q.rule, q.outcome FROM judged j JOIN quality_check q
  ON q.indicator_id = j.indicator_id
  OR (q.indicator_id IS NULL AND (q.unit IS NULL OR q.unit = j.unit))
WHERE q.rule = 'bounds' AND j.fate IN ('new', 'revised')
  AND (j.value < q.lower_bound OR j.value > q.upper_bound)
