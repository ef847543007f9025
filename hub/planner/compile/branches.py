"""Long ordered lists, read from the indexes that are in their order.

A reader with several scopes sees rows scattered through every such index. Each scope's index gives
its first rows in order, and the page is taken from those. The scopes only say where to look:
row-level security still decides which rows there are. Likewise where a list is of some linked rows,
given by their codes: each has an index of its own in that order.

A reader of many projects asks each for its first row alone; the page is among the projects that
have the foremost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hub.access.readers import Reader
from hub.model.conditions import All, Compare, Linked, Operator
from hub.model.entities import ToOne
from hub.planner.compile.conditions import holds
from hub.planner.values import Leaf

if TYPE_CHECKING:
    from hub.model.conditions import Condition
    from hub.model.entities import Entity, Reach
    from hub.planner.compile.writing import Writer

FEW = 100
"""The most projects of which each gives as many rows as the page has."""

MANY = 2_000
"""The most projects that are asked one by one; beyond it, the places they are of are."""

_IN_FORCE = (
    "(s.valid_from IS NULL OR s.valid_from <= now()) "
    "AND (s.valid_until IS NULL OR s.valid_until > now())"
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A link by which a list is narrowed to the rows of a few.

    Attributes:
        column: the row's own, with an index that goes on in the list's order.
        keys: SQL of the values to look for.
        rest: what else is asked of the rows.
    """

    column: str
    keys: str
    rest: Condition


class Parts(Protocol):
    """Writes what a page is made of; every row has with it what the list is ordered by."""

    def whole(self, alias: str, on: str) -> str:
        """Return SQL of the page of the rows, under *alias*, for which *on* holds."""

    def first(self, alias: str, on: str) -> str:
        """Return SQL of the first of them, and of it what the list is ordered by alone."""

    def foremost(self, alias: str) -> str:
        """Return in what order rows come that have it under *alias*, and how many are a page."""


def narrowing(writer: Writer, entity: Entity, condition: Condition) -> Narrowing | None:
    """Return the link to look by that leads to the fewest rows, if there is one."""
    reach = entity.reach
    parts = condition.parts if isinstance(condition, All) else (condition,)
    if reach is None:
        return None
    found = [part for part in parts if isinstance(part, Linked) and _is_by_code(entity, part)]
    if not found:
        return None
    chosen = min(found, key=lambda part: _FEWEST_ROWS.index(part.relation.name))
    target, there = chosen.target, writer.alias("w")
    assert chosen.condition is not None  # noqa: S101  (it is by code)
    where = holds(writer, target, there, chosen.condition)
    return Narrowing(
        chosen.relation.local.name,
        f"SELECT {there}.id FROM {target.table.name} AS {there} WHERE {where}",
        All(tuple(part for part in parts if part is not chosen)),
    )


_FEWEST_ROWS = ("facility", "area", "indicator", "project")
"""Links of figures, those with the fewest rows behind one code first."""


def _is_by_code(entity: Entity, part: Linked) -> bool:
    link, condition = part.relation, part.condition
    if not isinstance(link, ToOne) or link.name not in _FEWEST_ROWS or entity.reach is None:
        return False
    order = [link.local.name, entity.reach.order.name]
    is_indexed = any(
        [column.name for column in index.columns][:2] == order for index in entity.table.indexes
    )
    inner = condition.parts if isinstance(condition, All) else (condition,)
    return is_indexed and any(
        isinstance(each, Compare)
        and each.field.name == "code"
        and each.operator in (Operator.EQ, Operator.IN)
        and not (isinstance(each.operand, Leaf) and each.operand.value is None)
        for each in inner
    )


def branched(entity: Entity, reader: Reader, parts: Parts) -> str | None:
    """Return SQL of the rows that may be on the page, or None where branches are of no use.

    A row that several scopes reach comes several times.
    """
    reach = entity.reach
    if reach is None or reader is Reader.PUBLIC:
        return None
    begin, keys = _keys(reach, reader, parts)
    branches = " UNION ALL ".join(
        f"SELECT x.* FROM ({values}) AS k (key) CROSS JOIN LATERAL "
        f"({parts.whole('b', f'b.{column} = k.key')}) AS x"
        for column, values in keys
    )
    return f"{begin}{branches}"


def _keys(reach: Reach, reader: Reader, parts: Parts) -> tuple[str, list[tuple[str, str]]]:
    """Return how the branches begin, and the columns to look by, each with SQL of its values."""
    if reader is Reader.FEED:
        return "", [(reach.jurisdiction.name, "SELECT id FROM jurisdiction")]
    begin, places = "WITH", ""
    projects = f"SELECT DISTINCT unnest((SELECT hub_reach('{reach.data_class}'))) AS project_id"
    areas = f"SELECT unnest((SELECT hub_reach_areas('{reach.data_class}')))"
    if reader is Reader.STANDING:
        stood_for = "SELECT unnest((SELECT hub_standing_jurisdictions()))"
        begin = f"WITH s AS MATERIALIZED ({_elsewhere(reach, stood_for)}),"
        projects = "SELECT DISTINCT s.project_id FROM s WHERE s.area_id IS NULL"
        areas = "SELECT DISTINCT s.area_id FROM s WHERE s.area_id IS NOT NULL"
        places = f"{stood_for} UNION "
    begin += (
        f" r AS MATERIALIZED ({projects}), n AS MATERIALIZED (SELECT count(*) AS projects FROM r) "
    )
    number = "(SELECT n.projects FROM n)"
    places_of_many = (
        f"SELECT p.jurisdiction_id FROM project AS p WHERE {number} > {MANY} "
        "AND p.id IN (SELECT r.project_id FROM r) GROUP BY p.jurisdiction_id"
    )
    first = parts.first("b", f"b.{reach.project.name} = r.project_id")
    # Of many projects, those whose first row is not among the first have none on the page.
    projects_in_turn = (
        f"SELECT r.project_id FROM r WHERE {number} <= {FEW} UNION ALL "
        f"(SELECT r.project_id FROM r CROSS JOIN LATERAL ({first}) AS x "
        f"WHERE {number} BETWEEN {FEW + 1} AND {MANY} {parts.foremost('x')})"
    )
    return begin, [
        (reach.jurisdiction.name, f"{places}{places_of_many}"),
        (reach.project.name, projects_in_turn),
        (reach.area.name, areas),
        (reach.facility.name, "SELECT unnest((SELECT hub_facilities_run()))"),
    ]


def _elsewhere(reach: Reach, stood_for: str) -> str:
    """Return SQL of the scopes that lead out of the places stood for."""
    return (
        "SELECT DISTINCT s.project_id, s.area_id FROM scope AS s "
        f"WHERE s.data_class = '{reach.data_class}' AND s.capability = 'read' AND {_IN_FORCE} "
        "AND s.grant_id IN (SELECT g.id FROM access_grant AS g "
        "WHERE g.holder_id = (SELECT hub_agency_id()) AND g.role IS DISTINCT FROM 'standing') "
        "AND (s.project_id IS NULL OR NOT EXISTS (SELECT 1 FROM project AS p "
        f"WHERE p.id = s.project_id AND p.jurisdiction_id IN ({stood_for})))"
    )
