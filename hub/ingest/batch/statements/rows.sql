-- Says of every row that was not taken, or taken with a warning, why. $1 is the batch, $2 its agency,
-- $3 its place, $4 and $5 what is expected by code, $6 the codes of rows that wait for a decision.
WITH told AS (
  SELECT c.n, c.trouble AS code, c.trouble_column AS place, c.candidates,
    CASE WHEN c.trouble = ANY ($6::text[]) THEN 'held' ELSE 'rejected' END AS outcome
  FROM checked c WHERE c.trouble IS NOT NULL
  UNION ALL
  SELECT j.n, j.trouble,
    CASE WHEN j.trouble LIKE 'VERSION%' THEN 'version' WHEN j.trouble = 'AREA_SHARED' THEN 'area'
      ELSE 'value' END,
    NULL, j.fate
  FROM judged j WHERE j.fate IN ('held', 'rejected')
  UNION ALL
  SELECT j.n, 'QUALITY_' || upper(w.rule), 'value', NULL, 'warned'
  FROM judged j CROSS JOIN LATERAL unnest(j.warnings) AS w (rule)
  WHERE j.fate IN ('new', 'revised')
)
INSERT INTO batch_row (
  batch_id, agency_id, jurisdiction_id, sheet, line, column_name, found, expected, code, outcome,
  candidates, content
)
SELECT
  $1, $2, $3, nullif(a.sheet, ''), a.line, t.place,
  left(CASE
    WHEN a.trouble <> '' THEN a.trouble_found
    WHEN t.place = 'indicator' THEN a.indicator
    WHEN t.place = 'area' THEN a.area
    WHEN t.place = 'period' THEN substr(a.period, strpos(a.period, E'\x1f') + 1)
    WHEN t.place = 'facility' THEN a.facility
    WHEN t.place = 'disaggregation' THEN a.disaggregation
    WHEN t.place = 'numerator' THEN a.numerator
    WHEN t.place = 'denominator' THEN a.denominator
    WHEN t.place = 'value' THEN coalesce(
      nullif(a.value, ''), nullif(concat_ws('/', nullif(a.numerator, ''), a.denominator), ''))
    WHEN t.place = 'version' THEN a.version
    WHEN t.place = 'withdrawn' THEN a.withdrawn
  END, 80),
  coalesce(nullif(a.trouble_expected, ''), e.expected), t.code, t.outcome,
  coalesce(t.candidates, '{}'),
  a.content
FROM told t JOIN arrived a USING (n)
LEFT JOIN unnest($4::text[], $5::text[]) AS e (code, expected) ON e.code = t.code
ORDER BY t.n
