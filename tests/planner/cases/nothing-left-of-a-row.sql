SELECT convert_to(
  '{"agency":' || coalesce(l3.j, 'null') ||
  ',"missing":' || coalesce(l6.j, 'null') ||
  ',"agencies":' || l9.j || '}', 'UTF8') AS data, ARRAY[coalesce(l3.c_Agency, 0) + coalesce(l6.c_Agency, 0) + l9.c_Agency]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT '{}' AS j, 1 AS c_Agency
  FROM (
    SELECT 1
    FROM agency AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  WHERE true
  LIMIT 1
) AS l3 ON true
LEFT JOIN LATERAL (
  SELECT '{}' AS j, 1 AS c_Agency
  FROM (
    SELECT 1
    FROM agency AS t4
    WHERE t4.code = $2::text
    ORDER BY t4.code ASC NULLS LAST
    LIMIT 1
  ) AS p5
  WHERE true
  LIMIT 1
) AS l6 ON true
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Agency AS c_Agency
  FROM (
    SELECT string_agg('{}', ',' ORDER BY p7.__n) AS v1, coalesce(sum(1), 0)::int AS c_Agency
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT 1
        FROM agency AS t8
        WHERE true
        ORDER BY t8.code ASC NULLS LAST
        LIMIT 2
      ) AS q
    ) AS p7
  ) AS x
) AS l9
