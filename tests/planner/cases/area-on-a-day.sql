SELECT convert_to(
  '{"today":' || coalesce(l3.j, 'null') ||
  ',"before":' || coalesce(l6.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l3.c_Area, 0) + coalesce(l6.c_Area, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p2.code)::text ||
    ',"name":' || to_json(p2.name)::text ||
    ',"validFrom":' || coalesce(('"' || p2.valid_from::text || '"'), 'null') || '}' AS j, 1 AS c_Area
  FROM (
    SELECT t1.code, t1.name, t1.valid_from
    FROM area AS t1
    WHERE (t1.code = $1::text AND (t1.valid_from IS NULL OR t1.valid_from <= $2::date) AND (t1.valid_to IS NULL OR t1.valid_to >= $2::date))
    ORDER BY t1.code ASC NULLS LAST, t1.valid_from ASC NULLS LAST
    LIMIT 1
  ) AS p2
  WHERE true
  LIMIT 1
) AS l3 ON true
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p5.code)::text ||
    ',"name":' || to_json(p5.name)::text ||
    ',"validTo":' || coalesce(('"' || p5.valid_to::text || '"'), 'null') || '}' AS j, 1 AS c_Area
  FROM (
    SELECT t4.code, t4.name, t4.valid_to
    FROM area AS t4
    WHERE (t4.code = $3::text AND (t4.valid_from IS NULL OR t4.valid_from <= $4::date) AND (t4.valid_to IS NULL OR t4.valid_to >= $5::date))
    ORDER BY t4.code ASC NULLS LAST, t4.valid_from ASC NULLS LAST
    LIMIT 1
  ) AS p5
  WHERE true
  LIMIT 1
) AS l6 ON true
