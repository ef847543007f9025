-- $1 says whether what would be held is taken with a warning: somebody has accepted it.
UPDATE judged j SET
  warnings = f.rules,
  fate = CASE WHEN f.rejecting IS NOT NULL THEN 'rejected'
    WHEN f.holding IS NOT NULL AND NOT $1::boolean THEN 'held' ELSE j.fate END,
  trouble = CASE WHEN f.rejecting IS NOT NULL THEN 'QUALITY_' || upper(f.rejecting)
    WHEN f.holding IS NOT NULL AND NOT $1::boolean THEN 'QUALITY_' || upper(f.holding) END
FROM (
  SELECT n, array_agg(DISTINCT rule)::varchar[] AS rules,
    min(rule) FILTER (WHERE outcome = 'reject') AS rejecting,
    min(rule) FILTER (WHERE outcome = 'hold') AS holding
  FROM failed GROUP BY n
) f WHERE f.n = j.n
