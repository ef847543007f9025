-- Rows of divided areas become one row a successor: $1–$5 say of a word and a period which successors
-- there are, what share each has, and of which area, $6–$8 what the words for indicators mean. What is
-- counted is shared by the largest remainder: each successor has the whole part of its share, and those
-- with the largest remainders, then shares, then the first codes, have one more, until the sum is what
-- was sent. Numerator and denominator are shared apart. What cannot be shared so, such as a rate without
-- its parts, or would leave a numerator above its denominator, stays as it was, and waits.
WITH heirs AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::int[])
    AS h (term, period, code, share, predecessor_id)
), whole AS (
  SELECT a.n, a.area, a.period,
    CASE WHEN a.numerator <> '' THEN a.numerator::numeric END AS top,
    CASE WHEN a.denominator <> '' THEN a.denominator::numeric END AS bottom,
    CASE WHEN a.value <> '' THEN a.value::numeric END AS figure
  FROM arrived a
  JOIN unnest($6::text[], $7::text[], $8::text[]) AS m (term, period, code)
    ON m.term = a.indicator AND m.period = a.period
  JOIN indicator t ON t.code = m.code
  LEFT JOIN disaggregation d ON d.indicator_id = t.id AND d.code = lower(a.disaggregation)
  JOIN indicator i ON i.id = coalesce(d.part_id, t.id)
  WHERE (a.area, a.period) IN (SELECT h.term, h.period FROM heirs h)
    AND a.trouble = '' AND a.facility = ''
    AND CASE
      WHEN a.withdrawn = 'true' THEN a.numerator || a.denominator || a.value = ''
      WHEN i.unit = 'percent' THEN a.value = ''
        AND a.numerator ~ '^[0-9]{1,15}$' AND a.denominator ~ '^[0-9]{1,15}$'
      ELSE a.numerator || a.denominator = '' AND a.value ~ '^[0-9]{1,15}([.]0{1,40})?$'
    END
), parted AS (
  SELECT w.*, h.code, h.share, h.predecessor_id,
    trunc(w.top * h.share) + coalesce((
      rank() OVER top <= w.top - sum(trunc(w.top * h.share)) OVER all_of
    )::int, 0) AS top_part,
    trunc(w.bottom * h.share) + coalesce((
      rank() OVER bottom <= w.bottom - sum(trunc(w.bottom * h.share)) OVER all_of
    )::int, 0) AS bottom_part,
    trunc(w.figure * h.share) + coalesce((
      rank() OVER figure <= w.figure - sum(trunc(w.figure * h.share)) OVER all_of
    )::int, 0) AS figure_part
  FROM whole w JOIN heirs h ON h.term = w.area AND h.period = w.period
  WINDOW
    all_of AS (PARTITION BY w.n),
    top AS (PARTITION BY w.n ORDER BY w.top * h.share % 1 DESC, h.share DESC, h.code),
    bottom AS (PARTITION BY w.n ORDER BY w.bottom * h.share % 1 DESC, h.share DESC, h.code),
    figure AS (PARTITION BY w.n ORDER BY w.figure * h.share % 1 DESC, h.share DESC, h.code)
), fitting AS (
  SELECT n FROM parted GROUP BY n HAVING bool_and(top_part <= bottom_part) IS NOT FALSE
), gone AS (
  DELETE FROM arrived a USING fitting f WHERE a.n = f.n RETURNING a.*
)
INSERT INTO arrived (
  n, sheet, line, indicator, area, period, facility, disaggregation, numerator, denominator, value,
  version, withdrawn, trouble, trouble_column, trouble_found, trouble_expected,
  predecessor_id
)
SELECT
  (SELECT max(m.n) FROM arrived m) + row_number() OVER (ORDER BY g.n, p.code),
  g.sheet, g.line, g.indicator, p.code, g.period, g.facility, g.disaggregation,
  coalesce(p.top_part::text, ''), coalesce(p.bottom_part::text, ''),
  coalesce(p.figure_part::text, ''),
  g.version, g.withdrawn, '', '', '', '', p.predecessor_id
FROM gone g JOIN parted p USING (n)
