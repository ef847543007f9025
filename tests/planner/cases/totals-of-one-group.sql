SELECT convert_to(
  '{"observations":' || l10.j || '}', 'UTF8') AS data, ARRAY[]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  WITH m2 AS MATERIALIZED (
    SELECT sum(t3.value) AS v1, bool_and(i.aggregation = 'sum') AS v2, count(t3.value) AS v3, count(*) AS v4, CASE WHEN bool_and(i.aggregation = 'sum') THEN avg(t3.value) END AS v5
    FROM observation AS t3
    LEFT JOIN indicator AS i ON i.id = t3.indicator_id
    WHERE (((t3.superseded_at IS NULL OR hub_newest_observation(t3.origin_id, t3.revision, NULL)) AND NOT t3.is_withdrawn) AND EXISTS (
      SELECT 1
      FROM indicator AS w9
      WHERE (w9.id = t3.indicator_id AND w9.aggregation = $1::text)
    ))
    GROUP BY ()
  ) SELECT
    '{"all":' || l5.j ||
    ',"again":' || l7.j ||
    ',"groups":' || '[' || coalesce(l8.j, '') || ']' || '}' AS j
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT
      '{"sum":' ||
      '{"value":' || coalesce(s.v1::text, 'null') || '}' || '}' AS j
    FROM (
      SELECT CASE WHEN bool_and(t4.v2) THEN sum(t4.v1) END AS v1
      FROM m2 AS t4
      GROUP BY ()
    ) AS s
  ) AS l5
  CROSS JOIN LATERAL (
    SELECT
      '{"avg":' ||
      '{"value":' || coalesce(s.v1::text, 'null') || '}' ||
      ',"count":' || s.v2::text || '}' AS j
    FROM (
      SELECT CASE WHEN bool_and(t6.v2) THEN sum(t6.v1) / nullif(coalesce(sum(t6.v3), 0), 0) END AS v1, coalesce(sum(t6.v4), 0) AS v2
      FROM m2 AS t6
      GROUP BY ()
    ) AS s
  ) AS l7
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"aggregate":' ||
      '{"avg":' ||
      '{"value":' || coalesce(s.v5::text, 'null') || '}' || '}' || '}', ',') AS j
    FROM (
      SELECT s.*
      FROM m2 AS s
      LIMIT 0
    ) AS s
  ) AS l8
) AS l10
