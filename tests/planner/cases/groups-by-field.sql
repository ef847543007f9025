SELECT convert_to(
  '{"targets":' || l4.j || '}', 'UTF8') AS data, ARRAY[]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"groups":' || '[' || coalesce(l3.j, '') || ']' || '}' AS j
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"year":' || coalesce(s.k0::text, 'null') ||
      ',"aggregate":' ||
      '{"count":' || s.v1::text ||
      ',"min":' ||
      '{"value":' || coalesce(s.v2::text, 'null') || '}' || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST) AS j
    FROM (
      SELECT s.*, s.k0 AS n0
      FROM (
        SELECT count(*) AS v1, min(t2.value) AS v2, t2.year AS k0
        FROM target AS t2
        WHERE ((t2.superseded_at IS NULL OR hub_newest_target(t2.code, t2.revision, NULL)) AND NOT t2.is_withdrawn)
        GROUP BY t2.year
      ) AS s
      ORDER BY s.k0 ASC NULLS LAST
      LIMIT 3
    ) AS s
  ) AS l3
) AS l4
