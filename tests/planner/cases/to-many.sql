SELECT convert_to(
  '{"programme":' || coalesce(l9.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l9.c_Indicator, 0), coalesce(l9.c_Programme, 0), coalesce(l9.c_Project, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"projects":' || l8.j || '}' AS j, l8.c_Indicator AS c_Indicator, l8.c_Project AS c_Project, 1 AS c_Programme
  FROM (
    SELECT t1.id
    FROM programme AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  CROSS JOIN LATERAL (
    SELECT
      '{"nodes":' || '[' || coalesce(x.v1, '') || ']' ||
      ',"edges":' || '[' || coalesce(x.v2, '') || ']' || '}' AS j, x.c_Indicator AS c_Indicator, x.c_Project AS c_Project
    FROM (
      SELECT string_agg(
        '{"code":' || to_json(p3.code)::text ||
        ',"indicators":' || l6.j || '}', ',' ORDER BY p3.__n) AS v1, string_agg(
        '{"node":' ||
        '{"number":' || coalesce(to_json(p3.number)::text, 'null') || '}' || '}', ',' ORDER BY p3.__n) AS v2, coalesce(sum(l6.c_Indicator), 0)::int AS c_Indicator, coalesce(sum(1), 0)::int AS c_Project
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t7.code, t7.id, t7.number
          FROM project AS t7
          WHERE t7.programme_id = p2.id
          ORDER BY t7.code ASC NULLS LAST
          LIMIT 3
        ) AS q
      ) AS p3
      CROSS JOIN LATERAL (
        SELECT
          '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Indicator AS c_Indicator
        FROM (
          SELECT string_agg(
            '{"code":' || to_json(p4.code)::text || '}', ',' ORDER BY p4.__n) AS v1, coalesce(sum(1), 0)::int AS c_Indicator
          FROM (
            SELECT q.*, row_number() OVER () AS __n
            FROM (
              SELECT t5.code
              FROM indicator AS t5
              WHERE (t5.project_id = p3.id OR t5.national_project_id = p3.id)
              ORDER BY t5.code DESC NULLS FIRST
              LIMIT 2
            ) AS q
          ) AS p4
        ) AS x
      ) AS l6
    ) AS x
  ) AS l8
  WHERE true
) AS l9 ON true
