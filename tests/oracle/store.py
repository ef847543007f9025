"""A world, written into a database as the loader writes: grants follow by the hub's own rules."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, insert

from hub.access.derivation import Assigned, Holder, Right, derive, spread
from hub.access.derivation import Grant as Derived
from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.model.authority import access_grant, account
from hub.model.catalogue import BY_NAME
from hub.model.entities import Field, Localized, ToOne
from hub.model.vocabulary import graphql_name
from tests.oracle.rights import newest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.model.entities import Entity
    from tests.oracle.rights import Row
    from tests.oracle.world.rows import World

ISSUER: Final = "oracle"
_ROLES: Final = Path(__file__).parents[2] / "hub" / "reference" / "roles.csv"
_FIRST: Final = (
    "Jurisdiction",
    "Area",
    "Agency",
    "Programme",
    "Project",
    "Indicator",
    "Period",
    "FacilityType",
    "Facility",
    "DataSource",
    "Batch",
)


async def write_world(database: Database, world: World) -> None:
    """Fill an empty database with *world*."""
    order = [*_FIRST, *(name for name in BY_NAME if name not in {*_FIRST, "Grant"})]
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        for name in order:
            rows = world.tables.get(name, {}).values()
            await _insert(transaction, BY_NAME[name].table, [_cells(world, name, r) for r in rows])
        accounts = [
            {
                "id": r["#"],
                "issuer": ISSUER,
                "subject": r["subject"],
                "kind": r["kind"],
                "agency_id": r["agency"],
                "suspended_at": r["suspendedAt"],
            }
            for r in world.tables["_Account"].values()
        ]
        await _insert(transaction, account, accounts)
        await write_grants(transaction, world)


async def write_grants(transaction: Transaction, world: World) -> None:
    """Write what follows from the world's assignments and decisions."""
    names = {
        kind: _codes(world, kind) for kind in ("Agency", "Jurisdiction", "Programme", "Project")
    }
    areas = {_area_key(row): row["#"] for row in world.tables["Area"].values()}
    rows = []
    for grant, more in (*_derived(world), *_given(world)):
        rows.append(
            {
                "code": grant.code,
                "origin": grant.origin,
                "holder_id": grant.holder and names["Agency"][grant.holder],
                "role": grant.role,
                "jurisdiction_id": grant.jurisdiction and names["Jurisdiction"][grant.jurisdiction],
                "programme_id": grant.programme and names["Programme"][grant.programme],
                "project_id": grant.project and names["Project"][grant.project],
                "data_classes": list(grant.data_classes),
                "capabilities": list(grant.capabilities),
                "states": list(grant.states),
                "area_scope": grant.area_scope,
                "area_id": grant.area and areas[grant.area],
                "valid_from": None,
                "valid_until": None,
                "is_break_glass": False,
                "limits": None,
                "basis": None,
                **more,
            }
        )
    await _insert(transaction, access_grant, rows)


def _derived(world: World) -> Iterable[tuple[Derived, dict[str, Any]]]:
    tables = world.tables
    assigned = [
        Assigned(
            row["code"],
            tables["Jurisdiction"][row["jurisdiction"]]["code"],
            tables["Programme"][row["programme"]]["code"],
            _code(world, "Project", row["project"]),
            tables["Agency"][row["agency"]]["code"],
            row["role"].lower(),
            row["covers"].lower(),
            "basis",
        )
        for row in newest(tables["Assignment"].values())
    ]
    with _ROLES.open(encoding="utf-8") as lines:
        rights = [
            Right(
                row["role"],
                _split(row["data_classes"]),
                _split(row["capabilities"]),
                row["area_scope"],
                _split(row["states"]),
                row["only_if_unled"] == "true",
                row["why"],
            )
            for row in csv.DictReader(lines)
        ]
    led = frozenset(r["code"] for r in tables["Project"].values() if r["lead"] is not None)
    for grant in derive(assigned, rights, _holders(world), led):
        yield grant, {}


