SELECT convert_to(
  '{"agency":' || coalesce(l5.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l5.c_Agency, 0), coalesce(l5.c_Area, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p2.code)::text ||
    ',"level":' || ('"' || upper(translate(p2.level::text, '- ', '__')) || '"') ||
    ',"area":' || coalesce(l4.j, 'null') || '}' AS j, coalesce(l4.c_Area, 0) AS c_Area, 1 AS c_Agency
  FROM (
    SELECT t1.code, t1.level, t1.area_id
    FROM agency AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  LEFT JOIN LATERAL (
    SELECT
      '{"code":' || to_json(t3.code)::text || '}' AS j, 1 AS c_Area
    FROM area AS t3
    WHERE t3.id = p2.area_id
    LIMIT 1
  ) AS l4 ON true
  WHERE true
  LIMIT 1
) AS l5 ON true
