SELECT convert_to(
  '{"__typename":' || '"Query"' ||
  ',"agencies":' || l12.j || '}', 'UTF8') AS data, ARRAY[l12.c_Agency, l12.c_Assignment]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  WITH m2 AS MATERIALIZED (
    SELECT t11.level
    FROM agency AS t11
    WHERE true
  ) SELECT
    '{"__typename":' || '"AgencyConnection"' ||
    ',"nodes":' || '[' || coalesce(x.v1, '') || ']' ||
    ',"edges":' || '[' || coalesce(x.v2, '') || ']' ||
    ',"pageInfo":' ||
    '{"__typename":' || '"PageInfo"' || '}' ||
    ',"aggregate":' || l7.j ||
    ',"groups":' || '[' || coalesce(l9.j, '') || ']' || '}' AS j, x.c_Assignment AS c_Assignment, x.c_Agency AS c_Agency
  FROM (
    SELECT string_agg(
      '{"__typename":' || '"Agency"' ||
      ',"assignments":' || l5.j || '}', ',' ORDER BY p1.__n) AS v1, string_agg(
      '{"__typename":' || '"AgencyEdge"' ||
      ',"node":' ||
      '{"__typename":' || '"Agency"' || '}' || '}', ',' ORDER BY p1.__n) AS v2, coalesce(sum(l5.c_Assignment), 0)::int AS c_Assignment, coalesce(sum(1), 0)::int AS c_Agency
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t10.id
        FROM agency AS t10
        WHERE true
        ORDER BY t10.code ASC NULLS LAST
        LIMIT 1
      ) AS q
    ) AS p1
    CROSS JOIN LATERAL (
      SELECT '[' || coalesce(x.v1, '') || ']' AS j, x.c_Assignment AS c_Assignment
      FROM (
        SELECT string_agg(
          '{"__typename":' || '"Assignment"' || '}', ',' ORDER BY p3.__n) AS v1, coalesce(sum(1), 0)::int AS c_Assignment
        FROM (
          SELECT q.*, row_number() OVER () AS __n
          FROM (
            SELECT 1
            FROM assignment AS t4
            WHERE (t4.agency_id = p1.id AND ((t4.superseded_at IS NULL OR hub_newest_assignment(t4.code, t4.revision, NULL)) AND NOT t4.is_withdrawn))
            ORDER BY t4.code ASC NULLS LAST, t4.revision ASC NULLS LAST
            LIMIT 1000
          ) AS q
        ) AS p3
      ) AS x
    ) AS l5
  ) AS x
  CROSS JOIN LATERAL (
    SELECT
      '{"__typename":' || '"AgencyAggregate"' ||
      ',"count":' || s.v1::text || '}' AS j
    FROM (
      SELECT count(*) AS v1
      FROM m2 AS t6
      GROUP BY ()
    ) AS s
  ) AS l7
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"__typename":' || '"AgencyGroup"' ||
      ',"aggregate":' ||
      '{"__typename":' || '"AgencyAggregate"' || '}' || '}', ',' ORDER BY s.n) AS j
    FROM (
      SELECT s.*, row_number() OVER (ORDER BY s.k0 ASC NULLS LAST) AS n
      FROM (
        SELECT t8.level AS k0
        FROM m2 AS t8
        GROUP BY t8.level
      ) AS s
      ORDER BY s.k0 ASC NULLS LAST
      LIMIT 1
    ) AS s
  ) AS l9
) AS l12
