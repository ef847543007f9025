"""Long ordered lists, read from every scope's own index.

A reader with several scopes sees rows scattered through every index that is in the list's order.
Each scope's index gives its first rows in order, and the page is taken from those. The scopes only
say where to look: row-level security still decides which rows there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.access.readers import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.model.entities import Entity, Reach

MOST = 24
"""The most projects that are looked for one by one; beyond it, the places they are of are."""

_IN_FORCE = (
    "(s.valid_from IS NULL OR s.valid_from <= now()) "
    "AND (s.valid_until IS NULL OR s.valid_until > now())"
)


def branched(entity: Entity, reader: Reader, page_of: Callable[[str, str], str]) -> str | None:
    """Return SQL of the rows that may be on the page, or None where branches are of no use.

    *page_of* returns a page, given an alias for its rows and a condition on them. A row that
    several scopes reach comes several times.
    """
    reach = entity.reach
    if reach is None or reader is Reader.PUBLIC:
        return None
    scopes, keys = _keys(reach, reader)
    branches = " UNION ALL ".join(
        f"SELECT x.* FROM ({values}) AS k (key) CROSS JOIN LATERAL "
        f"({page_of('b', f'b.{column} = k.key')}) AS x"
        for column, values in keys
    )
    return f"WITH s AS MATERIALIZED ({scopes}) {branches}"


def _keys(reach: Reach, reader: Reader) -> tuple[str, list[tuple[str, str]]]:
    """Return SQL of the scopes, and the columns to look by, each with SQL of its values."""
    if reader is Reader.FEED:
        return "SELECT 1", [(reach.jurisdiction.name, "SELECT id FROM jurisdiction")]
    scopes = (
        "SELECT DISTINCT s.project_id, s.area_id FROM scope AS s "
        f"WHERE s.data_class = '{reach.data_class}' AND s.capability = 'read' AND {_IN_FORCE}"
    )
    places = ""
    if reader is Reader.STANDING:
        stood_for = "SELECT unnest((SELECT hub_standing_jurisdictions()))"
        scopes += (
            " AND s.grant_id IN (SELECT g.id FROM access_grant AS g "
            "WHERE g.holder_id = (SELECT hub_agency_id()) AND g.role IS DISTINCT FROM 'standing') "
            "AND (s.project_id IS NULL OR NOT EXISTS (SELECT 1 FROM project AS p "
            f"WHERE p.id = s.project_id AND p.jurisdiction_id IN ({stood_for})))"
        )
        places = f"{stood_for} UNION "
    projects = "SELECT DISTINCT s.project_id FROM s WHERE s.area_id IS NULL"
    are_few = f"(SELECT count(*) FROM ({projects} LIMIT {MOST + 1}) AS c) <= {MOST}"
    places_of_many = (
        f"SELECT p.jurisdiction_id FROM project AS p WHERE NOT {are_few} AND p.id IN ({projects}) "
        "GROUP BY p.jurisdiction_id"
    )
    return scopes, [
        (reach.jurisdiction.name, f"{places}{places_of_many}"),
        (reach.project.name, f"SELECT f.project_id FROM ({projects}) AS f WHERE {are_few}"),
        (reach.area.name, "SELECT DISTINCT s.area_id FROM s WHERE s.area_id IS NOT NULL"),
        (reach.facility.name, "SELECT unnest((SELECT hub_facilities_run()))"),
    ]
