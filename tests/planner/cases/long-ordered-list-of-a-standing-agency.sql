SELECT convert_to(
  '{"observations":' || l5.j || '}', 'UTF8') AS data, ARRAY[l5.c_Observation, l5.c_Period]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Period AS c_Period, x.c_Observation AS c_Observation
  FROM (
    SELECT string_agg(
      '{"value":' || coalesce(p1.value::text, 'null') ||
      ',"period":' || coalesce(l3.j, 'null') || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(coalesce(l3.c_Period, 0)), 0)::int AS c_Period, coalesce(sum(1), 0)::int AS c_Observation
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t4.value, t4.period_id
        FROM observation AS t4
        WHERE ((t4.superseded_at IS NULL OR hub_newest_observation(t4.origin_id, t4.revision, NULL)) AND NOT t4.is_withdrawn)
        ORDER BY t4.period_end DESC NULLS FIRST, t4.id DESC NULLS FIRST
        LIMIT 3
      ) AS q
    ) AS p1
    LEFT JOIN LATERAL (
      SELECT
        '{"label":' || to_json(t2.label)::text || '}' AS j, 1 AS c_Period
      FROM period AS t2
      WHERE t2.id = p1.period_id
      LIMIT 1
    ) AS l3 ON true
  ) AS x
) AS l5
