SELECT convert_to(
  '{"programme":' || coalesce(l9.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l9.c_Programme, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"indicators":' || l8.j || '}' AS j, 1 AS c_Programme
  FROM (
    SELECT t1.id
    FROM programme AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  CROSS JOIN LATERAL (
    SELECT
      '{"groups":' || '[' || coalesce(l5.j, '') || ']' ||
      ',"aggregate":' || l7.j || '}' AS j
    FROM (
      SELECT 1
    ) AS x
    CROSS JOIN LATERAL (
      SELECT string_agg(
        '{"unit":' || coalesce(('"' || upper(translate(s.k0::text, '- ', '__')) || '"'), 'null') ||
        ',"aggregate":' ||
        '{"count":' || s.v1::text || '}' || '}', ',' ORDER BY s.n) AS j
      FROM (
        SELECT count(*) AS v1, t4.unit AS k0, row_number() OVER (ORDER BY t4.unit ASC NULLS LAST) AS n
        FROM indicator AS t4
        WHERE t4.programme_id = p2.id
        GROUP BY t4.unit, t4.unit
        ORDER BY t4.unit ASC NULLS LAST
        LIMIT 1000
      ) AS s
    ) AS l5
    CROSS JOIN LATERAL (
      SELECT
        '{"count":' || s.v1::text ||
        ',"__typename":' || '"IndicatorAggregate"' || '}' AS j
      FROM (
        SELECT count(*) AS v1
        FROM indicator AS t6
        WHERE t6.programme_id = p2.id
        GROUP BY ()
      ) AS s
    ) AS l7
  ) AS l8
  WHERE true
) AS l9 ON true
