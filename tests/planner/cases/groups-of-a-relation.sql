SELECT convert_to(
  '{"programme":' || coalesce(l11.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l11.c_Programme, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"indicators":' || l10.j || '}' AS j, 1 AS c_Programme
  FROM (
    SELECT t1.id
    FROM programme AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  CROSS JOIN LATERAL (
    WITH m4 AS MATERIALIZED (
      SELECT t9.unit
      FROM indicator AS t9
      WHERE t9.programme_id = p2.id
    ) SELECT
      '{"groups":' || '[' || coalesce(l6.j, '') || ']' ||
      ',"aggregate":' || l8.j || '}' AS j
    FROM (
      SELECT 1
    ) AS x
    CROSS JOIN LATERAL (
      SELECT string_agg(
        '{"unit":' || coalesce(('"' || upper(translate(s.k0::text, '- ', '__')) || '"'), 'null') ||
        ',"aggregate":' ||
        '{"count":' || s.v1::text || '}' || '}', ',' ORDER BY s.n) AS j
      FROM (
        SELECT s.*, row_number() OVER (ORDER BY s.k0 ASC NULLS LAST) AS n
        FROM (
          SELECT count(*) AS v1, t5.unit AS k0
          FROM m4 AS t5
          GROUP BY t5.unit
        ) AS s
        ORDER BY s.k0 ASC NULLS LAST
        LIMIT 1000
      ) AS s
    ) AS l6
    CROSS JOIN LATERAL (
      SELECT
        '{"count":' || s.v1::text ||
        ',"__typename":' || '"IndicatorAggregate"' || '}' AS j
      FROM (
        SELECT count(*) AS v1
        FROM m4 AS t7
        GROUP BY ()
      ) AS s
    ) AS l8
  ) AS l10
  WHERE true
  LIMIT 1
) AS l11 ON true
