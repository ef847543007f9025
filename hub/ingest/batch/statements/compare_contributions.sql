-- Compares what an old area contributes with what it did before. $1 is the source, $2 its code, $3 its
-- owner, $4 the batch, $5 whether a person has decided that it is to be taken. What this source said
-- otherwise of the whole figure since counts; what another corrected does not.
UPDATE checked c SET
  fate = CASE WHEN f.verdict = 'unchanged' THEN 'unchanged' END,
  trouble = nullif(f.verdict, 'unchanged'),
  trouble_column = CASE WHEN f.verdict <> 'unchanged' THEN 'version' END
FROM (
  SELECT c.n,
    CASE
      WHEN k.version IS NOT NULL AND c.version IS NULL THEN 'VERSION_MISSING'
      WHEN c.version < k.version THEN 'unchanged'
      WHEN said.is_same AND (c.version = k.version OR c.version IS NULL) THEN 'unchanged'
      WHEN c.version = k.version THEN 'VERSION_REUSED'
      WHEN c.version IS NULL AND NOT $5::boolean
        AND k.received_at > (SELECT t.received_at FROM batch t WHERE t.id = $4) THEN 'unchanged'
    END AS verdict
  FROM checked c
  JOIN observation o ON o.agency_id = $3 AND o.superseded_at IS NULL
    AND o.indicator_id = c.indicator_id AND o.area_id = c.area_id AND o.period_id = c.period_id
    AND o.facility_id IS NULL
  JOIN figure_contribution k ON k.source_id = $1 AND k.origin_id = o.origin_id
    AND k.predecessor_id = c.predecessor_id
  CROSS JOIN LATERAL (
    SELECT (k.value, k.numerator, k.denominator, k.is_withdrawn)
      IS NOT DISTINCT FROM (c.value, c.numerator, c.denominator, c.withdrawn)
      AND (o.source <> $2 OR k.revision = o.revision) AS is_same
  ) said
  WHERE c.predecessor_id IS NOT NULL AND c.trouble IS NULL AND c.fate IS NULL
) f WHERE f.n = c.n AND f.verdict IS NOT NULL
