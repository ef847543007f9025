SELECT convert_to(
  '{"observations":' || l4.j || '}', 'UTF8') AS data, ARRAY[l4.c_Observation]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"totalCount":' || (
    SELECT count(*)
    FROM observation AS t2
    WHERE true
  )::text ||
    ',"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Observation AS c_Observation
  FROM (
    SELECT string_agg(
      '{"revision":' || p1.revision::text ||
      ',"status":' || ('"' || upper(translate(p1.status::text, '- ', '__')) || '"') ||
      ',"value":' || coalesce(p1.value::text, 'null') || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(1), 0)::int AS c_Observation
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t3.revision, t3.status, t3.value
        FROM observation AS t3
        WHERE true
        ORDER BY t3.revision DESC NULLS FIRST, t3.id DESC NULLS FIRST
        LIMIT 3
      ) AS q
    ) AS p1
  ) AS x
) AS l4
