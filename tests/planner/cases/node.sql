SELECT convert_to(
  '{"node":' || l3.j || '}', 'UTF8') AS data, ARRAY[l3.c_Agency]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT string_agg(coalesce(l2.j, 'null'), ',' ORDER BY a.n) AS j, coalesce(sum(coalesce(l2.c_Agency, 0)), 0)::int AS c_Agency
  FROM generate_series(1, $3::int) AS a (n)
  LEFT JOIN (
    SELECT u.n,
      '{"id":' || ('"' || translate(encode(convert_to('Agency:' || t1.code::text, 'UTF8'), 'base64'), E'\n', '') || '"') ||
      ',"code":' || to_json(t1.code)::text || '}' AS j, 1 AS c_Agency
    FROM unnest($1::text[], $2::int[]) AS u (k0, n)
    JOIN agency AS t1 ON t1.code = u.k0
    WHERE u.n IS NOT NULL
  ) AS l2 ON l2.n = a.n
) AS l3
