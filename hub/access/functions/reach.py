"""What the asking agency's rights reach, asked once and kept while it is only read."""

from __future__ import annotations

from typing import Final

from hub.access.functions.conditions import ACCEPTED, IN_FORCE

_READ_ONLY: Final = "current_setting('transaction_read_only') = 'on'"


def _kept(name: str, kind: str, query: str, *, by_class: bool = False) -> str:
    """Return a function that asks *query* once, for each class of data where it has one.

    A transaction that only reads sees the rights as they were at its first statement, so it keeps
    what it found until it ends; one that writes looks each time. Nothing can be kept while workers
    share in a statement, so these functions, and those that ask them, are not parallel safe.
    """
    return f"""\
CREATE FUNCTION hub_{name}({"class text" if by_class else ""}) RETURNS {kind}
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.{name}'{" || '_' || class" if by_class else ""};
  kept text := current_setting(place, true);
BEGIN
  IF kept <> '' THEN
    RETURN kept::{kind};
  END IF;
  kept := ({query});
  IF {_READ_ONLY} THEN
    kept := set_config(place, kept, true);
  END IF;
  RETURN kept::{kind};
END
$fn$"""


FEED_CLASSES: Final = _kept(
    "feed_reads",
    "boolean",
    f"""SELECT EXISTS (
    SELECT FROM access_grant
    WHERE holder_id = hub_agency_id() AND jurisdiction_id IS NULL AND programme_id IS NULL
      AND project_id IS NULL AND area_scope = 'all' AND class = ANY (data_classes)
      AND 'read' = ANY (capabilities) AND (states = '{{}}' OR states @> {ACCEPTED})
      AND {IN_FORCE})""",
    by_class=True,
)

_CELL = "(project_id::bigint << 32) | area_id"

PARTS: Final = {
    "reach_false": (
        "project_id",
        "project_id IS NOT NULL AND area_id IS NULL AND NOT accepted_only",
    ),
    "reach_true": ("project_id", "project_id IS NOT NULL AND area_id IS NULL AND accepted_only"),
    "alone_false": ("area_id", "project_id IS NULL AND area_id IS NOT NULL AND NOT accepted_only"),
    "alone_true": ("area_id", "project_id IS NULL AND area_id IS NOT NULL AND accepted_only"),
    "cells_false": (_CELL, f"({_CELL}) IS NOT NULL AND NOT accepted_only"),
    "cells_true": (_CELL, f"({_CELL}) IS NOT NULL AND accepted_only"),
    "areas": ("area_id", "area_id IS NOT NULL"),
    "projects": ("project_id", "project_id IS NOT NULL"),
}
"""Projects in all areas, areas whatever the project, and cells of both, each by whether only what
is accepted; all areas and all projects: what is listed of which scopes."""

HELD: Final = f"""\
CREATE FUNCTION hub_held(class text, part text) RETURNS text
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
  place text := 'hub.held_' || class || '_';
  kept text := current_setting(place || part, true);
  parts text[] := '{{{",".join(PARTS)}}}';
  found text[];
BEGIN
  IF kept <> '' THEN
    RETURN kept;
  END IF;
  SELECT lists INTO found FROM reach
  WHERE holder_id = hub_agency_id() AND data_class = class
    AND valid_from <= now() AND valid_until > now();
  IF {_READ_ONLY} THEN
    FOR i IN 1 .. array_length(parts, 1) LOOP
      kept := set_config(place || parts[i], coalesce(found[i], '{{}}'), true);
    END LOOP;
  END IF;
  RETURN coalesce(found[array_position(parts, part)], '{{}}');
END
$fn$"""
"""What the agency's scopes of one class reach, in parts. All parts are looked up together and kept
as ``_kept`` says."""

REACH: Final = """\
CREATE FUNCTION hub_reach(class text, accepted boolean) RETURNS int[]
LANGUAGE sql STABLE
RETURN hub_held(class, 'reach_' || accepted)::int[]"""

AREAS_ALONE: Final = """\
CREATE FUNCTION hub_areas_alone(class text, accepted boolean) RETURNS int[]
LANGUAGE sql STABLE
RETURN hub_held(class, 'alone_' || accepted)::int[]"""

