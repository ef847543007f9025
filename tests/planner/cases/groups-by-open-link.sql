SELECT convert_to(
  '{"agencies":' || l14.j || '}', 'UTF8') AS data, ARRAY[l14.c_Agency]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"groups":' || '[' || coalesce(l13.j, '') || ']' || '}' AS j, l13.c_Agency AS c_Agency
  FROM (
    SELECT 1
  ) AS x
  CROSS JOIN LATERAL (
    SELECT string_agg(
      '{"group":' || coalesce(l10.j, 'null') ||
      ',"again":' || coalesce(l12.j, 'null') ||
      ',"aggregate":' ||
      '{"count":' || s.v1::text || '}' || '}', ',' ORDER BY s.n0 ASC NULLS LAST) AS j, coalesce(sum(coalesce(l10.c_Agency, 0) + coalesce(l12.c_Agency, 0)), 0)::int AS c_Agency
    FROM (
      SELECT s.*, g3.code AS t4_code, g3.id AS t4_id, g3.parent_id AS t4_parent_id, g3.kind AS t11_kind, g3.id AS t11_id, g3.code AS n0
      FROM (
        SELECT count(*) AS v1, t2.group_id AS k0
        FROM agency AS t2
        WHERE true
        GROUP BY t2.group_id
      ) AS s
      LEFT JOIN agency AS g3 ON g3.id = s.k0
      ORDER BY g3.code ASC NULLS LAST
      LIMIT 1000
    ) AS s
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t4.code)::text ||
        ',"members":' || l7.j ||
        ',"parent":' || coalesce(l9.j, 'null') || '}' AS j, l7.c_Agency + coalesce(l9.c_Agency, 0) + 1 AS c_Agency
      FROM (
        SELECT s.t4_code AS code, s.t4_id AS id, s.t4_parent_id AS parent_id
      ) AS t4
      CROSS JOIN LATERAL (
        SELECT
          '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Agency AS c_Agency
        FROM (
          SELECT string_agg(
            '{"code":' || to_json(p5.code)::text || '}', ',' ORDER BY p5.__n) AS v1, coalesce(sum(1), 0)::int AS c_Agency
          FROM (
            SELECT q.*, row_number() OVER () AS __n
            FROM (
              SELECT t6.code
              FROM agency AS t6
              WHERE t6.group_id = t4.id
              ORDER BY t6.code ASC NULLS LAST
              LIMIT 1
            ) AS q
          ) AS p5
        ) AS x
      ) AS l7
      LEFT JOIN LATERAL (
        SELECT
          '{"code":' || to_json(t8.code)::text || '}' AS j, 1 AS c_Agency
        FROM agency AS t8
        WHERE t8.id = t4.parent_id
        LIMIT 1
      ) AS l9 ON true
      WHERE t4.id IS NOT NULL
    ) AS l10 ON true
    LEFT JOIN LATERAL (
      SELECT
        '{"kind":' || ('"' || upper(translate(t11.kind::text, '- ', '__')) || '"') || '}' AS j, 1 AS c_Agency
      FROM (
        SELECT s.t11_kind AS kind, s.t11_id AS id
      ) AS t11
      WHERE t11.id IS NOT NULL
    ) AS l12 ON true
  ) AS l13
) AS l14
