SELECT convert_to(
  '{"observations":' || l5.j || '}', 'UTF8') AS data, ARRAY[l5.c_Area, l5.c_Observation]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"totalCount":' || (
    SELECT count(*)
    FROM observation AS t2
    WHERE ((t2.superseded_at IS NULL OR hub_newest_observation(t2.origin_id, t2.revision, NULL)) AND NOT t2.is_withdrawn)
  )::text ||
    ',"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Area AS c_Area, x.c_Observation AS c_Observation
  FROM (
    SELECT string_agg(
      '{"value":' || coalesce(p1.value::text, 'null') ||
      ',"area":' || coalesce(l4.j, 'null') || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(coalesce(l4.c_Area, 0)), 0)::int AS c_Area, coalesce(sum(1), 0)::int AS c_Observation
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT DISTINCT ON (u.__k0, u.__k1) u.*
        FROM (
          WITH r AS MATERIALIZED (
            SELECT DISTINCT unnest((
              SELECT hub_reach('observation')
            )) AS project_id
          ), n AS MATERIALIZED (
            SELECT count(*) AS projects
            FROM r
          ) SELECT x.*
          FROM (
            SELECT p.jurisdiction_id
            FROM project AS p
            WHERE (
              SELECT n.projects
              FROM n
            ) > 2000 AND p.id IN (
              SELECT r.project_id
              FROM r
            )
            GROUP BY p.jurisdiction_id
          ) AS k (key)
          CROSS JOIN LATERAL (
            SELECT b.value, b.area_id, b.period_start AS __k0, b.id AS __k1
            FROM observation AS b
            WHERE (b.jurisdiction_id = k.key AND ((b.superseded_at IS NULL OR hub_newest_observation(b.origin_id, b.revision, NULL)) AND NOT b.is_withdrawn))
            ORDER BY b.period_start DESC NULLS FIRST, b.id DESC NULLS FIRST
            LIMIT 2
          ) AS x
          UNION ALL SELECT x.*
          FROM (
            SELECT r.project_id
            FROM r
            WHERE (
              SELECT n.projects
              FROM n
            ) <= 100
            UNION ALL (
              SELECT r.project_id
              FROM r
              CROSS JOIN LATERAL (
                SELECT b.period_start AS __k0, b.id AS __k1
                FROM observation AS b
                WHERE (b.project_id = r.project_id AND ((b.superseded_at IS NULL OR hub_newest_observation(b.origin_id, b.revision, NULL)) AND NOT b.is_withdrawn))
                ORDER BY b.period_start DESC NULLS FIRST, b.id DESC NULLS FIRST
                LIMIT 1
              ) AS x
              WHERE (
                SELECT n.projects
                FROM n
              ) BETWEEN 101 AND 2000
              ORDER BY x.__k0 DESC NULLS FIRST, x.__k1 DESC NULLS FIRST
              LIMIT 2
            )
          ) AS k (key)
          CROSS JOIN LATERAL (
            SELECT b.value, b.area_id, b.period_start AS __k0, b.id AS __k1
            FROM observation AS b
            WHERE (b.project_id = k.key AND ((b.superseded_at IS NULL OR hub_newest_observation(b.origin_id, b.revision, NULL)) AND NOT b.is_withdrawn))
            ORDER BY b.period_start DESC NULLS FIRST, b.id DESC NULLS FIRST
            LIMIT 2
          ) AS x
          UNION ALL SELECT x.*
          FROM (
            SELECT unnest((
              SELECT hub_reach_areas('observation')
            ))
          ) AS k (key)
          CROSS JOIN LATERAL (
            SELECT b.value, b.area_id, b.period_start AS __k0, b.id AS __k1
            FROM observation AS b
            WHERE (b.reporting_area_id = k.key AND ((b.superseded_at IS NULL OR hub_newest_observation(b.origin_id, b.revision, NULL)) AND NOT b.is_withdrawn))
            ORDER BY b.period_start DESC NULLS FIRST, b.id DESC NULLS FIRST
            LIMIT 2
          ) AS x
          UNION ALL SELECT x.*
          FROM (
            SELECT unnest((
              SELECT hub_facilities_run()
            ))
          ) AS k (key)
          CROSS JOIN LATERAL (
            SELECT b.value, b.area_id, b.period_start AS __k0, b.id AS __k1
            FROM observation AS b
            WHERE (b.facility_id = k.key AND ((b.superseded_at IS NULL OR hub_newest_observation(b.origin_id, b.revision, NULL)) AND NOT b.is_withdrawn))
            ORDER BY b.period_start DESC NULLS FIRST, b.id DESC NULLS FIRST
            LIMIT 2
          ) AS x
        ) AS u
        ORDER BY u.__k0 DESC NULLS FIRST, u.__k1 DESC NULLS FIRST
        LIMIT 2
      ) AS q
    ) AS p1
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t3.code)::text || '}' AS j, 1 AS c_Area
      FROM area AS t3
      WHERE t3.id = p1.area_id
      LIMIT 1
    ) AS l4 ON true
  ) AS x
) AS l5
