SELECT convert_to(
  '{"nodes":' || '[' || coalesce(l13.j, '') || ']' || '}', 'UTF8') AS data, ARRAY[l13.c_Agency, l13.c_Area, l13.c_Finding, l13.c_Observation, l13.c_Project]::int[] AS counts, nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
FROM (
  SELECT 1
) AS r
CROSS JOIN LATERAL (
  SELECT string_agg(coalesce(l2.j, l4.j, l6.j, l8.j, l12.j, 'null'), ',' ORDER BY a.n) AS j, coalesce(sum(coalesce(l2.c_Agency, 0) + coalesce(l12.c_Agency, 0)), 0)::int AS c_Agency, coalesce(sum(coalesce(l4.c_Area, 0)), 0)::int AS c_Area, coalesce(sum(coalesce(l6.c_Finding, 0)), 0)::int AS c_Finding, coalesce(sum(coalesce(l8.c_Observation, 0)), 0)::int AS c_Observation, coalesce(sum(coalesce(l12.c_Project, 0)), 0)::int AS c_Project
  FROM generate_series(1, $12::int) AS a (n)
  LEFT JOIN (
    SELECT u.n,
      '{"__typename":' || '"Agency"' ||
      ',"id":' || ('"' || translate(encode(convert_to('Agency:' || t1.code::text, 'UTF8'), 'base64'), E'\n', '') || '"') ||
      ',"code":' || to_json(t1.code)::text ||
      ',"level":' || ('"' || upper(translate(t1.level::text, '- ', '__')) || '"') ||
      ',"inferred":' || t1.inferred::text || '}' AS j, 1 AS c_Agency
    FROM unnest($1::text[], $2::int[]) AS u (k0, n)
    JOIN agency AS t1 ON t1.code = u.k0
    WHERE u.n IS NOT NULL
  ) AS l2 ON l2.n = a.n
  LEFT JOIN (
    SELECT u.n,
      '{"__typename":' || '"Area"' ||
      ',"id":' || ('"' || translate(encode(convert_to('Area:' || t3.code::text || '|' || coalesce(t3.valid_from::text, ''), 'UTF8'), 'base64'), E'\n', '') || '"') ||
      ',"validFrom":' || coalesce(('"' || t3.valid_from::text || '"'), 'null') || '}' AS j, 1 AS c_Area
    FROM unnest($3::text[], $4::date[], $5::int[]) AS u (k0, k1, n)
    JOIN area AS t3 ON (t3.code = u.k0 AND (t3.valid_from = u.k1 OR (t3.valid_from IS NULL AND u.k1 IS NULL)))
    WHERE u.n IS NOT NULL
  ) AS l4 ON l4.n = a.n
  LEFT JOIN (
    SELECT u.n,
      '{"__typename":' || '"Finding"' ||
      ',"id":' || ('"' || translate(encode(convert_to('Finding:' || t5.code::text, 'UTF8'), 'base64'), E'\n', '') || '"') || '}' AS j, 1 AS c_Finding
    FROM unnest($6::text[], $7::int[]) AS u (k0, n)
    JOIN finding AS t5 ON t5.code = u.k0
    WHERE u.n IS NOT NULL
  ) AS l6 ON l6.n = a.n
  LEFT JOIN (
    SELECT u.n,
      '{"__typename":' || '"Observation"' ||
      ',"id":' || ('"' || translate(encode(convert_to('Observation:' || t7.id::text, 'UTF8'), 'base64'), E'\n', '') || '"') || '}' AS j, 1 AS c_Observation
    FROM unnest($8::uuid[], $9::int[]) AS u (k0, n)
    JOIN observation AS t7 ON t7.id = u.k0
    WHERE u.n IS NOT NULL
  ) AS l8 ON l8.n = a.n
  LEFT JOIN (
    SELECT u.n,
      '{"__typename":' || '"Project"' ||
      ',"id":' || ('"' || translate(encode(convert_to('Project:' || t9.code::text, 'UTF8'), 'base64'), E'\n', '') || '"') ||
      ',"inferred":' || t9.inferred::text ||
      ',"lead":' || coalesce(l11.j, 'null') || '}' AS j, coalesce(l11.c_Agency, 0) AS c_Agency, 1 AS c_Project
    FROM unnest($10::text[], $11::int[]) AS u (k0, n)
    JOIN project AS t9 ON t9.code = u.k0
    LEFT JOIN LATERAL (
      SELECT
        '{"code":' || to_json(t10.code)::text || '}' AS j, 1 AS c_Agency
      FROM agency AS t10
      WHERE t10.id = t9.lead_agency_id
      LIMIT 1
    ) AS l11 ON true
    WHERE u.n IS NOT NULL
  ) AS l12 ON l12.n = a.n
) AS l13
