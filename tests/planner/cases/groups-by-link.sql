SELECT convert_to(
  '{"observations":' || l13.j || '}', 'UTF8') AS data, ARRAY[l13.c_Agency, l13.c_Period, l13.c_Project]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"groups":' || '[' || coalesce(l12.j, '') || ']' || '}' AS j, l12.c_Agency AS c_Agency, l12.c_Project AS c_Project, l12.c_Period AS c_Period
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"project":' || coalesce(l8.j, 'null') ||
      ',"period":' || coalesce(l10.j, 'null') ||
      ',"aggregate":' ||
      '{"count":' || s.v1::text ||
      ',"rate":' || coalesce(s.v2::text, 'null') ||
      ',"reporting":' ||
      '{"reported":' || s.v3::text ||
      ',"expected":' || s.v4::text || '}' || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST, s.n1 ASC NULLS LAST, s.n2 ASC NULLS LAST) AS j, coalesce(sum(coalesce(l8.c_Agency, 0)), 0)::int AS c_Agency, coalesce(sum(coalesce(l8.c_Project, 0)), 0)::int AS c_Project, coalesce(sum(coalesce(l10.c_Period, 0)), 0)::int AS c_Period
    FROM (
      SELECT s.*, g4.label AS t9_label, g4.id AS t9_id, s.o1 AS n0, g4.calendar AS n1, g4.label AS n2
      FROM (
        SELECT count(*) AS v1, round((sum(t2.numerator) FILTER (WHERE i.aggregation = 'ratio_of_sums' AND t2.numerator IS NOT NULL AND t2.denominator IS NOT NULL))::numeric * 100 / nullif((sum(t2.denominator) FILTER (WHERE i.aggregation = 'ratio_of_sums' AND t2.numerator IS NOT NULL AND t2.denominator IS NOT NULL))::numeric, 0), 4) AS v2, count(DISTINCT (t2.indicator_id, t2.area_id, t2.period_id)) FILTER (WHERE t2.value IS NOT NULL) AS v3, count(DISTINCT t2.indicator_id) * (
          SELECT count(DISTINCT t11.area_id)
          FROM observation AS t11
          WHERE ((t11.superseded_at IS NULL OR hub_newest_observation(t11.origin_id, t11.revision, NULL)) AND NOT t11.is_withdrawn)
        ) * count(DISTINCT t2.period_id) AS v4, g3.id AS k0, g3.code AS o1, t2.period_id AS k1
        FROM observation AS t2
        LEFT JOIN project AS g3 ON g3.id = t2.project_id
        LEFT JOIN indicator AS i ON i.id = t2.indicator_id
        WHERE ((t2.superseded_at IS NULL OR hub_newest_observation(t2.origin_id, t2.revision, NULL)) AND NOT t2.is_withdrawn)
        GROUP BY g3.id, g3.code, t2.period_id
      ) AS s
      LEFT JOIN period AS g4 ON g4.id = s.k1
      ORDER BY s.o1 ASC NULLS LAST, g4.calendar ASC NULLS LAST, g4.label ASC NULLS LAST
      LIMIT 2
    ) AS s
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t5.code)::text ||
        ',"lead":' || coalesce(l7.j, 'null') || '}' AS j, coalesce(l7.c_Agency, 0) AS c_Agency, 1 AS c_Project
      FROM project AS t5
      LEFT JOIN LATERAL (
        SELECT
          '{"code":' || to_json(t6.code)::text || '}' AS j, 1 AS c_Agency
        FROM agency AS t6
        WHERE t6.id = t5.lead_agency_id
        LIMIT 1
      ) AS l7 ON true
      WHERE t5.id = s.k0
      LIMIT 1
    ) AS l8 ON true
    LEFT JOIN LATERAL (
      SELECT
        '{"label":' || to_json(t9.label)::text || '}' AS j, 1 AS c_Period
      FROM (
        SELECT s.t9_label AS label, s.t9_id AS id
      ) AS t9
      WHERE t9.id IS NOT NULL
    ) AS l10 ON true
  ) AS l12
) AS l13
