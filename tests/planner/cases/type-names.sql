SELECT convert_to(
  '{"__typename":' || '"Query"' ||
  ',"agencies":' || l10.j || '}', 'UTF8') AS data, ARRAY[l10.c_Agency, l10.c_Assignment]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"__typename":' || '"AgencyConnection"' ||
    ',"nodes":' || '[' || coalesce(x.v1, '') || ']' ||
    ',"edges":' || '[' || coalesce(x.v2, '') || ']' ||
    ',"pageInfo":' ||
    '{"__typename":' || '"PageInfo"' || '}' ||
    ',"aggregate":' || l6.j ||
    ',"groups":' || '[' || coalesce(l8.j, '') || ']' || '}' AS j, x.c_Assignment AS c_Assignment, x.c_Agency AS c_Agency
  FROM (
    SELECT string_agg(
      '{"__typename":' || '"Agency"' ||
      ',"assignments":' || l4.j || '}', ',' ORDER BY p1.__n) AS v1, string_agg(
      '{"__typename":' || '"AgencyEdge"' ||
      ',"node":' ||
      '{"__typename":' || '"Agency"' || '}' || '}', ',' ORDER BY p1.__n) AS v2, coalesce(sum(l4.c_Assignment), 0)::int AS c_Assignment, coalesce(sum(1), 0)::int AS c_Agency
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t9.id
        FROM agency AS t9
        WHERE true
        ORDER BY t9.code ASC NULLS LAST
        LIMIT 1
      ) AS q
    ) AS p1
    CROSS JOIN LATERAL (
      SELECT '[' || coalesce(x.v1, '') || ']' AS j, x.c_Assignment AS c_Assignment
      FROM (
        SELECT string_agg(
          '{"__typename":' || '"Assignment"' || '}', ',' ORDER BY p2.__n) AS v1, coalesce(sum(1), 0)::int AS c_Assignment
        FROM (
          SELECT q.*, row_number() OVER () AS __n
          FROM (
            SELECT 1
            FROM assignment AS t3
            WHERE (t3.agency_id = p1.id AND ((t3.superseded_at IS NULL OR hub_newest_assignment(t3.code, t3.revision, NULL)) AND NOT t3.is_withdrawn))
            ORDER BY t3.code ASC NULLS LAST, t3.revision ASC NULLS LAST
            LIMIT 1000
          ) AS q
        ) AS p2
      ) AS x
    ) AS l4
  ) AS x
  CROSS JOIN LATERAL (
    SELECT
      '{"__typename":' || '"AgencyAggregate"' ||
      ',"count":' || s.v1::text || '}' AS j
    FROM (
      SELECT count(*) AS v1
      FROM agency AS t5
      WHERE true
      GROUP BY ()
    ) AS s
  ) AS l6
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"__typename":' || '"AgencyGroup"' ||
      ',"aggregate":' ||
      '{"__typename":' || '"AgencyAggregate"' || '}' || '}', ',' ORDER BY s.n) AS j
    FROM (
      SELECT t7.level AS k0, row_number() OVER (ORDER BY t7.level ASC NULLS LAST) AS n
      FROM agency AS t7
      WHERE true
      GROUP BY t7.level, t7.level
      ORDER BY t7.level ASC NULLS LAST
      LIMIT 1
    ) AS s
  ) AS l8
) AS l10
