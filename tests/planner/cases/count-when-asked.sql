SELECT convert_to(
  '{"areas":' || l4.j || '}', 'UTF8') AS data, ARRAY[l4.c_Area]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"totalCount":' || (
    SELECT count(*)
    FROM area AS t2
    WHERE true
  )::text ||
    ',"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Area AS c_Area
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(1), 0)::int AS c_Area
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t3.code
        FROM area AS t3
        WHERE true
        ORDER BY t3.code ASC NULLS LAST, t3.valid_from ASC NULLS LAST
        LIMIT 1
      ) AS q
    ) AS p1
  ) AS x
) AS l4
