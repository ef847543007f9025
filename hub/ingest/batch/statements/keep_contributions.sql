-- Keeps what each old area contributes. $1 is the source, $2 the batch.
INSERT INTO figure_contribution (
  source_id, origin_id, predecessor_id, revision, numerator, denominator, value, is_withdrawn,
  version, received_at
)
SELECT
  $1, j.origin_id, c.predecessor_id,
  CASE WHEN j.fate = 'unchanged' THEN j.revision - 1 ELSE j.revision END,
  c.numerator, c.denominator, c.value, c.withdrawn, c.version,
  (SELECT t.received_at FROM batch t WHERE t.id = $2)
FROM judged j JOIN checked c USING (n)
WHERE c.predecessor_id IS NOT NULL AND j.fate IN ('new', 'revised', 'withdrawn', 'unchanged')
  AND (j.current_id IS NOT NULL OR j.fate <> 'unchanged')
ON CONFLICT (source_id, origin_id, predecessor_id) DO UPDATE SET
  revision = excluded.revision, numerator = excluded.numerator,
  denominator = excluded.denominator, value = excluded.value,
  is_withdrawn = excluded.is_withdrawn, version = excluded.version,
  received_at = excluded.received_at
