SELECT convert_to(
  '{"lead":' || coalesce(l3.j, 'null') ||
  ',"none":' || coalesce(l6.j, 'null') ||
  ',"budgetLines":' || l11.j ||
  ',"wards":' || l14.j || '}', 'UTF8') AS data, ARRAY[coalesce(l3.c_Agency, 0) + coalesce(l6.c_Agency, 0), l11.c_BudgetLine, l11.c_FundingSource]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p2.code)::text || '}' AS j, 1 AS c_Agency
  FROM (
    SELECT t1.code
    FROM agency AS t1
    WHERE t1.code = $1::text
    ORDER BY t1.code ASC NULLS LAST
    LIMIT 1
  ) AS p2
  WHERE true
  LIMIT 1
) AS l3 ON true
LEFT JOIN LATERAL (
  SELECT
    '{"code":' || to_json(p5.code)::text || '}' AS j, 1 AS c_Agency
  FROM (
    SELECT t4.code
    FROM agency AS t4
    WHERE t4.code = $2::text
    ORDER BY t4.code ASC NULLS LAST
    LIMIT 1
  ) AS p5
  WHERE true
  LIMIT 1
) AS l6 ON true
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_FundingSource AS c_FundingSource, x.c_BudgetLine AS c_BudgetLine
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p7.code)::text ||
      ',"allocated":' || coalesce(p7.allocated::text, 'null') ||
      ',"source":' || coalesce(l9.j, 'null') || '}', ',' ORDER BY p7.__n) AS v1, coalesce(sum(coalesce(l9.c_FundingSource, 0)), 0)::int AS c_FundingSource, coalesce(sum(1), 0)::int AS c_BudgetLine
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t10.code, t10.allocated, t10.funding_source_id
        FROM budget_line AS t10
        WHERE true
        ORDER BY t10.year ASC NULLS LAST, t10.code ASC NULLS LAST
        LIMIT 1
      ) AS q
    ) AS p7
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t8.code)::text || '}' AS j, 1 AS c_FundingSource
      FROM funding_source AS t8
      WHERE t8.id = p7.funding_source_id
      LIMIT 1
    ) AS l9 ON true
  ) AS x
) AS l11
CROSS JOIN LATERAL (
  SELECT
    '{"totalCount":' || (
    SELECT count(*)
    FROM area AS t13
    WHERE t13.level = $3::text
  )::text || '}' AS j
  FROM (
    SELECT 1
  ) AS x
) AS l14