REACH_AREAS: Final = """\
CREATE FUNCTION hub_reach_areas(class text) RETURNS int[]
LANGUAGE sql STABLE
RETURN hub_held(class, 'areas')::int[]"""

CELLS: Final = """\
CREATE FUNCTION hub_cells(class text, accepted boolean) RETURNS bigint[]
LANGUAGE sql STABLE
RETURN hub_held(class, 'cells_' || accepted)::bigint[]"""
"""A project and an area are one number here: what a right allows, it allows as a whole."""

CELLS_ANY: Final = """\
CREATE FUNCTION hub_cells(class text) RETURNS bigint[] LANGUAGE sql STABLE
RETURN hub_held(class, 'cells_false')::bigint[] || hub_held(class, 'cells_true')::bigint[]"""

REACH_ANY: Final = """\
CREATE FUNCTION hub_reach(class text) RETURNS int[] LANGUAGE sql STABLE
RETURN hub_held(class, 'reach_false')::int[] || hub_held(class, 'reach_true')::int[]"""

FACILITIES_RUN: Final = _kept(
    "facilities_run",
    "int[]",
    "SELECT coalesce(array_agg(id), '{}') FROM facility WHERE managed_by_id = hub_agency_id()",
)

PROGRAMMES: Final = _kept(
    "programmes",
    "int[]",
    f"""SELECT coalesce(array_agg(DISTINCT p.id), '{{}}')
  FROM access_grant g JOIN programme p ON CASE
    WHEN g.programme_id IS NOT NULL THEN p.id = g.programme_id
    ELSE g.jurisdiction_id IS NULL OR p.jurisdiction_id = g.jurisdiction_id END
  WHERE g.holder_id = hub_agency_id() AND g.project_id IS NULL AND g.area_scope = 'all'
    AND class = ANY (g.data_classes) AND 'read' = ANY (g.capabilities) AND {IN_FORCE}""",
    by_class=True,
)
"""What hangs on a programme and on none of its projects is reached by a right to the whole."""

OPERATED: Final = _kept(
    "operated",
    "text[]",
    f"""SELECT coalesce(array_agg(c.class), '{{}}')
  FROM access_grant g CROSS JOIN LATERAL unnest(g.data_classes) AS c (class)
  WHERE g.holder_id IS NULL AND g.area_scope = 'own facility' AND 'read' = ANY (g.capabilities)
    AND {IN_FORCE}""",
)
"""What whoever runs a facility reads of it: the classes that everybody's own rights name."""

OPERATOR_READS: Final = """\
CREATE FUNCTION hub_operator_reads(class text) RETURNS boolean LANGUAGE sql STABLE
RETURN class = ANY (hub_operated())"""

PROJECTS_SEEN: Final = """\
CREATE FUNCTION hub_projects_seen() RETURNS int[] LANGUAGE sql STABLE
RETURN hub_held('observation', 'projects')::int[] || hub_held('budget', 'projects')::int[]"""

REACH_DRAFTS: Final = _kept(
    "reach_drafts",
    "int[]",
    f"""SELECT coalesce(array_agg(DISTINCT project_id), '{{}}') FROM scope
  WHERE holder_id = hub_agency_id() AND data_class = 'observation' AND capability = 'read'
    AND reveals_drafts AND {IN_FORCE}""",
)

AUDITED_PLACES: Final = f"""\
CREATE FUNCTION hub_audited_places() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(array_agg(DISTINCT j.id), '{{}}')
  FROM access_grant g
  JOIN jurisdiction j ON g.jurisdiction_id IS NULL OR j.id = g.jurisdiction_id
  WHERE g.holder_id = hub_agency_id() AND g.programme_id IS NULL AND g.project_id IS NULL
    AND g.area_scope = 'all' AND 'audit' = ANY (g.data_classes)
    AND 'read' = ANY (g.capabilities) AND g.states = '{{}}' AND {IN_FORCE};
END"""
"""The places whose trail the asking agency may read as an auditor: by a right to the whole."""
