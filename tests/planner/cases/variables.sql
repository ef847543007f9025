SELECT convert_to(
  '{"agencies":' || l3.j || '}', 'UTF8') AS data, ARRAY[l3.c_Agency]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Agency AS c_Agency
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text ||
      ',"name":' || coalesce(to_json(p1.name_en)::text, 'null') || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(1), 0)::int AS c_Agency
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t2.code, t2.name_en
        FROM agency AS t2
        WHERE t2.level = $1::text
        ORDER BY t2.code ASC NULLS LAST
        LIMIT 2
      ) AS q
    ) AS p1
  ) AS x
) AS l3
