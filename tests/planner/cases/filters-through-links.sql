SELECT convert_to(
  '{"agencies":' || l8.j || '}', 'UTF8') AS data, ARRAY[l8.c_Agency]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT
    '{"nodes":' || '[' || coalesce(x.v1, '') || ']' || '}' AS j, x.c_Agency AS c_Agency
  FROM (
    SELECT string_agg(
      '{"code":' || to_json(p1.code)::text || '}', ',' ORDER BY p1.__n) AS v1, coalesce(sum(1), 0)::int AS c_Agency
    FROM (
      SELECT q.*, row_number() OVER () AS __n
      FROM (
        SELECT t2.code
        FROM agency AS t2
        WHERE ((t2.level = ANY ($1::text[]) OR NOT coalesce(EXISTS (
          SELECT 1
          FROM assignment AS w3
          WHERE (w3.agency_id = t2.id AND ((w3.superseded_at IS NULL OR hub_newest_assignment(w3.code, w3.revision, NULL)) AND NOT w3.is_withdrawn) AND NOT coalesce(w3.role IS DISTINCT FROM $2::text, false))
        ), false)) AND NOT coalesce(starts_with(t2.code, $3::text), false) AND EXISTS (
          SELECT 1
          FROM agency AS w4
          WHERE w4.id = t2.parent_id
        ) AND EXISTS (
          SELECT 1
          FROM assignment AS w5
          WHERE (w5.agency_id = t2.id AND ((w5.superseded_at IS NULL OR hub_newest_assignment(w5.code, w5.revision, NULL)) AND NOT w5.is_withdrawn) AND EXISTS (
            SELECT 1
            FROM project AS w6
            WHERE (w6.id = w5.project_id AND w6.lead_agency_id = (
              SELECT w7.id
              FROM agency AS w7
              WHERE w7.code = $4::text
            ))
          ))
        ))
        ORDER BY t2.code ASC NULLS LAST
        LIMIT 3
      ) AS q
    ) AS p1
  ) AS x
) AS l8
