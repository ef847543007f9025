"""A city to measure on: about 2,000 projects, 200 indicators, 1.5 million figures; all made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from hub.database.address import Address

WARD_PROJECTS = 15
INDICATORS = 200
MONTHS = 60

_PROJECTS = """
INSERT INTO project (code, node_type, is_national, programme_id, jurisdiction_id, name_vi, name_en,
                     lead_agency_id, source_document_id, inferred, synthetic)
SELECT 'bench.' || a.code || '.' || n, 'project', false, p.id, p.jurisdiction_id,
       'Dự án thử tải ' || n || ' ' || a.name, 'Benchmark project', g.id, p.source_document_id,
       false, true
FROM programme p
CROSS JOIN (SELECT * FROM area WHERE level = 'ward' AND valid_to IS NULL) a
JOIN agency g ON g.code = 'hn.ubnd-cap-xa.' || a.code
CROSS JOIN generate_series(1, $1::int) n
WHERE p.code = 'hn.ctmtqg-2030'
"""

_INDICATORS = """
INSERT INTO indicator (code, jurisdiction_id, programme_id, project_id, national_project_id,
                       name_vi, name_en, unit, comparator, direction, target_kind, aggregation,
                       source_document_id, inferred, synthetic)
SELECT 'bench.chi-tieu.' || lpad(n::text, 3, '0'), p.jurisdiction_id, p.programme_id, p.id,
       p.national_project_id, 'Chỉ tiêu thử tải ' || n, 'Benchmark indicator', 'percent', 'gte',
       'up', 'quantified', 'ratio_of_sums', p.source_document_id, false, true
FROM generate_series(0, $1::int - 1) n
JOIN (
  SELECT row_number() OVER (ORDER BY code) - 1 AS place, * FROM project
  WHERE code IN ('hn.ctmtqg-2030.da5', 'hn.ctmtqg-2030.da6', 'hn.ctmtqg-2030.da7.tda1',
                 'hn.ctmtqg-2030.da7.tda3', 'hn.ctmtqg-2030.da7.tda4', 'hn.ctmtqg-2030.da8',
                 'hn.ctmtqg-2030.da9')
) p ON p.place = n % 7
"""

_TARGETS = """
INSERT INTO target (code, indicator_id, jurisdiction_id, target_type, year, value, comparator, unit,
                    anomalies, source_document_id, inferred, synthetic)
SELECT i.code || '.' || y, i.id, i.jurisdiction_id, 'yearly', y, 50 + (y - 2026) * 10, 'gte',
       'percent', '{}', i.source_document_id, false, true
FROM indicator i CROSS JOIN generate_series(2026, 2030) y WHERE i.code LIKE 'bench.%'
"""

_FIGURES = """
INSERT INTO observation (id, origin_id, jurisdiction_id, project_id, indicator_id, area_id,
                         agency_id, period_id, period_start, value, numerator, denominator, status,
                         revision, recorded_at, source, synthetic)
SELECT w.id, w.id, i.jurisdiction_id, i.project_id, i.id, a.id, g.id, m.id, m.starts_on,
       round(100.0 * part / whole, 2), part, whole,
       CASE WHEN m.starts_on < date '2026-06-01' THEN 'accepted' ELSE 'submitted' END,
       1, m.ends_on + interval '3 days', 'bench', true
FROM indicator i
CROSS JOIN (SELECT * FROM area WHERE level = 'ward' AND valid_to IS NULL) a
JOIN agency g ON g.code = 'hn.ubnd-cap-xa.' || a.code
CROSS JOIN (
  SELECT * FROM period WHERE calendar = 'calendar' AND kind = 'month' AND starts_on >= '2022-01-01'
  ORDER BY starts_on LIMIT $1::int
) m
CROSS JOIN LATERAL (
  SELECT md5(concat_ws('-', i.id, a.id, m.id))::uuid AS id, 50 + (i.id * 7 + a.id) % 150 AS whole
) w
CROSS JOIN LATERAL (SELECT (w.whole * ((a.id * 13 + m.id) % 90 + 5)) / 100 AS part) n
WHERE i.code LIKE 'bench.%'
"""


async def build_city(address: Address, *, scale: int = 1) -> None:
    """Fill the loaded database at *address* with a city *scale* times the usual size."""
    connection = await asyncpg.connect(address.url, command_timeout=1800)
    try:
        await connection.execute("SET synchronous_commit = off")
        await connection.execute(_PROJECTS, WARD_PROJECTS * scale)
        await connection.execute(_INDICATORS, INDICATORS * scale)
        await connection.execute(_TARGETS)
        await connection.execute(_FIGURES, MONTHS)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
