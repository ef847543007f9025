SELECT convert_to(
  '{"observations":' || l3.j || '}', 'UTF8') AS data, ARRAY[]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"totalCount":' || (
    SELECT count(*)
    FROM observation AS t2
    WHERE (((t2.superseded_at IS NULL OR hub_newest_observation(t2.origin_id, t2.revision, NULL)) AND NOT t2.is_withdrawn) AND t2.value >= $1::numeric)
  )::text || '}' AS j
  FROM (
    SELECT 1
  ) AS x
) AS l3
