SELECT convert_to(
  '{"indicators":' || l16.j || '}', 'UTF8') AS data, ARRAY[l16.c_Area, l16.c_Indicator, l16.c_Observation, l16.c_Period]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Period AS c_Period, x.c_Observation AS c_Observation, x.c_Area AS c_Area, x.c_Indicator AS c_Indicator
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text ||
      ',"latest":' || coalesce(l6.j, 'null') ||
      ',"there":' || coalesce(l13.j, 'null') || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(coalesce(l6.c_Period, 0)), 0)::int AS c_Period, coalesce(sum(coalesce(l6.c_Observation, 0) + coalesce(l13.c_Observation, 0)), 0)::int AS c_Observation, coalesce(sum(coalesce(l13.c_Area, 0)), 0)::int AS c_Area, coalesce(sum(1), 0)::int AS c_Indicator
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t14.code, t14.id
        FROM indicator AS t14
        WHERE EXISTS (
          SELECT 1
          FROM observation AS w15
          WHERE (w15.indicator_id = t14.id AND ((w15.superseded_at IS NULL OR hub_newest_observation(w15.origin_id, w15.revision, NULL)) AND NOT w15.is_withdrawn))
        )
        ORDER BY t14.code ASC NULLS LAST
        LIMIT 2
      ) AS q
    ) AS p1
    LEFT JOIN LATERAL (
      SELECT
        '{"value":' || coalesce(p3.value::text, 'null') ||
        ',"period":' || coalesce(l5.j, 'null') || '}' AS j, coalesce(l5.c_Period, 0) AS c_Period, 1 AS c_Observation
      FROM (
        SELECT t2.value, t2.period_id
        FROM observation AS t2
        WHERE (t2.indicator_id = p1.id AND ((t2.superseded_at IS NULL OR hub_newest_observation(t2.origin_id, t2.revision, NULL)) AND NOT t2.is_withdrawn))
        ORDER BY t2.period_end DESC NULLS FIRST, t2.id DESC NULLS FIRST
        LIMIT 1
      ) AS p3
      LEFT JOIN LATERAL (
        SELECT
          '{"label":' || to_json(t4.label)::text || '}' AS j, 1 AS c_Period
        FROM period AS t4
        WHERE t4.id = p3.period_id
        LIMIT 1
      ) AS l5 ON true
      WHERE true
      LIMIT 1
    ) AS l6 ON true
    LEFT JOIN LATERAL (
      SELECT
        '{"value":' || coalesce(p8.value::text, 'null') ||
        ',"area":' || coalesce(l10.j, 'null') || '}' AS j, coalesce(l10.c_Area, 0) AS c_Area, 1 AS c_Observation
      FROM (
        SELECT t7.value, t7.area_id
        FROM observation AS t7
        WHERE (t7.indicator_id = p1.id AND ((t7.superseded_at IS NULL OR hub_newest_observation(t7.origin_id, t7.revision, NULL)) AND NOT t7.is_withdrawn) AND (EXISTS (
          SELECT 1
          FROM area AS w11
          WHERE (w11.id = t7.area_id AND w11.code = $1::text)
        ) AND EXISTS (
          SELECT 1
          FROM period AS w12
          WHERE (w12.id = t7.period_id AND w12.label = $2::text)
        )))
        ORDER BY t7.period_end DESC NULLS FIRST, t7.id DESC NULLS FIRST
        LIMIT 1
      ) AS p8
      LEFT JOIN LATERAL (
        SELECT
          '{"code":' || to_json(t9.code)::text || '}' AS j, 1 AS c_Area
        FROM area AS t9
        WHERE t9.id = p8.area_id
        LIMIT 1
      ) AS l10 ON true
      WHERE true
      LIMIT 1
    ) AS l13 ON true
  ) AS x
) AS l16
