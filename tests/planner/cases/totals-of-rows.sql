SELECT convert_to(
  '{"observations":' || l13.j || '}', 'UTF8') AS data, ARRAY[]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  WITH m2 AS MATERIALIZED (
    SELECT t11.indicator_id, t11.area_id, t11.period_id, t11.value, t11.year
    FROM observation AS t11
    WHERE (((t11.superseded_at IS NULL OR hub_newest_observation(t11.origin_id, t11.revision, NULL)) AND NOT t11.is_withdrawn) AND EXISTS (
      SELECT 1
      FROM indicator AS w12
      WHERE (w12.id = t11.indicator_id AND w12.aggregation = $1::text)
    ))
  ) SELECT
    '{"totalCount":' || (
    SELECT count(*)
    FROM m2 AS t3
  )::text ||
    ',"aggregate":' || l8.j ||
    ',"groups":' || '[' || coalesce(l10.j, '') || ']' || '}' AS j
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT
      '{"count":' || s.v1::text ||
      ',"reporting":' ||
      '{"reported":' || s.v2::text ||
      ',"expected":' || s.v3::text || '}' || '}' AS j
    FROM (
      SELECT count(*) AS v1, count(DISTINCT (t4.indicator_id, t4.area_id, t4.period_id)) FILTER (WHERE t4.value IS NOT NULL) AS v2, (
        SELECT count(DISTINCT t5.indicator_id)
        FROM m2 AS t5
      ) * (
        SELECT count(DISTINCT t6.area_id)
        FROM m2 AS t6
      ) * (
        SELECT count(DISTINCT t7.period_id)
        FROM m2 AS t7
      ) AS v3
      FROM m2 AS t4
      GROUP BY ()
    ) AS s
  ) AS l8
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"year":' || coalesce(s.k0::text, 'null') ||
      ',"aggregate":' ||
      '{"count":' || s.v1::text || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST) AS j
    FROM (
      SELECT s.*, s.k0 AS n0
      FROM (
        SELECT count(*) AS v1, t9.year AS k0
        FROM m2 AS t9
        GROUP BY t9.year
      ) AS s
      ORDER BY s.k0 ASC NULLS LAST
      LIMIT 1000
    ) AS s
  ) AS l10
) AS l13
