SELECT convert_to(
  '{"indicators":' || l5.j || '}', 'UTF8') AS data, ARRAY[l5.c_Indicator]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Indicator AS c_Indicator
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text ||
      ',"name":' || coalesce(to_json(p1.name_vi)::text, 'null') || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(1), 0)::int AS c_Indicator
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t2.code, t2.name_vi
        FROM indicator AS t2
        WHERE (cardinality($1::text[]) = 0 OR t2.id IN (
          SELECT w4.row_id
          FROM unnest($1::text[]) AS u3 (word)
          JOIN search_word AS w4 ON w4.kind = 'indicator' AND w4.word >= u3.word AND w4.word < u3.word || '{'
          GROUP BY w4.row_id HAVING count(DISTINCT u3.word) = cardinality($1::text[])
        ))
        ORDER BY t2.code ASC NULLS LAST
        LIMIT 3
      ) AS q
    ) AS p1
  ) AS x
) AS l5
