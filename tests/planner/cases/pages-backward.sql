SELECT convert_to(
  '{"indicators":' || l4.j || '}', 'UTF8') AS data, ARRAY[l4.c_Indicator]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"edges":' || '[' || coalesce(x.v1, '') || ']' ||
    ',"pageInfo":' ||
    '{"hasNextPage":' || (EXISTS (
    SELECT 1
    FROM indicator AS t2
    WHERE NOT coalesce(t2.code < $2::text, false)
  ))::text ||
    ',"hasPreviousPage":' || coalesce(x.v2, false)::text ||
    ',"startCursor":' || coalesce(('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || x.v3)) FROM 1 FOR 12) || x.v3, 'base64'), '='), E'+/\n', '-_') || '"'), 'null') ||
    ',"endCursor":' || coalesce(('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || x.v4)) FROM 1 FOR 12) || x.v4, 'base64'), '='), E'+/\n', '-_') || '"'), 'null') || '}' || '}' AS j, x.c_Indicator AS c_Indicator
  FROM (
    SELECT string_agg(
      '{"cursor":' || ('"' || translate(rtrim(encode(substring(sha256($1::bytea || sha256($1::bytea || convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'))) FROM 1 FOR 12) || convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'), 'base64'), '='), E'+/\n', '-_') || '"') ||
      ',"node":' ||
      '{"code":' || to_json(p1.code)::text || '}' || '}', ',' ORDER BY p1.__n DESC) AS v1, bool_or(p1.__more) AS v2, string_agg(convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'), ''::bytea) FILTER (WHERE p1.__end) AS v3, string_agg(convert_to(json_build_array(p1.__k0::text)::text, 'UTF8'), ''::bytea) FILTER (WHERE p1.__n = 1) AS v4, coalesce(sum(1), 0)::int AS c_Indicator
    FROM (
      SELECT q.*, row_number() OVER () AS __n, count(*) OVER () > 2 AS __more, row_number() OVER () = least(count(*) OVER (), 2) AS __end
      FROM (
        SELECT t3.code, t3.code AS __k0
        FROM indicator AS t3
        WHERE t3.code < $2::text
        ORDER BY t3.code DESC NULLS FIRST
        LIMIT 3
      ) AS q
    ) AS p1
    WHERE p1.__n <= 2
  ) AS x
) AS l4
