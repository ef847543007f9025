-- $1 is the source.
INSERT INTO figure_version AS v (source_id, origin_id, version)
SELECT $1, j.origin_id, j.version FROM judged j
WHERE j.version IS NOT NULL AND j.fate IN ('new', 'revised', 'withdrawn', 'unchanged')
  AND (j.current_id IS NOT NULL OR j.fate <> 'unchanged')
  AND j.version > coalesce(j.known_version, -1)
ON CONFLICT (source_id, origin_id) DO UPDATE SET version = excluded.version
WHERE v.version < excluded.version
