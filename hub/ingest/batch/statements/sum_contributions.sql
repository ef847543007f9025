-- What all old areas of one that is there today come to: those of the delivery, and those that the
-- figure which stands was added up from. Figures are added as their indicator says that they add up
-- over areas. $1 is the source, $2 its code, $3 its owner.
INSERT INTO summed
WITH said AS MATERIALIZED (
  SELECT c.n, c.indicator_id, c.area_id, c.period_id, c.predecessor_id, c.numerator, c.denominator,
    c.value, c.version, c.withdrawn
  FROM checked c
  WHERE c.predecessor_id IS NOT NULL AND c.trouble IS NULL AND c.fate IS NULL
), figure AS MATERIALIZED (
  SELECT s.indicator_id, s.area_id, s.period_id, min(s.n) AS n, max(s.version) AS version,
    array_agg(s.predecessor_id) AS said_of
  FROM said s GROUP BY s.indicator_id, s.area_id, s.period_id
), kept AS MATERIALIZED (
  SELECT f.n, f.said_of, k.*
  FROM figure f
  JOIN observation o ON o.agency_id = $3 AND o.superseded_at IS NULL AND o.source = $2
    AND o.indicator_id = f.indicator_id AND o.area_id = f.area_id AND o.period_id = f.period_id
    AND o.facility_id IS NULL
  JOIN figure_contribution k ON k.source_id = $1 AND k.origin_id = o.origin_id
    AND k.revision = o.revision
), part AS (
  SELECT f.n, s.numerator, s.denominator, s.value
  FROM figure f JOIN said s
    ON s.indicator_id = f.indicator_id AND s.area_id = f.area_id AND s.period_id = f.period_id
  WHERE NOT s.withdrawn
  UNION ALL
  SELECT k.n, k.numerator, k.denominator, k.value FROM kept k
  WHERE NOT k.is_withdrawn AND k.predecessor_id <> ALL (k.said_of)
), added AS (
  SELECT n, count(*) AS parts, sum(numerator) AS numerator, sum(denominator) AS denominator,
    sum(value) AS value, count(numerator) = count(*) AND count(denominator) = count(*) AS is_ratio
  FROM part GROUP BY n
)
SELECT
  f.n, f.indicator_id, f.area_id, f.period_id, a.numerator, a.denominator,
  CASE
    WHEN a.is_ratio AND a.parts > 1
      THEN CASE WHEN a.denominator > 0 THEN round(100 * a.numerator / a.denominator, 2) END
    ELSE a.value
  END,
  f.version, a.n IS NULL,
  coalesce(a.parts = 1 OR i.aggregation = 'sum'
    OR i.aggregation = 'ratio_of_sums' AND a.is_ratio, true),
  f.n IN (SELECT k.n FROM kept k)
FROM figure f
JOIN indicator i ON i.id = f.indicator_id
LEFT JOIN added a USING (n)
