"""A city to measure on: about 2,000 projects, 200 reported indicators, 1.5 million figures.

All of it is made up. Besides the wards' own projects there is a group of ``SHARED_PROJECTS`` with
ten promised indicators each, of five yearly targets and no figure yet, which a department and a
ward are given to read: what a nested page shows is the same for every kind of reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg
from rich.progress import track

if TYPE_CHECKING:
    from hub.database.address import Address

WARD_PROJECTS: Final = 15
SHARED_PROJECTS: Final = 60
INDICATORS: Final = 200
MONTHS: Final = 60

_CHUNK: Final = 10
"""So many indicators' figures are inserted at a time."""

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

_SHARED_GROUP = """
INSERT INTO project (code, node_type, is_national, programme_id, jurisdiction_id, name_vi, name_en,
                     source_document_id, inferred, synthetic)
SELECT 'bench.chung', 'project_group', false, id, jurisdiction_id, 'Nhóm dự án thử tải',
       'Benchmark group', source_document_id, false, true
FROM programme WHERE code = 'hn.ctmtqg-2030'
"""

_SHARED_PROJECTS = """
INSERT INTO project (code, node_type, is_national, programme_id, jurisdiction_id, parent_id,
                     name_vi, name_en, lead_agency_id, source_document_id, inferred, synthetic)
SELECT p.code || '.' || lpad(n::text, 4, '0'), 'project', false, p.programme_id, p.jurisdiction_id,
       p.id, 'Dự án chung thử tải ' || n, 'Benchmark shared project', g.id, p.source_document_id,
       false, true
FROM project p
CROSS JOIN generate_series(1, $1::int) n
JOIN (
  SELECT row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS places, id FROM agency
  WHERE code LIKE 'hn.ubnd-cap-xa.%'
) g ON g.place = n % g.places + 1
WHERE p.code = 'bench.chung'
"""

_GRANTS = """
INSERT INTO access_grant (code, origin, holder_id, jurisdiction_id, project_id, data_classes,
                          capabilities, area_scope, why)
SELECT 'bench.' || g.code, 'explicit', g.id, p.jurisdiction_id, p.id, '{observation}', '{read}',
       'all', 'Benchmark: reads the shared group.'
FROM project p CROSS JOIN agency g
WHERE p.code = 'bench.chung' AND g.code = ANY ($1::text[])
"""

ADD_INDICATORS: Final = """
INSERT INTO indicator (code, jurisdiction_id, programme_id, project_id, national_project_id,
                       name_vi, name_en, unit, comparator, direction, target_kind, aggregation,
                       source_document_id, inferred, synthetic)
SELECT 'bench.chi-tieu.' || lpad(n::text, greatest(3, length(n::text)), '0'), p.jurisdiction_id,
       p.programme_id, p.id, p.national_project_id, 'Chỉ tiêu thử tải ' || n, 'Benchmark indicator',
       'percent', 'gte', 'up', 'quantified', 'ratio_of_sums', p.source_document_id, false, true
FROM generate_series(0, $1::int - 1) n
JOIN (
  SELECT row_number() OVER (ORDER BY code) - 1 AS place, * FROM project
  WHERE code IN ('hn.ctmtqg-2030.da5', 'hn.ctmtqg-2030.da6', 'hn.ctmtqg-2030.da7.tda1',
                 'hn.ctmtqg-2030.da7.tda3', 'hn.ctmtqg-2030.da7.tda4', 'hn.ctmtqg-2030.da8',
                 'hn.ctmtqg-2030.da9')
) p ON p.place = n % 7
"""

_PROMISES = """
INSERT INTO indicator (code, jurisdiction_id, programme_id, project_id, name_vi, name_en, unit,
                       comparator, direction, target_kind, aggregation, source_document_id,
                       inferred, synthetic)
SELECT p.code || '.ct' || n, p.jurisdiction_id, p.programme_id, p.id,
       'Chỉ tiêu ' || n || ' của ' || p.name_vi, 'Promised indicator', 'percent', 'gte', 'up',
       'quantified', 'ratio_of_sums', p.source_document_id, false, true
FROM project p CROSS JOIN generate_series(0, 9) n
WHERE p.code LIKE 'bench.chung.%'
"""

