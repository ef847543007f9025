SELECT convert_to(
  '{"areas":' || l3.j || '}', 'UTF8') AS data, ARRAY[l3.c_Area]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' ||
    ',"pageInfo":' ||
    '{"hasNextPage":' || coalesce(x.v2, false)::text || '}' || '}' AS j, x.c_Area AS c_Area
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text || '}', ',' ORDER BY p1.__n) AS v1, bool_or(p1.__more) AS v2, coalesce(sum(1), 0)::int AS c_Area
    FROM (
      SELECT q.*, row_number() OVER () AS __n, count(*) OVER () > 1 AS __more
      FROM (
        SELECT t2.code
        FROM area AS t2
        WHERE true
        ORDER BY t2.code ASC NULLS LAST, t2.valid_from ASC NULLS LAST
        LIMIT 2
      ) AS q
    ) AS p1
    WHERE p1.__n <= 1
  ) AS x
) AS l3
