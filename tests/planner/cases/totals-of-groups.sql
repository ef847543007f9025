SELECT convert_to(
  '{"observations":' || l11.j || '}', 'UTF8') AS data, ARRAY[l11.c_Project]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  WITH m2 AS MATERIALIZED (
    SELECT count(*) AS v1, sum(t3.value) AS v2, bool_and(i.aggregation = 'sum') AS v3, sum(t3.numerator) AS v4, sum(t3.denominator) AS v5, count(t3.value) AS v6, count(t3.denominator) AS v7, min(t3.value) AS v8, min(t3.recorded_at) AS v9, max(t3.value) AS v10, sum(t3.numerator) FILTER (WHERE i.aggregation = 'ratio_of_sums' AND t3.numerator IS NOT NULL AND t3.denominator IS NOT NULL) AS v11, sum(t3.denominator) FILTER (WHERE i.aggregation = 'ratio_of_sums' AND t3.numerator IS NOT NULL AND t3.denominator IS NOT NULL) AS v12, g4.id AS k0, g4.code AS o1, t3.year AS k1
    FROM observation AS t3
    LEFT JOIN project AS g4 ON g4.id = t3.project_id
    LEFT JOIN indicator AS i ON i.id = t3.indicator_id
    WHERE (((t3.superseded_at IS NULL OR hub_newest_observation(t3.origin_id, t3.revision, NULL)) AND NOT t3.is_withdrawn) AND t3.year = ANY ($1::int[]))
    GROUP BY g4.id, g4.code, t3.year
  ) SELECT
    '{"totalCount":' || (
    SELECT coalesce(sum(t5.v1), 0)
    FROM m2 AS t5
  )::text ||
    ',"aggregate":' || l7.j ||
    ',"groups":' || '[' || coalesce(l10.j, '') || ']' || '}' AS j, l10.c_Project AS c_Project
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT
      '{"count":' || s.v1::text ||
      ',"sum":' ||
      '{"value":' || coalesce(s.v2::text, 'null') ||
      ',"numerator":' || coalesce(s.v3::text, 'null') ||
      ',"denominator":' || coalesce(s.v4::text, 'null') || '}' ||
      ',"avg":' ||
      '{"value":' || coalesce(s.v5::text, 'null') ||
      ',"denominator":' || coalesce(s.v6::text, 'null') || '}' ||
      ',"min":' ||
      '{"value":' || coalesce(s.v7::text, 'null') ||
      ',"recordedAt":' || coalesce(to_json(s.v8)::text, 'null') || '}' ||
      ',"max":' ||
      '{"value":' || coalesce(s.v9::text, 'null') || '}' ||
      ',"rate":' || coalesce(s.v10::text, 'null') || '}' AS j
    FROM (
      SELECT coalesce(sum(t6.v1), 0) AS v1, CASE WHEN bool_and(t6.v3) THEN sum(t6.v2) END AS v2, sum(t6.v4) AS v3, sum(t6.v5) AS v4, CASE WHEN bool_and(t6.v3) THEN sum(t6.v2) / nullif(coalesce(sum(t6.v6), 0), 0) END AS v5, sum(t6.v5) / nullif(coalesce(sum(t6.v7), 0), 0) AS v6, min(t6.v8) AS v7, min(t6.v9) AS v8, max(t6.v10) AS v9, round((sum(t6.v11))::numeric * 100 / nullif((sum(t6.v12))::numeric, 0), 4) AS v10
      FROM m2 AS t6
      GROUP BY ()
    ) AS s
  ) AS l7
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"project":' || coalesce(l9.j, 'null') ||
      ',"year":' || coalesce(s.k1::text, 'null') ||
      ',"aggregate":' ||
      '{"count":' || s.v1::text ||
      ',"sum":' ||
      '{"denominator":' || coalesce(s.v5::text, 'null') || '}' || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST, s.n1 ASC NULLS LAST) AS j, coalesce(sum(coalesce(l9.c_Project, 0)), 0)::int AS c_Project
    FROM (
      SELECT s.*, s.o1 AS n0, s.k1 AS n1
      FROM m2 AS s
      ORDER BY s.o1 ASC NULLS LAST, s.k1 ASC NULLS LAST
      LIMIT 2
    ) AS s
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t8.code)::text || '}' AS j, 1 AS c_Project
      FROM project AS t8
      WHERE t8.id = s.k0
      LIMIT 1
    ) AS l9 ON true
  ) AS l10
) AS l11
