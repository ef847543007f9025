-- Reads every row: what its words mean ($1–$18, column by column), and the first thing wrong on
-- the day $19.
INSERT INTO checked
SELECT
  x.n, x.line, x.indicator_id, x.project_id, x.jurisdiction_id, x.unit, x.area_id, x.facility_id,
  x.period_id, x.period_start,
  CASE WHEN x.trouble IS NULL THEN x.top::bigint END,
  CASE WHEN x.trouble IS NULL THEN x.bottom::bigint END,
  CASE
    WHEN x.trouble IS NOT NULL THEN NULL
    WHEN x.top IS NULL THEN x.figure
    WHEN x.bottom > 0 THEN round(100 * x.top / x.bottom, 2)
  END,
  x.edition, x.is_withdrawn, NULL,
  split_part(x.trouble, ' ', 1), nullif(substr(x.trouble, strpos(x.trouble, ' ') + 1), ''),
  x.candidates, x.predecessor_id
FROM (
  SELECT
    y.*,
    CASE
      WHEN y.reading_trouble <> '' THEN y.reading_trouble || ' ' || y.reading_column
      WHEN y.indicator_id IS NULL THEN 'INDICATOR_UNKNOWN indicator'
      WHEN y.disaggregation <> '' AND NOT y.is_part THEN 'DISAGGREGATION_UNKNOWN disaggregation'
      WHEN y.project_id IS NULL OR y.unit IS NULL THEN 'INDICATOR_WITHOUT_FIGURES indicator'
      WHEN y.indicator_id NOT IN (SELECT r.indicator_id FROM source_right r)
        THEN 'INDICATOR_NOT_WITHIN_RIGHT indicator'
      WHEN y.period_trouble <> '' THEN y.period_trouble || ' period'
      WHEN (y.indicator_id, y.period_id) IN (
        SELECT c.indicator_id, p.id
        FROM form_cell c
        JOIN report_form f ON f.id = c.form_id
        JOIN reporting_regime r ON r.id = f.regime_id
        JOIN period p ON p.calendar = r.calendar AND coalesce(p.regime_id, r.id) = r.id
          AND p.kind = f.period_kind
          AND p.starts_on >= f.valid_from AND (f.valid_to IS NULL OR p.ends_on <= f.valid_to)
        GROUP BY c.indicator_id, p.id
        HAVING max(p.ends_on + f.due_days + f.grace_days) < $19::date)
        THEN 'PERIOD_CLOSED period'
      WHEN y.area_trouble <> '' THEN y.area_trouble || ' area'
      WHEN y.facility_trouble <> '' THEN y.facility_trouble || ' facility'
      WHEN y.area_id IS NULL THEN 'AREA_UNKNOWN area'
      WHEN (y.indicator_id, y.area_id) NOT IN (
          SELECT r.indicator_id, r.area_id FROM source_right r WHERE r.area_id IS NOT NULL)
        AND NOT (y.indicator_id IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL)
          AND y.area_id IN (SELECT a.id FROM area a WHERE a.jurisdiction_id = (
            SELECT s.jurisdiction_id FROM data_source s)))
        THEN 'AREA_NOT_WITHIN_RIGHT area'
      WHEN y.facility_id IS NOT NULL
        AND (y.indicator_id, y.facility_id) NOT IN (
          SELECT r.indicator_id, f.id
          FROM source_right r JOIN facility f ON f.reporting_area_id = r.area_id)
        AND y.indicator_id NOT IN (SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL)
        AND y.facility_id NOT IN (SELECT f.id FROM facility f WHERE f.managed_by_id = (
          SELECT s.owner_id FROM data_source s))
        THEN 'FACILITY_NOT_WITHIN_RIGHT facility'
      WHEN y.version <> '' AND y.edition IS NULL THEN 'VERSION_UNREADABLE version'
      WHEN y.withdrawn NOT IN ('', 'true', 'false') THEN 'WITHDRAWAL_UNREADABLE withdrawn'
      WHEN y.is_withdrawn AND y.numerator || y.denominator || y.value <> ''
        THEN 'WITHDRAWAL_WITH_FIGURE value'
      WHEN y.is_withdrawn THEN NULL
      WHEN y.top IS NULL AND lower(y.numerator) ~ '^[+-]?(nan|inf|infinity)$'
        THEN 'NUMBER_NOT_FINITE numerator'
      WHEN y.bottom IS NULL AND lower(y.denominator) ~ '^[+-]?(nan|inf|infinity)$'
        THEN 'NUMBER_NOT_FINITE denominator'
      WHEN y.figure IS NULL AND lower(y.value) ~ '^[+-]?(nan|inf|infinity)$'
        THEN 'NUMBER_NOT_FINITE value'
      WHEN y.numerator <> '' AND y.top IS NULL THEN 'NUMBER_UNREADABLE numerator'
      WHEN y.denominator <> '' AND y.bottom IS NULL THEN 'NUMBER_UNREADABLE denominator'
      WHEN y.value <> '' AND y.figure IS NULL THEN 'NUMBER_UNREADABLE value'
      WHEN y.top < 0 THEN 'NEGATIVE_NUMBER numerator'
      WHEN y.bottom < 0 THEN 'NEGATIVE_NUMBER denominator'
      WHEN y.figure < 0 THEN 'NEGATIVE_NUMBER value'
      WHEN y.top > 1e15 THEN 'NUMBER_TOO_LARGE numerator'
      WHEN y.bottom > 1e15 THEN 'NUMBER_TOO_LARGE denominator'
      WHEN y.figure > 1e15 THEN 'NUMBER_TOO_LARGE value'
      WHEN y.top <> trunc(y.top) THEN 'NUMBER_NOT_WHOLE numerator'
      WHEN y.bottom <> trunc(y.bottom) THEN 'NUMBER_NOT_WHOLE denominator'
      WHEN y.value <> '' AND y.numerator || y.denominator <> '' THEN 'VALUE_AND_PARTS value'
      WHEN y.numerator || y.denominator || y.value = '' THEN 'FIGURE_MISSING value'
      WHEN y.unit <> 'percent' AND y.value = '' THEN 'PARTS_NOT_EXPECTED numerator'
      WHEN y.unit = 'percent' AND y.value = '' AND y.numerator = '' THEN 'FIGURE_MISSING numerator'
      WHEN y.unit = 'percent' AND y.value = '' AND y.denominator = ''
        THEN 'FIGURE_MISSING denominator'
      WHEN y.unit = 'percent' AND y.top > y.bottom THEN 'NUMERATOR_ABOVE_DENOMINATOR numerator'
      WHEN y.unit = 'percent' AND y.figure > 100 THEN 'PERCENT_ABOVE_HUNDRED value'
      WHEN y.unit IN ('count', 'vnd') AND y.figure <> trunc(y.figure) THEN 'NUMBER_NOT_WHOLE value'
    END AS trouble
  FROM (
    SELECT
      a.n, a.line, i.id AS indicator_id, i.project_id, i.jurisdiction_id, i.unit,
      coalesce(w.id, f.area_id) AS area_id, f.id AS facility_id,
      p.id AS period_id, p.starts_on AS period_start,
      a.trouble AS reading_trouble, a.trouble_column AS reading_column,
      p.trouble AS period_trouble, f.trouble AS facility_trouble,
      CASE WHEN a.area <> '' OR f.area_id IS NULL THEN w.trouble ELSE '' END AS area_trouble,
      w.candidates,
      -- A facility's figure is that facility's, whatever its area is called.
      CASE WHEN a.facility = '' THEN coalesce(a.predecessor_id, w.predecessor_id) END
        AS predecessor_id,
      a.disaggregation, d.part_id IS NOT NULL AS is_part, a.numerator, a.denominator, a.value,
      a.version, a.withdrawn,
      a.withdrawn = 'true' AS is_withdrawn,
      CASE WHEN length(a.numerator) < 82 AND a.numerator ~ '^[+-]?[0-9]+([.][0-9]+)?$'
        THEN a.numerator::numeric END AS top,
      CASE WHEN length(a.denominator) < 82 AND a.denominator ~ '^[+-]?[0-9]+([.][0-9]+)?$'
        THEN a.denominator::numeric END AS bottom,
      CASE WHEN length(a.value) < 82 AND a.value ~ '^[+-]?[0-9]+([.][0-9]+)?$'
        THEN a.value::numeric END AS figure,
      CASE
        WHEN a.version ~ '^[0-9]{1,18}$' THEN a.version::bigint
        WHEN a.version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$'
          AND pg_input_is_valid(a.version, 'timestamptz')
          THEN (extract(epoch FROM a.version::timestamptz) * 1000000)::bigint
      END AS edition
    FROM arrived a
    LEFT JOIN unnest($1::text[], $2::int[], $3::date[], $4::text[])
      AS p (term, id, starts_on, trouble) ON p.term = a.period
    LEFT JOIN unnest($5::text[], $6::text[], $7::text[]) AS m (term, period, code)
      ON m.term = a.indicator AND m.period = a.period
    LEFT JOIN indicator t ON t.code = m.code
    LEFT JOIN disaggregation d ON d.indicator_id = t.id AND d.code = lower(a.disaggregation)
    LEFT JOIN indicator i ON i.id = coalesce(d.part_id, t.id)
    LEFT JOIN (
      SELECT w.term, w.period, w.id, w.trouble, w.predecessor_id,
        string_to_array(nullif(w.listed, ''), E'\x1f') AS candidates
      FROM unnest($8::text[], $9::text[], $10::int[], $11::text[], $12::text[], $13::int[])
        AS w (term, period, id, trouble, listed, predecessor_id)
    ) w ON w.term = a.area AND w.period = a.period
    LEFT JOIN unnest($14::text[], $15::text[], $16::int[], $17::int[], $18::text[])
      AS f (term, period, id, area_id, trouble) ON f.term = a.facility AND f.period = a.period
    OFFSET 0
  ) y
  OFFSET 0
) x
