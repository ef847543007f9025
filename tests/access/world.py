"""A small world for proofs: the reference data, and rows that tell right from wrong.

The demonstration has plausible figures; these are the implausible ones: drafts in a foreign ward,
figures of a project that nobody guides, of a closed unit whose code a ward bears today, of other
places. The owner writes them, as some future loader would; what is true is read as the owner, too.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from hub.model.columns import METADATA
from tests.access.reading import Figure, Place, Reading

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from hub.database.address import Address

Key = tuple[object, ...]

WARD: Final = "00004"
OTHER_WARD: Final = "00025"
OPERATOR: Final = "thu.co-so"
"""An agency that runs facilities in the ward, which are none of the ward's."""

_MORE_PROJECTS: Final = (
    {
        "code": "ct.ctmtqg-2030.da5",
        "jurisdiction": "ct",
        "programme": "ctmtqg-2030",
        "instance_of": "ctmtqg-2030.da5",
        "parent": "",
    },
    {
        "code": "na.ctpcmt-2020.trang-bi-csdt",
        "jurisdiction": "na",
        "programme": "ctpcmt-2020",
        "instance_of": "ctpcmt-2020.trang-bi-csdt",
        "parent": "",
    },
)
"""Local projects of the places that no source names any of."""

_WARD_OF: Final = "CASE WHEN {0}.level = 'ward' AND {0}.valid_to IS NULL THEN {0}.code END"

_FIGURES: Final = f"""
SELECT o.id, o.origin_id, o.revision, i.code, a.code, g.code, m.label, o.status,
       f.code, operator.code, {_WARD_OF.format("keeper")},
       j.code, r.code, p.code, {_WARD_OF.format("a")}
FROM observation o
JOIN indicator i ON i.id = o.indicator_id
JOIN project p ON p.id = o.project_id
JOIN programme r ON r.id = p.programme_id
JOIN jurisdiction j ON j.id = o.jurisdiction_id
JOIN area a ON a.id = o.area_id
JOIN agency g ON g.id = o.agency_id
JOIN period m ON m.id = o.period_id
LEFT JOIN facility f ON f.id = o.facility_id
LEFT JOIN agency operator ON operator.id = f.managed_by_id
LEFT JOIN area keeper ON keeper.id = f.reporting_area_id
"""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of a table say what its rows belong to."""

    agency: str
    area: str = "NULL::int"
    project: str = "t.project_id"
    programme: str = "NULL::int"
    settled: str = "true"


_PLACED: Final = {
    "facility": _Columns("t.managed_by_id", "t.reporting_area_id"),
    "eligibility": _Columns(
        "(SELECT f.managed_by_id FROM facility f WHERE f.id = t.facility_id)",
        "t.reporting_area_id",
    ),
    "task": _Columns("t.agency_id", programme="t.programme_id"),
    "budget_line": _Columns("t.agency_id", "t.area_id"),
    "training": _Columns("t.agency_id", "t.area_id"),
    "area_status": _Columns("NULL::int", "t.area_id", settled="t.stage = 'recognised'"),
    "pilot_model": _Columns("t.agency_id", "t.area_id"),
    "submission": _Columns(
        "t.agency_id", "t.area_id", settled="t.status IN ('accepted', 'published')"
    ),
    "review": _Columns("t.agency_id"),
    "finding": _Columns("t.agency_id", "t.area_id", settled="t.issued_on IS NOT NULL"),
    "data_source": _Columns("t.owner_id", project="NULL::int"),
    "batch": _Columns("t.agency_id", project="NULL::int"),
    "batch_row": _Columns("t.agency_id", project="NULL::int"),
}
_PARENTS: Final = {
    "facility_condition": "facility_id",
    "task_partner": "task_id",
    "task_indicator": "task_id",
    "task_document": "task_id",
    "task_progress": "task_id",
    "area_status_evidence": "area_status_id",
    "finding": "review_id",
    "source_right": "source_id",
    "source_share": "source_id",
    "source_term": "source_id",
}
_HOLDERS: Final = {
    "account": "agency_id",
    "access_grant": "holder_id",
    "audit_entry": "agency_id",
    "notice": "agency_id",
    "reach": "holder_id",
    "scope": "holder_id",
    "task_progress": "agency_id",
}


def indicator_of(project: str) -> str:
    """Return this world's indicator of a local project."""
    return f"thu.{project}"


@asynccontextmanager
async def as_owner(address: Address) -> AsyncIterator[asyncpg.Connection]:
    """Open a connection that sees and may do everything: for what is true, never for a promise."""
    connection = await asyncpg.connect(address.url)
    try:
        yield connection
    finally:
        await connection.close()


