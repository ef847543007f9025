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
      '{"cursor":' || ('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || p1.__position)) FROM 1 FOR 12) || p1.__position, 'base64'), '='), E'+/\n', '-_') || '"') || '}', ',' ORDER BY p1.__n) AS v2, (array_agg(p1.__position ORDER BY p1.__n))[1] AS v3, (array_agg(p1.__position ORDER BY p1.__n DESC))[1] AS v4, coalesce(sum(1), 0)::int AS c_Agency
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t4.code, convert_to(json_build_array(t4.code::text)::text, 'UTF8') AS __position
        FROM agency AS t4
        WHERE true
        ORDER BY t4.code ASC NULLS LAST
        LIMIT 0
      ) AS q
    ) AS p1
  ) AS x
) AS l5
