SELECT convert_to(
  '{"observations":' || l3.j || '}', 'UTF8') AS data, ARRAY[l3.c_Observation]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Observation AS c_Observation
  FROM (
    SELECT string_agg(
      '{"value":' || coalesce(p1.value::text, 'null') ||
      ',"synthetic":' || p1.synthetic::text || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(1), 0)::int AS c_Observation
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t2.value, t2.synthetic
        FROM observation AS t2
        WHERE ((t2.superseded_at IS NULL OR hub_newest_observation(t2.origin_id, t2.revision, NULL)) AND NOT t2.is_withdrawn)
        ORDER BY t2.period_end DESC NULLS FIRST, t2.id DESC NULLS FIRST
        LIMIT 2
      ) AS q
    ) AS p1
  ) AS x
) AS l3
