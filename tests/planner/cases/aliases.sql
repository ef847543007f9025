SELECT convert_to(
  '{"programme":' || coalesce(l12.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l12.c_Programme, 0), coalesce(l12.c_Project, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"vi":' || coalesce(to_json(p2.name_vi)::text, 'null') ||
    ',"en":' || coalesce(to_json(p2.name_en)::text, 'null') ||
    ',"first":' || l5.j ||
    ',"last":' || l8.j ||
    ',"named":' || l11.j || '}' AS j, l5.c_Project + l8.c_Project + l11.c_Project AS c_Project, 1 AS c_Programme
  FROM (
    SELECT t1.name_vi, t1.name_en, t1.id
    FROM programme AS t1
    WHERE t1.code = $2::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  CROSS JOIN LATERAL (
    SELECT
      '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Project AS c_Project
    FROM (
      SELECT string_agg(
        '{"code":' || to_json(p3.code)::text || '}', ',' ORDER BY p3.__n) AS v1, coalesce(sum(1), 0)::int AS c_Project
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t4.code
          FROM project AS t4
          WHERE t4.programme_id = p2.id
          ORDER BY t4.code ASC NULLS LAST
          LIMIT 1
        ) AS q
      ) AS p3
    ) AS x
  ) AS l5
  CROSS JOIN LATERAL (
    SELECT
      '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Project AS c_Project
    FROM (
      SELECT string_agg(
        '{"code":' || to_json(p6.code)::text || '}', ',' ORDER BY p6.__n DESC) AS v1, coalesce(sum(1), 0)::int AS c_Project
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t7.code
          FROM project AS t7
          WHERE t7.programme_id = p2.id
          ORDER BY t7.code DESC NULLS FIRST
          LIMIT 1
        ) AS q
      ) AS p6
    ) AS x
  ) AS l8
  CROSS JOIN LATERAL (
    SELECT
      '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Project AS c_Project
    FROM (
      SELECT string_agg(
        '{"code":' || to_json(p9.code)::text || '}', ',' ORDER BY p9.__n) AS v1, coalesce(sum(1), 0)::int AS c_Project
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t10.code
          FROM project AS t10
          WHERE (t10.programme_id = p2.id AND t10.number = $1::text)
          ORDER BY t10.code ASC NULLS LAST
          LIMIT 1
        ) AS q
      ) AS p9
    ) AS x
  ) AS l11
  WHERE true
  LIMIT 1
) AS l12 ON true
