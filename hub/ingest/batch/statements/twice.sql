-- Rows of one delivery that speak of the same figure, and of the same old area where they are of one:
-- the newest version counts. Of equal ones the first counts; where they contradict each other none
-- does. What came of an area and of an old one that is part of it is for a person to put together.
WITH repeated AS (
  SELECT indicator_id, area_id, facility_id, period_id FROM checked WHERE trouble IS NULL
  GROUP BY indicator_id, area_id, facility_id, period_id HAVING count(*) > 1
), ranked AS (
  SELECT
    c.n,
    c.version IS DISTINCT FROM max(c.version) OVER said AS is_old,
    row_number() OVER (edition ORDER BY c.n) AS place,
    bool_or(c.predecessor_id IS NULL) OVER figure
      AND bool_or(c.predecessor_id IS NOT NULL) OVER figure AS is_mixed,
    count(c.version) OVER said AS versioned,
    count(*) OVER said AS rows_of_figure,
    row(trim_scale(c.value), c.numerator, c.denominator, c.withdrawn)::text
      <> first_value(row(trim_scale(c.value), c.numerator, c.denominator, c.withdrawn)::text)
        OVER (edition ORDER BY c.n) AS differs
  FROM checked c JOIN repeated r
    ON r.indicator_id = c.indicator_id AND r.area_id = c.area_id AND r.period_id = c.period_id
    AND r.facility_id IS NOT DISTINCT FROM c.facility_id
  WHERE c.trouble IS NULL
  WINDOW
    figure AS (PARTITION BY c.indicator_id, c.area_id, c.facility_id, c.period_id),
    said AS (PARTITION BY c.indicator_id, c.area_id, c.facility_id, c.period_id, c.predecessor_id),
    edition AS (PARTITION BY c.indicator_id, c.area_id, c.facility_id, c.period_id,
                             c.predecessor_id, c.version)
), told AS (
  SELECT
    r.n,
    CASE
      WHEN r.is_mixed THEN 'shared'
      WHEN r.versioned NOT IN (0, r.rows_of_figure) THEN 'repeated'
      WHEN r.is_old THEN 'stale'
      WHEN bool_or(r.differs) OVER (PARTITION BY c.indicator_id, c.area_id, c.facility_id,
                                    c.period_id, c.predecessor_id, c.version) THEN 'repeated'
      WHEN r.place > 1 THEN 'repeated'
    END AS what
  FROM ranked r JOIN checked c USING (n)
)
UPDATE checked c SET
  fate = CASE WHEN t.what = 'stale' THEN 'unchanged' END,
  trouble = CASE t.what WHEN 'repeated' THEN 'ROW_DUPLICATED' WHEN 'shared' THEN 'AREA_SHARED' END,
  trouble_column = CASE t.what WHEN 'shared' THEN 'area' END
FROM told t WHERE t.n = c.n AND t.what IS NOT NULL