def _given(world: World) -> Iterable[tuple[Derived, dict[str, Any]]]:
    for row in world.tables["Grant"].values():
        area = row.get("area")
        grant = Derived(
            row["code"],
            row["origin"].lower(),
            _code(world, "Agency", row["_holder"]),
            None,
            _code(world, "Jurisdiction", row["jurisdiction"]),
            None,
            _code(world, "Project", row["project"]),
            tuple(name.lower() for name in row["dataClasses"]),
            tuple(name.lower() for name in row["capabilities"]),
            tuple(name.lower() for name in row["states"]),
            row["areaScope"].lower().replace("_", " "),
            None if area is None else _area_key(world.tables["Area"][area]),
        )
        more = {
            "valid_from": row["validFrom"],
            "valid_until": row["validUntil"],
            "is_break_glass": row["_breaksGlass"],
            "limits": row["limits"],
            "basis": row["basis"],
        }
        held = (grant,) if row["origin"] == "EXPLICIT" else spread(grant, _holders(world))
        for each in held:
            yield each, more


def _holders(world: World) -> Mapping[str, Holder]:
    return {
        row["code"]: Holder(
            row["code"],
            row["level"].lower(),
            row["isGroup"],
            _code(world, "Agency", row["group"]),
            None if row["area"] is None else _area_key(world.tables["Area"][row["area"]]),
        )
        for row in world.tables["Agency"].values()
    }


def _area_key(row: Row) -> tuple[str, str]:
    return row["code"], str(row["validFrom"])


def _code(world: World, kind: str, number: int | None) -> str | None:
    return None if number is None else str(world.tables[kind][number]["code"])


def _codes(world: World, kind: str) -> dict[str, int]:
    return {row["code"]: row["#"] for row in world.tables[kind].values()}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _cells(world: World, name: str, row: Row) -> dict[str, object]:
    """Return the row as its table holds it."""
    entity = BY_NAME[name]
    cells: dict[str, object] = {}
    for member in entity.members:
        if isinstance(member, Field):
            cells[member.column.name] = _stored(member, row[member.name])
        elif isinstance(member, Localized):
            cells[member.vi.name] = row[member.name]["VI"]
            cells[member.en.name] = row[member.name]["EN"]
        elif isinstance(member, ToOne):
            cells[member.local.name] = row[member.name]
    if "id" in entity.table.c:
        cells["id"] = row["#"]
    cells |= _hidden(world, entity, row)
    # What the database makes of other columns is not written.
    return {name: cell for name, cell in cells.items() if entity.table.c[name].computed is None}


def _hidden(world: World, entity: Entity, row: Row) -> dict[str, object]:
    """Return the cells that are not published."""
    cells: dict[str, object] = {}
    if entity.revisions is not None:
        later = [
            r
            for r in world.tables[entity.name].values()
            if r["_origin"] == row["_origin"] and r["_revision"] > row["_revision"]
        ]
        cells["superseded_at"] = min((r["_recorded"] for r in later), default=None)
        cells["revision"] = row["_revision"]
        cells["recorded_at"] = row["_recorded"]
        cells["is_withdrawn"] = row["_withdrawn"]
    match entity.name:
        case "Observation":
            cells |= {"id": row["_id"], "origin_id": row["_origin"]}
            cells["period_start"] = world.tables["Period"][row["period"]]["start"]
            cells["batch_id"] = _identity(world, row["batch"])
        case "Batch":
            cells |= {"id": row["_id"], "size_bytes": row["size"]}
        case "BatchRow":
            cells |= {"id": row["_id"], "batch_id": _identity(world, row["batch"])}
        case "Submission":
            cells["id"] = row["_id"]
            cells["period_start"] = world.tables["Period"][row["period"]]["start"]
        case "ReportForm":
            cells["programme_id"] = row["_programme"]
        case "Facility":
            cells["reporting_area_id"] = row["_reportsFor"]
        case "Eligibility":
            facility = world.tables["Facility"][row["facility"]]
            cells["reporting_area_id"] = facility["_reportsFor"]
        case "Notice":
            cells |= {"id": row["_id"], "agency_id": row["_agency"]}
        case "AuditEntry":
            cells |= {"id": row["_id"], "previous": bytes(32), "hash": bytes(32)}
        case "AreaStatusEvidence":
            cells["area_status_id"] = row["areaStatus"]
        case _:
            pass
    return cells


def _identity(world: World, batch: int | None) -> str | None:
    return None if batch is None else str(world.tables["Batch"][batch]["_id"])


def _stored(member: Field, value: Any) -> object:
    if member.vocabulary is None or value is None:
        return value
    values = {graphql_name(each): each for each in member.vocabulary.values}
    return [values[each] for each in value] if member.is_list else values[value]


async def _insert(transaction: Transaction, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns = list(rows[0])
        for row in rows:
            assert list(row) == columns, table.name
        await transaction.execute(insert(table).values(rows))
