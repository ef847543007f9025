SELECT convert_to(
  '{"programme":' || coalesce(l10.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l10.c_Indicator, 0), coalesce(l10.c_Programme, 0), coalesce(l10.c_Project, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"projects":' || l9.j || '}' AS j, l9.c_Indicator AS c_Indicator, l9.c_Project AS c_Project, 1 AS c_Programme
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
        ',"indicators":' || l7.j || '}', ',' ORDER BY p3.__n) AS v1, string_agg(
        '{"node":' ||
        '{"number":' || coalesce(to_json(p3.number)::text, 'null') || '}' || '}', ',' ORDER BY p3.__n) AS v2, coalesce(sum(l7.c_Indicator), 0)::int AS c_Indicator, coalesce(sum(1), 0)::int AS c_Project
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t8.code, t8.id, t8.number
          FROM project AS t8
          WHERE t8.programme_id = p2.id
          ORDER BY t8.code ASC NULLS LAST
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
              SELECT DISTINCT ON (u.__k0) u.*
              FROM ((
                SELECT t5.code, t5.code AS __k0
                FROM indicator AS t5
                WHERE t5.project_id = p3.id
                ORDER BY t5.code DESC NULLS FIRST
                LIMIT 2
              ) UNION ALL (
                SELECT t6.code, t6.code AS __k0
                FROM indicator AS t6
                WHERE t6.national_project_id = p3.id
                ORDER BY t6.code DESC NULLS FIRST
                LIMIT 2
              )) AS u
              ORDER BY u.__k0 DESC NULLS FIRST
              LIMIT 2
            ) AS q
          ) AS p4
        ) AS x
      ) AS l7
    ) AS x
  ) AS l9
  WHERE true
  LIMIT 1
) AS l10 ON true
