SELECT convert_to(
  '{"programme":' || coalesce(l10.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l10.c_Programme, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"indicators":' || l9.j || '}' AS j, 1 AS c_Programme
  FROM (
    SELECT t1.id
    FROM programme AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  CROSS JOIN LATERAL (
    WITH m4 AS MATERIALIZED (
      SELECT count(*) AS v1, t5.unit AS k0
      FROM indicator AS t5
      WHERE t5.programme_id = p2.id
      GROUP BY t5.unit
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
        '{"count":' || s.v1::text || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST) AS j
      FROM (
        SELECT s.*, s.k0 AS n0
        FROM m4 AS s
        ORDER BY s.k0 ASC NULLS LAST
        LIMIT 1000
      ) AS s
    ) AS l6
    CROSS JOIN LATERAL (
      SELECT
        '{"count":' || s.v1::text ||
        ',"__typename":' || '"IndicatorAggregate"' || '}' AS j
      FROM (
        SELECT coalesce(sum(t7.v1), 0) AS v1
        FROM m4 AS t7
        GROUP BY ()
      ) AS s
    ) AS l8
  ) AS l9
  WHERE true
  LIMIT 1
) AS l10 ON true
