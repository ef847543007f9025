SELECT convert_to(
  '{"observations":' || l8.j || '}', 'UTF8') AS data, ARRAY[l8.c_Area]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"groups":' || '[' || coalesce(l7.j, '') || ']' || '}' AS j, l7.c_Area AS c_Area
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"area":' || coalesce(l5.j, 'null') ||
      ',"year":' || coalesce(s.k1::text, 'null') ||
      ',"aggregate":' ||
      '{"count":' || s.v1::text ||
      ',"reporting":' ||
      '{"reported":' || s.v2::text ||
      ',"expected":' || s.v3::text || '}' || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST, s.n1 ASC NULLS LAST, s.n2 ASC NULLS LAST) AS j, coalesce(sum(coalesce(l5.c_Area, 0)), 0)::int AS c_Area
    FROM (
      SELECT s.*, g3.code AS t4_code, g3.id AS t4_id, g3.code AS n0, g3.valid_from AS n1, s.k1 AS n2
      FROM (
        SELECT count(*) AS v1, count(DISTINCT (t2.indicator_id, t2.area_id, t2.period_id)) FILTER (WHERE t2.value IS NOT NULL) AS v2, (
          SELECT count(DISTINCT t6.indicator_id)
          FROM observation AS t6
          WHERE (((t6.superseded_at IS NULL OR hub_newest_observation(t6.origin_id, t6.revision, NULL)) AND NOT t6.is_withdrawn) AND t6.year = ANY ($1::int[]))
        ) * count(DISTINCT t2.area_id) * count(DISTINCT t2.period_id) AS v3, t2.area_id AS k0, t2.year AS k1
        FROM observation AS t2
        WHERE (((t2.superseded_at IS NULL OR hub_newest_observation(t2.origin_id, t2.revision, NULL)) AND NOT t2.is_withdrawn) AND t2.year = ANY ($2::int[]))
        GROUP BY t2.area_id, t2.year
      ) AS s
      LEFT JOIN area AS g3 ON g3.id = s.k0
      ORDER BY g3.code ASC NULLS LAST, g3.valid_from ASC NULLS LAST, s.k1 ASC NULLS LAST
      LIMIT 2
    ) AS s
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t4.code)::text || '}' AS j, 1 AS c_Area
      FROM (
        SELECT s.t4_code AS code, s.t4_id AS id
      ) AS t4
      WHERE t4.id IS NOT NULL
    ) AS l5 ON true
  ) AS l7
) AS l8
