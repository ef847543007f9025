SELECT convert_to(
  '{"project":' || coalesce(l8.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l8.c_Agency, 0), coalesce(l8.c_Assignment, 0), coalesce(l8.c_Project, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"assignments":' || l7.j || '}' AS j, l7.c_Agency AS c_Agency, l7.c_Assignment AS c_Assignment, 1 AS c_Project
  FROM (
    SELECT t1.id
    FROM project AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  CROSS JOIN LATERAL (
    SELECT '[' || coalesce(x.v1, '') || ']' AS j, x.c_Agency AS c_Agency, x.c_Assignment AS c_Assignment
    FROM (
      SELECT string_agg(
        '{"role":' || ('"' || upper(translate(p3.role::text, '- ', '__')) || '"') ||
        ',"agency":' || coalesce(l5.j, 'null') || '}', ',' ORDER BY p3.__n) AS v1, coalesce(sum(coalesce(l5.c_Agency, 0)), 0)::int AS c_Agency, coalesce(sum(1), 0)::int AS c_Assignment
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t6.role, t6.agency_id
          FROM assignment AS t6
          WHERE ((t6.project_id = p2.id OR t6.national_project_id = p2.id) AND ((t6.superseded_at IS NULL OR hub_newest_assignment(t6.code, t6.revision, NULL)) AND NOT t6.is_withdrawn))
          ORDER BY t6.role DESC NULLS FIRST, t6.code DESC NULLS FIRST, t6.revision DESC NULLS FIRST
          LIMIT 1000
        ) AS q
      ) AS p3
      LEFT JOIN LATERAL (
        SELECT
          '{"code":' || to_json(t4.code)::text || '}' AS j, 1 AS c_Agency
        FROM agency AS t4
        WHERE t4.id = p3.agency_id
        LIMIT 1
      ) AS l5 ON true
    ) AS x
  ) AS l7
  WHERE true
  LIMIT 1
) AS l8 ON true