async def furnish(address: Address) -> None:
    """Add this world's own rows to the reference data at *address*."""
    script = Path(__file__).with_name("world.sql").read_text(encoding="utf-8")
    async with as_owner(address) as connection:
        await connection.execute(script.format(ward=WARD, other=OTHER_WARD))
        await connection.execute("VACUUM ANALYZE")


@dataclass(frozen=True, slots=True)
class Stored:
    """A row that belongs to a place; *settled* says that it counts as accepted."""

    place: Place
    agency: str | None
    settled: bool


@dataclass(frozen=True)
class Truth:
    """What is stored, whoever may see it.

    Attributes:
        keys: the primary keys of every table's rows.
        projects: the code of every local project's key.
        rows: by table, what belongs to a place.
        parents: by table, the row that a row belongs to.
        holders: by table, the agency, if any, that a row is of.
        common_grants: the grants of nobody in particular.
    """

    reading: Reading
    figures: tuple[Figure, ...]
    keys: Mapping[str, set[Key]]
    projects: Mapping[Key, str]
    rows: Mapping[str, Mapping[Key, Stored]]
    parents: Mapping[str, Mapping[Key, Key]]
    holders: Mapping[str, Mapping[Key, str | None]]
    common_grants: set[Key]

    def of(self, project: str) -> list[Figure]:
        """Return the figures of this world's indicator of a local project."""
        return [each for each in self.figures if each.indicator == indicator_of(project)]


def key_columns(table: str) -> list[str]:
    """Return the names of the columns that identify a row of *table*."""
    return [column.name for column in METADATA.tables[table].primary_key.columns]


async def read_truth(address: Address) -> Truth:
    """Return what is stored at *address*."""
    async with as_owner(address) as connection:
        return await _Reader(connection).truth()


async def fingerprint(address: Address) -> str:
    """Return a sum of every row of every table, which any change changes."""
    sums = " UNION ALL ".join(
        f"SELECT '{table}' AS name, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) "
        f"AS sum FROM {table} t"
        for table in METADATA.tables
    )
    async with as_owner(address) as connection:
        found: str = await connection.fetchval(
            f"SELECT string_agg(name || sum, ' ' ORDER BY name) FROM ({sums}) AS each"
        )
    return found


def _figure(row: asyncpg.Record) -> Figure:
    values = list(row)
    return Figure(*[*values[:11], Place(*values[11:])])


@dataclass(frozen=True, slots=True)
class _Reader:
    connection: asyncpg.Connection

    async def truth(self) -> Truth:
        fetch = self.connection.fetch
        local = await fetch("SELECT id, code FROM project WHERE NOT is_national")
        common = await fetch("SELECT id FROM access_grant WHERE holder_id IS NULL")
        return Truth(
            reading=Reading(_MORE_PROJECTS),
            figures=tuple(map(_figure, await fetch(_FIGURES))),
            keys={table: set(await self._keyed(table, "1")) for table in METADATA.tables},
            projects={(id_,): code for id_, code in local},
            rows={table: await self._placed(table, columns) for table, columns in _PLACED.items()},
            parents={
                table: {
                    key: (parent,)
                    for key, parent in (await self._keyed(table, f"t.{column}")).items()
                }
                for table, column in _PARENTS.items()
            },
            holders={
                table: await self._keyed(
                    table, f"(SELECT g.code FROM agency g WHERE g.id = t.{column})"
                )
                for table, column in _HOLDERS.items()
            },
            common_grants={tuple(row) for row in common},
        )

    async def _keyed(self, table: str, value: str) -> dict[Key, Any]:
        keys = ", ".join(f"t.{name}" for name in key_columns(table))
        rows = await self.connection.fetch(f"SELECT {keys}, {value} FROM {table} t")
        return {tuple(row)[:-1]: row[-1] for row in rows}

    async def _placed(self, table: str, columns: _Columns) -> dict[Key, Stored]:
        rows = await self.connection.fetch(
            f"""
            SELECT t.id, j.code, r.code, p.code, {_WARD_OF.format("a")}, g.code, {columns.settled}
            FROM {table} t
            JOIN jurisdiction j ON j.id = t.jurisdiction_id
            LEFT JOIN project p ON p.id = {columns.project}
            LEFT JOIN programme r ON r.id = coalesce(p.programme_id, {columns.programme})
            LEFT JOIN area a ON a.id = {columns.area}
            LEFT JOIN agency g ON g.id = {columns.agency}
            """
        )
        return {(row[0],): Stored(Place(*row[1:5]), row[5], row[6]) for row in rows}
