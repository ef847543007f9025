"""Long ordered lists, read branch by branch.

A reader with several scopes sees rows scattered through every index that is in the list's order. To
read them all and sort them would cost what the whole list costs; instead each scope's own index
gives its first rows in order, and the page is taken from those. The branches only say where to
look: row-level security still decides which of their rows there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Integer, Select, all_, cast, func, or_, select

from hub.model.authority import access_grant, scope
from hub.model.facilities import facility
from hub.model.programme import project

if TYPE_CHECKING:
    from collections.abc import Sequence

    import asyncpg
    from sqlalchemy import ColumnElement, FromClause

    from hub.loaders.rows import Page
    from hub.model.entities import Entity, Reach

_NOWHERE = 0
"""No project has this id."""

MOST = 24
"""The most branches that are worth it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows whose *column* is *value*."""

    column: str
    value: int


def is_branched(entity: Entity, page: Page, *, is_narrowed: bool) -> bool:
    """Return whether a page of *entity* is worth branches: in their order, and unfiltered."""
    reach = entity.reach
    if reach is None or is_narrowed:
        return False
    first = page.order[0]
    return first.link is None and first.column is reach.order


def scopes_of(reach: Reach) -> Select[Any]:
    """Select the asking agency's scopes to read such rows."""
    now = func.now()
    return (
        select(scope.c.project_id, scope.c.area_id)
        .distinct()
        .where(
            scope.c.data_class == reach.data_class,
            scope.c.capability == "read",
            or_(scope.c.valid_from.is_(None), scope.c.valid_from <= now),
            or_(scope.c.valid_until.is_(None), scope.c.valid_until > now),
        )
    )


def scopes_elsewhere(reach: Reach) -> Select[Any]:
    """Select those of the asking agency's scopes that lead out of the places it stands for."""
    places = select(func.hub_standing_jurisdictions()).scalar_subquery()
    is_elsewhere = project.c.jurisdiction_id != all_(cast(places, ARRAY(Integer)))
    return (
        scopes_of(reach)
        .outerjoin(project, project.c.id == scope.c.project_id)
        .where(or_(scope.c.project_id.is_(None), is_elsewhere))
    )


def jurisdictions_of() -> Select[Any]:
    """Select the places that the asking agency is standing agency of."""
    held = access_grant.c.holder_id.is_not(None)
    return (
        select(access_grant.c.jurisdiction_id)
        .distinct()
        .where(access_grant.c.role == "standing", held)
    )


def facilities_run() -> Select[Any]:
    """Select the facilities that the asking agency runs: no scope leads to their figures."""
    return select(facility.c.id).where(facility.c.managed_by_id == func.hub_agency_id())


def branches_of(
    reach: Reach,
    scopes: Sequence[asyncpg.Record],
    facilities: Sequence[asyncpg.Record],
    places: Sequence[asyncpg.Record] = (),
) -> list[Branch]:
    """Return the branches of *scopes*, own *facilities* and *places* stood for.

    An empty list says to look everywhere; where there is nothing of the three there is one branch,
    and nothing on it.
    """
    projects = {row["project_id"] for row in scopes if row["area_id"] is None}
    areas = {row["area_id"] for row in scopes if row["area_id"] is not None}
    branches = [
        *(Branch(reach.jurisdiction.name, row["jurisdiction_id"]) for row in places),
        *(Branch(reach.project.name, project) for project in sorted(projects)),
        *(Branch(reach.area.name, area) for area in sorted(areas)),
        *(Branch(reach.facility.name, row["id"]) for row in facilities),
    ]
    if not branches:
        return [Branch(reach.project.name, _NOWHERE)]
    return branches if len(branches) <= MOST else []


def within(table: FromClause, branch: Branch) -> ColumnElement[bool]:
    """Return the condition that a row is of *branch*."""
    condition: ColumnElement[bool] = table.c[branch.column] == branch.value
    return condition


def merged(statements: Sequence[Select[Any]]) -> Select[Any]:
    """Select the ids that the branches' *statements* give."""
    together = statements[0].union_all(*statements[1:]).subquery("branches")
    return select(together.c.id)
