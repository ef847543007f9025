SELECT convert_to(
  '{"project":' || coalesce(l7.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l7.c_Agency, 0), coalesce(l7.c_Project, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p2.code)::text ||
    ',"lead":' || coalesce(l4.j, 'null') ||
    ',"parent":' || coalesce(l6.j, 'null') || '}' AS j, coalesce(l4.c_Agency, 0) AS c_Agency, coalesce(l6.c_Project, 0) + 1 AS c_Project
  FROM (
    SELECT t1.code, t1.lead_agency_id, t1.parent_id
    FROM project AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  LEFT JOIN LATERAL (
    SELECT
      '{"code":' || to_json(t3.code)::text ||
      ',"name":' || coalesce(to_json(t3.name_en)::text, 'null') || '}' AS j, 1 AS c_Agency
    FROM agency AS t3
    WHERE t3.id = p2.lead_agency_id
    LIMIT 1
  ) AS l4 ON true
  LEFT JOIN LATERAL (
    SELECT
      '{"code":' || to_json(t5.code)::text || '}' AS j, 1 AS c_Project
    FROM project AS t5
    WHERE t5.id = p2.parent_id
    LIMIT 1
  ) AS l6 ON true
  WHERE true
  LIMIT 1
) AS l7 ON true
