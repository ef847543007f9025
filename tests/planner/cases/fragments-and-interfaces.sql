SELECT convert_to(
  '{"programme":' || coalesce(l5.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l5.c_Agency, 0), coalesce(l5.c_Programme, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p2.code)::text ||
    ',"name":' || coalesce(to_json(p2.name_vi)::text, 'null') ||
    ',"sourceSection":' || coalesce(to_json(p2.source_section)::text, 'null') ||
    ',"inferred":' || p2.inferred::text ||
    ',"key":' || ('"' || translate(encode(convert_to('Programme:' || p2.code::text, 'UTF8'), 'base64'), E'\n', '') || '"') ||
    ',"standingAgency":' || coalesce(l4.j, 'null') || '}' AS j, coalesce(l4.c_Agency, 0) AS c_Agency, 1 AS c_Programme
  FROM (
    SELECT t1.code, t1.name_vi, t1.source_section, t1.inferred, t1.standing_agency_id
    FROM programme AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  LEFT JOIN LATERAL (
    SELECT
      '{"code":' || to_json(t3.code)::text ||
      ',"level":' || ('"' || upper(translate(t3.level::text, '- ', '__')) || '"') || '}' AS j, 1 AS c_Agency
    FROM agency AS t3
    WHERE t3.id = p2.standing_agency_id
    LIMIT 1
  ) AS l4 ON true
  WHERE true
  LIMIT 1
) AS l5 ON true
