-- Notes what the rows say that would wait, and takes them for unchanged where the same waits already.
-- $1 is the source, $2 the codes of rows that wait for a decision.
WITH held AS (
  UPDATE arrived a SET content = jsonb_strip_nulls(jsonb_build_object(
    'indicator', nullif(a.indicator, ''), 'area', nullif(a.area, ''),
    'period', nullif(a.period, ''), 'facility', nullif(a.facility, ''),
    'disaggregation', nullif(a.disaggregation, ''), 'numerator', nullif(a.numerator, ''),
    'denominator', nullif(a.denominator, ''), 'value', nullif(a.value, ''),
    'version', nullif(a.version, ''), 'withdrawn', nullif(a.withdrawn, ''),
    'predecessor', a.predecessor_id))
  WHERE a.n IN (SELECT c.n FROM checked c WHERE c.trouble = ANY ($2::text[]))
    OR a.n IN (SELECT j.n FROM judged j WHERE j.fate = 'held')
  RETURNING a.n, a.content
), again AS MATERIALIZED (
  SELECT h.n FROM held h WHERE h.content IN (
    SELECT r.content FROM batch_row r JOIN batch b ON b.id = r.batch_id
    WHERE b.source_id = $1 AND r.outcome = 'held' AND r.decision IS NULL)
), unread AS (
  UPDATE checked c SET trouble = NULL, fate = 'unchanged'
  FROM again WHERE again.n = c.n AND c.trouble IS NOT NULL
)
UPDATE judged j SET trouble = NULL, fate = 'unchanged' FROM again WHERE again.n = j.n
