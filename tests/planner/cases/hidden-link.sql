SELECT convert_to(
  '{"indicator":' || coalesce(l8.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l8.c_Indicator, 0), coalesce(l8.c_Project, 0), coalesce(l8.c_Target, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p2.code)::text ||
    ',"project":' || coalesce(l4.j, 'null') ||
    ',"observations":' || l7.j || '}' AS j, coalesce(l4.c_Project, 0) AS c_Project, l7.c_Target AS c_Target, 1 AS c_Indicator
  FROM (
    SELECT t1.code, t1.project_id, t1.id
    FROM indicator AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  LEFT JOIN LATERAL (
    SELECT
      '{"code":' || to_json(t3.code)::text || '}' AS j, 1 AS c_Project
    FROM project AS t3
    WHERE t3.id = p2.project_id
    LIMIT 1
  ) AS l4 ON true
  CROSS JOIN LATERAL (
    SELECT
      '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Target AS c_Target
    FROM (
      SELECT string_agg(
        '{"year":' || coalesce(p5.year::text, 'null') || '}', ',' ORDER BY p5.__n) AS v1, coalesce(sum(1), 0)::int AS c_Target
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t6.year
          FROM target AS t6
          WHERE (t6.indicator_id = p2.id AND ((t6.superseded_at IS NULL OR hub_newest_target(t6.code, t6.revision, NULL)) AND NOT t6.is_withdrawn))
          ORDER BY t6.year ASC NULLS LAST, t6.code ASC NULLS LAST, t6.revision ASC NULLS LAST
          LIMIT 1
        ) AS q
      ) AS p5
    ) AS x
  ) AS l7
  WHERE true
  LIMIT 1
) AS l8 ON true
