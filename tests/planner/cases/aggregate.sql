SELECT convert_to(
  '{"observations":' || l11.j || '}', 'UTF8') AS data, ARRAY[]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"aggregate":' || l9.j || '}' AS j
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT
      '{"count":' || s.v1::text ||
      ',"sum":' ||
      '{"value":' || coalesce(s.v2::text, 'null') || '}' ||
      ',"avg":' ||
      '{"value":' || coalesce(s.v3::text, 'null') || '}' ||
      ',"min":' ||
      '{"value":' || coalesce(s.v4::text, 'null') || '}' ||
      ',"rate":' || coalesce(s.v5::text, 'null') ||
      ',"reporting":' ||
      '{"reported":' || s.v6::text ||
      ',"expected":' || s.v7::text || '}' || '}' AS j
    FROM (
      SELECT count(*) AS v1, CASE WHEN bool_and(i.aggregation = 'sum') THEN sum(t2.value) END AS v2, CASE WHEN bool_and(i.aggregation = 'sum') THEN avg(t2.value) END AS v3, min(t2.value) AS v4, round((sum(t2.numerator) FILTER (WHERE i.aggregation = 'ratio_of_sums' AND t2.numerator IS NOT NULL AND t2.denominator IS NOT NULL))::numeric * 100 / nullif((sum(t2.denominator) FILTER (WHERE i.aggregation = 'ratio_of_sums' AND t2.numerator IS NOT NULL AND t2.denominator IS NOT NULL))::numeric, 0), 4) AS v5, count(DISTINCT (t2.indicator_id, t2.area_id, t2.period_id)) FILTER (WHERE t2.value IS NOT NULL) AS v6, (
        SELECT count(DISTINCT t3.indicator_id)
        FROM observation AS t3
        WHERE (((t3.superseded_at IS NULL OR hub_newest_observation(t3.origin_id, t3.revision, NULL)) AND NOT t3.is_withdrawn) AND EXISTS (
          SELECT 1
          FROM indicator AS w4
          WHERE (w4.id = t3.indicator_id AND w4.aggregation = $1::text)
        ))
      ) * (
        SELECT count(DISTINCT t5.area_id)
        FROM observation AS t5
        WHERE (((t5.superseded_at IS NULL OR hub_newest_observation(t5.origin_id, t5.revision, NULL)) AND NOT t5.is_withdrawn) AND EXISTS (
          SELECT 1
          FROM indicator AS w6
          WHERE (w6.id = t5.indicator_id AND w6.aggregation = $2::text)
        ))
      ) * (
        SELECT count(DISTINCT t7.period_id)
        FROM observation AS t7
        WHERE (((t7.superseded_at IS NULL OR hub_newest_observation(t7.origin_id, t7.revision, NULL)) AND NOT t7.is_withdrawn) AND EXISTS (
          SELECT 1
          FROM indicator AS w8
          WHERE (w8.id = t7.indicator_id AND w8.aggregation = $3::text)
        ))
      ) AS v7
      FROM observation AS t2
      LEFT JOIN indicator AS i ON i.id = t2.indicator_id
      WHERE (((t2.superseded_at IS NULL OR hub_newest_observation(t2.origin_id, t2.revision, NULL)) AND NOT t2.is_withdrawn) AND EXISTS (
        SELECT 1
        FROM indicator AS w10
        WHERE (w10.id = t2.indicator_id AND w10.aggregation = $4::text)
      ))
      GROUP BY ()
    ) AS s
  ) AS l9
) AS l11
