SELECT convert_to(
  '{"project":' || coalesce(l7.j, 'null') || '}', 'UTF8') AS data, ARRAY[coalesce(l7.c_Observation, 0), coalesce(l7.c_Project, 0)]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"observations":' || l6.j || '}' AS j, l6.c_Observation AS c_Observation, 1 AS c_Project
  FROM (
    SELECT t1.id
    FROM project AS t1
    WHERE t1.code = $3::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  CROSS JOIN LATERAL (
    SELECT
      '{"totalCount":' || (
      SELECT count(*)
      FROM observation AS t4
      WHERE (t4.project_id = p2.id AND (t4.recorded_at <= $1::timestamptz AND (t4.superseded_at IS NULL OR hub_newest_observation(t4.origin_id, t4.revision, $1::timestamptz)) AND NOT t4.is_withdrawn))
    )::text ||
      ',"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Observation AS c_Observation
    FROM (
      SELECT string_agg(
        '{"value":' || coalesce(p3.value::text, 'null') ||
        ',"revision":' || p3.revision::text || '}', ',' ORDER BY p3.__n) AS v1, coalesce(sum(1), 0)::int AS c_Observation
      FROM (
        SELECT q.*, row_number() OVER () AS __n
        FROM (
          SELECT t5.value, t5.revision
          FROM observation AS t5
          WHERE (t5.project_id = p2.id AND (t5.recorded_at <= $2::timestamptz AND (t5.superseded_at IS NULL OR hub_newest_observation(t5.origin_id, t5.revision, $2::timestamptz)) AND NOT t5.is_withdrawn))
          ORDER BY t5.period_start DESC NULLS FIRST, t5.id DESC NULLS FIRST
          LIMIT 2
        ) AS q
      ) AS p3
    ) AS x
  ) AS l6
  WHERE true
  LIMIT 1
) AS l7 ON true
