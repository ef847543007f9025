SELECT convert_to(
  '{"__typename":' || '"Query"' ||
  ',"agencies":' || l11.j || '}', 'UTF8') AS data, ARRAY[l11.c_Agency, l11.c_Assignment]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  WITH m2 AS MATERIALIZED (
    SELECT count(*) AS v1, t3.level AS k0
    FROM agency AS t3
    WHERE true
    GROUP BY t3.level
  ) SELECT
    '{"__typename":' || '"AgencyConnection"' ||
    ',"nodes":' || '[' || coalesce(x.v1, '') || ']' ||
    ',"edges":' || '[' || coalesce(x.v2, '') || ']' ||
    ',"pageInfo":' ||
    '{"__typename":' || '"PageInfo"' || '}' ||
    ',"aggregate":' || l8.j ||
    ',"groups":' || '[' || coalesce(l9.j, '') || ']' || '}' AS j, x.c_Assignment AS c_Assignment, x.c_Agency AS c_Agency
  FROM (
    SELECT string_agg(
      '{"__typename":' || '"Agency"' ||
      ',"assignments":' || l6.j || '}', ',' ORDER BY p1.__n) AS v1, string_agg(
      '{"__typename":' || '"AgencyEdge"' ||
      ',"node":' ||
      '{"__typename":' || '"Agency"' || '}' || '}', ',' ORDER BY p1.__n) AS v2, coalesce(sum(l6.c_Assignment), 0)::int AS c_Assignment, coalesce(sum(1), 0)::int AS c_Agency
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
          '{"__typename":' || '"Assignment"' || '}', ',' ORDER BY p4.__n) AS v1, coalesce(sum(1), 0)::int AS c_Assignment
        FROM (
          SELECT q.*, row_number() OVER () AS __n
          FROM (
            SELECT 1
            FROM assignment AS t5
            WHERE (t5.agency_id = p1.id AND ((t5.superseded_at IS NULL OR hub_newest_assignment(t5.code, t5.revision, NULL)) AND NOT t5.is_withdrawn))
            ORDER BY t5.code ASC NULLS LAST, t5.revision ASC NULLS LAST
            LIMIT 1000
          ) AS q
        ) AS p4
      ) AS x
    ) AS l6
  ) AS x
  CROSS JOIN LATERAL (
    SELECT
      '{"__typename":' || '"AgencyAggregate"' ||
      ',"count":' || s.v1::text || '}' AS j
    FROM (
      SELECT coalesce(sum(t7.v1), 0) AS v1
      FROM m2 AS t7
      GROUP BY ()
    ) AS s
  ) AS l8
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"__typename":' || '"AgencyGroup"' ||
      ',"aggregate":' ||
      '{"__typename":' || '"AgencyAggregate"' || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST) AS j
    FROM (
      SELECT s.*, s.k0 AS n0
      FROM m2 AS s
      ORDER BY s.k0 ASC NULLS LAST
      LIMIT 1
    ) AS s
  ) AS l9
) AS l11
