-- Compares what may be taken with what stands. $1 is the source, $2 its code, $3 its owner, $4 the
-- batch, $5 whether a person has decided that it is to be taken.
INSERT INTO judged
WITH proposed AS (
  -- Of old areas that are one today, the first row stands for them all.
  SELECT
    c.n, c.line, c.indicator_id, c.project_id, c.jurisdiction_id, c.unit, c.area_id, c.facility_id,
    c.period_id, c.period_start,
    CASE WHEN u.n IS NULL THEN c.numerator ELSE u.numerator END AS numerator,
    CASE WHEN u.n IS NULL THEN c.denominator ELSE u.denominator END AS denominator,
    CASE WHEN u.n IS NULL THEN c.value ELSE u.value END AS value,
    CASE WHEN u.n IS NULL THEN c.version ELSE u.version END AS version,
    CASE WHEN u.n IS NULL THEN c.withdrawn ELSE u.withdrawn END AS withdrawn,
    coalesce(u.adds_up, true) AS adds_up, coalesce(u.stands, false) AS stands,
    -- Several went to it, and what stands was not added up from them.
    u.n IS NOT NULL AND NOT u.stands
      AND (SELECT count(*) > 1 FROM area_lineage l WHERE l.successor_id = u.area_id) AS is_unclear
  FROM checked c LEFT JOIN summed u ON u.n = c.n
  WHERE c.trouble IS NULL AND c.fate IS NULL AND (c.predecessor_id IS NULL OR u.n IS NOT NULL)
)
SELECT
  c.n, c.line, c.indicator_id, c.project_id, c.jurisdiction_id, c.unit, c.area_id, c.facility_id,
  c.period_id, c.period_start, c.numerator, c.denominator, c.value, c.version, c.withdrawn,
  o.id, coalesce(o.origin_id, hub_new_id()), coalesce(o.revision, 0) + 1, k.version,
  CASE
    WHEN found.verdict IN ('VERSION_MISSING', 'VERSION_REUSED') THEN 'rejected'
    WHEN found.verdict = 'AREA_SHARED' THEN 'held'
    ELSE found.verdict
  END,
  CASE WHEN found.verdict IN ('VERSION_MISSING', 'VERSION_REUSED', 'AREA_SHARED')
    THEN found.verdict END,
  '{}', false
FROM proposed c
LEFT JOIN observation o ON o.agency_id = $3 AND o.superseded_at IS NULL
  AND o.indicator_id = c.indicator_id AND o.area_id = c.area_id AND o.period_id = c.period_id
  AND o.facility_id IS NOT DISTINCT FROM c.facility_id
LEFT JOIN batch b ON b.id = o.batch_id AND o.source = $2
LEFT JOIN figure_version k ON k.source_id = $1 AND k.origin_id = o.origin_id
LEFT JOIN LATERAL (
  -- What this source said last, where somebody has corrected it since.
  SELECT l.value, l.numerator, l.denominator, l.is_withdrawn
  FROM observation l WHERE l.origin_id = o.origin_id AND l.source = $2 AND o.source <> $2
  ORDER BY l.revision DESC LIMIT 1
) s ON true
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN o.source = $2 THEN (o.value, o.numerator, o.denominator, o.is_withdrawn)
      IS NOT DISTINCT FROM (c.value, c.numerator, c.denominator, c.withdrawn)
    WHEN s.is_withdrawn IS NOT NULL THEN (s.value, s.numerator, s.denominator, s.is_withdrawn)
      IS NOT DISTINCT FROM (c.value, c.numerator, c.denominator, c.withdrawn)
    -- It has only confirmed what another said.
    WHEN NOT o.synthetic THEN (o.value, o.numerator, o.denominator, o.is_withdrawn)
      IS NOT DISTINCT FROM (c.value, c.numerator, c.denominator, c.withdrawn)
  END AS is_same
) said
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN NOT c.adds_up THEN 'AREA_SHARED'
    WHEN k.version IS NOT NULL AND c.version IS NULL AND NOT c.stands THEN 'VERSION_MISSING'
    WHEN c.version < k.version AND NOT c.stands THEN 'unchanged'
    -- What is taken back before it came must not come later, if it is older.
    WHEN o.id IS NULL AND c.withdrawn
      THEN CASE WHEN c.version IS NULL THEN 'unchanged' ELSE 'withdrawn' END
    WHEN o.id IS NULL THEN 'new'
    WHEN said.is_same AND (c.stands OR c.version = k.version OR c.version IS NULL) THEN 'unchanged'
    WHEN c.version = k.version AND NOT c.stands THEN 'VERSION_REUSED'
    -- Without versions counts what was received last, in whatever order it is taken.
    WHEN c.version IS NULL AND NOT $5::boolean AND NOT c.stands
      AND b.received_at > (SELECT t.received_at FROM batch t WHERE t.id = $4) THEN 'unchanged'
    WHEN c.withdrawn AND o.is_withdrawn THEN 'unchanged'
    WHEN NOT c.withdrawn AND NOT o.synthetic AND NOT o.is_withdrawn
      AND (o.value, o.numerator, o.denominator)
        IS NOT DISTINCT FROM (c.value, c.numerator, c.denominator) THEN 'unchanged'
    WHEN NOT o.synthetic AND NOT o.is_withdrawn AND c.is_unclear THEN 'AREA_SHARED'
    WHEN c.withdrawn THEN 'withdrawn'
    ELSE 'revised'
  END AS verdict
  OFFSET 0
) found
