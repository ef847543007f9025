SELECT convert_to(
  '{"agencies":' || l5.j || '}', 'UTF8') AS data, ARRAY[l5.c_Agency]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"totalCount":' || (
    SELECT count(*)
    FROM agency AS t2
    WHERE true
  )::text ||
    ',"nodes":' || '[' || coalesce(x.v1, '') || ']' ||
    ',"edges":' || '[' || coalesce(x.v2, '') || ']' ||
    ',"pageInfo":' ||
    '{"hasNextPage":' || (EXISTS (
    SELECT 1
    FROM agency AS t3
    WHERE true
  ))::text ||
    ',"hasPreviousPage":' || 'false' ||
    ',"startCursor":' || coalesce(('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || x.v3)) FROM 1 FOR 12) || x.v3, 'base64'), '='), E'+/\n', '-_') || '"'), 'null') ||
    ',"endCursor":' || coalesce(('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || x.v4)) FROM 1 FOR 12) || x.v4, 'base64'), '='), E'+/\n', '-_') || '"'), 'null') || '}' || '}' AS j, x.c_Agency AS c_Agency
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text || '}', ',' ORDER BY p1.__n) AS v1, string_agg(
      '{"cursor":' || ('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'))) FROM 1 FOR 12) || convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'), 'base64'), '='), E'+/\n', '-_') || '"') || '}', ',' ORDER BY p1.__n) AS v2, string_agg(convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'), ''::bytea) FILTER (WHERE p1.__n = 1) AS v3, string_agg(convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'), ''::bytea) FILTER (WHERE p1.__end) AS v4, coalesce(sum(1), 0)::int AS c_Agency
    FROM (
      SELECT q.*, row_number() OVER () AS __n, row_number() OVER () = count(*) OVER () AS __end
      FROM (
        SELECT t4.code, t4.code AS __k0
        FROM agency AS t4
        WHERE true
        ORDER BY t4.code ASC NULLS LAST
        LIMIT 0
      ) AS q
    ) AS p1
  ) AS x
) AS l5
