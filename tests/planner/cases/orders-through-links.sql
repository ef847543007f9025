SELECT convert_to(
  '{"projects":' || l6.j || '}', 'UTF8') AS data, ARRAY[l6.c_Agency, l6.c_Project]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"edges":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Agency AS c_Agency, x.c_Project AS c_Project
  FROM (
    SELECT string_agg(
      '{"cursor":' || ('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || convert_to(json_build_array(p1.__k0::text, p1.__k1::text)::text, 'UTF8'))) FROM 1 FOR 12) || convert_to(json_build_array(p1.__k0::text, p1.__k1::text)::text, 'UTF8'), 'base64'), '='), E'+/\n', '-_') || '"') ||
      ',"node":' ||
      '{"code":' || to_json(p1.code)::text ||
      ',"lead":' || coalesce(l3.j, 'null') || '}' || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(coalesce(l3.c_Agency, 0)), 0)::int AS c_Agency, coalesce(sum(1), 0)::int AS c_Project
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t4.code, t4.lead_agency_id, o5.code AS __k0, t4.code AS __k1
        FROM project AS t4
        LEFT JOIN agency AS o5 ON o5.id = t4.lead_agency_id
        WHERE true
        ORDER BY o5.code DESC NULLS FIRST, t4.code ASC NULLS LAST
        LIMIT 6
      ) AS q
    ) AS p1
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t2.code)::text || '}' AS j, 1 AS c_Agency
      FROM agency AS t2
      WHERE t2.id = p1.lead_agency_id
      LIMIT 1
    ) AS l3 ON true
  ) AS x
) AS l6
