-- $1 are the codes of rows that wait for a decision.
SELECT
  c.received,
  count(*) FILTER (WHERE j.fate = 'new') AS new,
  count(*) FILTER (WHERE j.fate = 'revised') AS revised,
  c.unchanged + count(*) FILTER (WHERE j.fate = 'unchanged') AS unchanged,
  count(*) FILTER (WHERE j.fate = 'withdrawn') AS withdrawn,
  c.held + count(*) FILTER (WHERE j.fate = 'held') AS held,
  c.rejected + count(*) FILTER (WHERE j.fate = 'rejected') AS rejected,
  count(*) FILTER (WHERE j.fate IN ('new', 'revised') AND j.warnings <> '{}') AS warned,
  count(j.version) AS versioned
FROM (
  SELECT
    count(*) AS received,
    count(*) FILTER (WHERE trouble IS NULL AND fate = 'unchanged') AS unchanged,
    count(*) FILTER (WHERE trouble = ANY ($1::text[])) AS held,
    count(*) FILTER (WHERE trouble <> ALL ($1::text[])) AS rejected
  FROM checked
) c LEFT JOIN judged j ON true
GROUP BY c.received, c.unchanged, c.held, c.rejected
