SELECT convert_to(
  '{"areas":' || l3.j || '}', 'UTF8') AS data, ARRAY[l3.c_Area]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Area AS c_Area
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text ||
      ',"name":' || to_json(p1.name)::text ||
      ',"areaKm2":' || coalesce(p1.area_km2::text, 'null') || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(1), 0)::int AS c_Area
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t2.code, t2.name, t2.area_km2
        FROM area AS t2
        WHERE (t2.code IS DISTINCT FROM $1::text AND t2.code = ANY ($2::text[]) AND NOT coalesce(t2.code = ANY ($3::text[]), false) AND t2.code < $4::text AND t2.code <= $5::text AND t2.code > $6::text AND t2.code >= $7::text AND t2.valid_to IS NULL AND t2.level = $8::text AND strpos(t2.name, $9::text) > 0 AND starts_with(t2.name, $10::text) AND t2.area_km2 > $11::numeric AND t2.latitude IS NOT NULL)
        ORDER BY t2.code ASC NULLS LAST, t2.valid_from ASC NULLS LAST
        LIMIT 2
      ) AS q
    ) AS p1
  ) AS x
) AS l3
