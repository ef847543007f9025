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
    """Return SQL of the ids that may be on the page, or None where branches are of no use.

    *page_of* returns a page of ids, given an alias for its rows and a condition on them.
    """
    reach = entity.reach
    if reach is None or reader is Reader.PUBLIC:
        return None
    branches = [
        f"SELECT x.id FROM ({keys}) AS k (key) CROSS JOIN LATERAL "
        f"({page_of('b', f'b.{column} = k.key')}) AS x"
        for column, keys in _keys(reach, reader)
    ]
    return " UNION ALL ".join(branches)


def _keys(reach: Reach, reader: Reader) -> list[tuple[str, str]]:
    """Return the columns to look by, each with SQL of the values to look for."""
    if reader is Reader.FEED:
        return [(reach.jurisdiction.name, "SELECT id FROM jurisdiction")]
    scopes = (
        f"SELECT s.project_id, s.area_id FROM scope AS s WHERE s.data_class = '{reach.data_class}' "
        f"AND s.capability = 'read' AND {_IN_FORCE}"
    )
    places = "SELECT unnest((SELECT hub_standing_jurisdictions()))"
    if reader is Reader.STANDING:
        scopes = (
            f"{scopes} AND (s.project_id IS NULL OR s.project_id NOT IN "
            f"(SELECT id FROM project WHERE jurisdiction_id IN ({places})))"
        )
    projects = f"SELECT DISTINCT project_id FROM ({scopes}) AS s WHERE area_id IS NULL"
    are_few = f"(SELECT count(*) FROM ({projects} LIMIT {MOST + 1}) AS c) <= {MOST}"
    keys = [
        (reach.project.name, f"SELECT project_id FROM ({projects}) AS f WHERE {are_few}"),
        (
            reach.jurisdiction.name,
            (
                f"SELECT DISTINCT jurisdiction_id FROM project WHERE NOT {are_few} "
                f"AND id IN ({projects})"
            ),
        ),
        (
            reach.area.name,
            f"SELECT DISTINCT area_id FROM ({scopes}) AS s WHERE area_id IS NOT NULL",
        ),
        (
            reach.facility.name,
            "SELECT id FROM facility WHERE managed_by_id = (SELECT hub_agency_id())",
        ),
    ]
    if reader is Reader.STANDING:
        keys.append((reach.jurisdiction.name, places))
    return keys