_TARGETS = """
INSERT INTO target (code, indicator_id, jurisdiction_id, target_type, year, value, comparator, unit,
                    anomalies, source_document_id, inferred, synthetic)
SELECT i.code || '.' || y, i.id, i.jurisdiction_id, 'yearly', y, 50 + (y - 2026) * 10, 'gte',
       'percent', '{}', i.source_document_id, false, true
FROM indicator i CROSS JOIN generate_series(2026, 2030) y WHERE i.code LIKE 'bench.%'
"""

_REPORTED = "SELECT id FROM indicator WHERE code LIKE 'bench.chi-tieu.%' ORDER BY code"

# Of every third indicator the ward's health station reports, where the project has stations.
_FIGURES = """
INSERT INTO observation (id, origin_id, jurisdiction_id, project_id, indicator_id, area_id,
                         facility_id, agency_id, period_id, period_start, period_end,
                         reporting_area_id, value, numerator, denominator, status, revision,
                         recorded_at, source, synthetic)
SELECT w.id, w.id, i.jurisdiction_id, i.project_id, i.id, a.id, f.id, g.id, m.id, m.starts_on,
       m.ends_on, CASE WHEN f.id IS NULL THEN a.id ELSE f.reporting_area_id END,
       round(100.0 * part / whole, 2), part, whole,
       CASE WHEN m.starts_on < date '2026-06-01' THEN 'accepted' ELSE 'submitted' END,
       1, m.ends_on + interval '3 days', 'bench', true
FROM indicator i
CROSS JOIN (SELECT * FROM area WHERE level = 'ward' AND valid_to IS NULL) a
JOIN agency g ON g.code = 'hn.ubnd-cap-xa.' || a.code
LEFT JOIN facility f ON f.code = 'hn.tram-y-te.' || a.code AND f.project_id = i.project_id
  AND right(i.code, 3)::int % 3 = 0
CROSS JOIN (
  SELECT * FROM period WHERE calendar = 'calendar' AND kind = 'month' AND starts_on >= '2022-01-01'
  ORDER BY starts_on LIMIT $1::int
) m
CROSS JOIN LATERAL (
  SELECT md5(concat_ws('-', i.id, a.id, m.id))::uuid AS id, 50 + (i.id * 7 + a.id) % 150 AS whole
) w
CROSS JOIN LATERAL (SELECT (w.whole * ((a.id * 13 + m.id) % 90 + 5)) / 100 AS part) n
WHERE i.id = ANY ($2::int[])
"""

_KEYS = """
SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
WHERE conrelid = 'observation'::regclass AND contype IN ('p', 'u')
"""

_INDEXES = """
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
WHERE indrelid = 'observation'::regclass
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


async def build_city(
    address: Address, *, scale: int = 1, readers: tuple[str, ...] = ("hn.so-y-te",)
) -> None:
    """Fill the loaded database at *address* with a city *scale* times the usual size.

    The agencies *readers* may read the shared projects.
    """
    connection = await asyncpg.connect(address.url, command_timeout=3600)
    try:
        await connection.execute("SET synchronous_commit = off")
        await connection.execute(_PROJECTS, WARD_PROJECTS * scale)
        await connection.execute(_SHARED_GROUP)
        await connection.execute(_SHARED_PROJECTS, SHARED_PROJECTS * scale)
        await connection.execute(_GRANTS, list(readers))
        await connection.execute(ADD_INDICATORS, INDICATORS * scale)
        await connection.execute(_PROMISES)
        await connection.execute(_TARGETS)
        await _add_figures(connection)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _add_figures(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """Add the figures while there is no index; each is made anew at the end, by sorting."""
    # What the triggers would set is set above; what the keys would check is taken from them.
    await connection.execute("SET session_replication_role = replica")
    indicators = [row["id"] for row in await connection.fetch(_REPORTED)]
    keys, indexes = await connection.fetch(_KEYS), await connection.fetch(_INDEXES)
    for key in keys:
        await connection.execute(f"ALTER TABLE observation DROP CONSTRAINT {key['name']}")
    for index in indexes:
        await connection.execute(f"DROP INDEX {index['name']}")
    for start in track(range(0, len(indicators), _CHUNK), description="Figures"):
        await connection.execute(_FIGURES, MONTHS, indicators[start : start + _CHUNK])
    await connection.execute("SET maintenance_work_mem = '1GB'")
    again = [f"ALTER TABLE observation ADD CONSTRAINT {k['name']} {k['definition']}" for k in keys]
    again += [index["definition"] for index in indexes]
    for statement in track(again, description="Indexes"):
        await connection.execute(statement)
