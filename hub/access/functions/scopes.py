"""Grants written out as scopes, and scopes as lists, by the database itself."""

from __future__ import annotations

from typing import Final

from hub.access.functions.conditions import ACCEPTED
from hub.access.functions.reach import PARTS

_OWN_AREA_ALONE = "g.area_scope = 'own' AND g.project_id IS NULL AND g.programme_id IS NULL"

WRITE_SCOPES: Final = f"""\
CREATE FUNCTION hub_write_scopes(grants int[]) RETURNS void LANGUAGE sql VOLATILE
BEGIN ATOMIC
  DELETE FROM scope WHERE grant_id = ANY (grants);
  INSERT INTO scope (grant_id, holder_id, data_class, capability, project_id, area_id,
                     accepted_only, reveals_drafts, valid_from, valid_until)
  WITH RECURSIVE subtree AS (
    SELECT g.id AS grant_id, p.id AS project_id
    FROM access_grant g JOIN project p ON NOT p.is_national AND (
      CASE WHEN g.project_id IS NOT NULL THEN p.id = g.project_id
           WHEN g.programme_id IS NOT NULL THEN p.programme_id = g.programme_id
           ELSE g.jurisdiction_id IS NULL OR p.jurisdiction_id = g.jurisdiction_id END)
    WHERE g.id = ANY (grants) AND NOT ({_OWN_AREA_ALONE})
    UNION
    SELECT s.grant_id, p.id FROM subtree s JOIN project p ON p.parent_id = s.project_id
  ), reached AS (
    SELECT grant_id, project_id FROM subtree
    UNION ALL
    SELECT g.id, NULL FROM access_grant g WHERE g.id = ANY (grants) AND {_OWN_AREA_ALONE}
  ), ground AS (
    SELECT g.id AS grant_id, g.area_id FROM access_grant g WHERE g.id = ANY (grants)
    UNION
    SELECT o.grant_id, a.id FROM ground o JOIN area a ON a.parent_id = o.area_id
  ), held AS (
    SELECT grant_id, area_id, false AS is_past FROM ground
    UNION ALL
    SELECT o.grant_id, l.predecessor_id, true FROM ground o
    JOIN area_lineage l ON l.successor_id = o.area_id AND l.share = 'whole'
  )
  SELECT DISTINCT g.id, g.holder_id, c.data_class, k.capability, s.project_id, a.area_id,
         g.states <> '{{}}' AND NOT g.is_break_glass,
         g.is_break_glass,
         g.valid_from, g.valid_until
  FROM access_grant g
  JOIN reached s ON s.grant_id = g.id
  CROSS JOIN LATERAL unnest(g.data_classes) AS c (data_class)
  CROSS JOIN LATERAL unnest(g.capabilities) AS k (capability)
  JOIN held a ON a.grant_id = g.id AND (k.capability = 'read' OR NOT a.is_past)
  WHERE g.holder_id IS NOT NULL
    AND (g.states = '{{}}' OR (g.states @> {ACCEPTED} AND g.states <@ {ACCEPTED})
         OR g.is_break_glass)
    AND (g.area_scope = 'all' OR (g.area_scope = 'own' AND g.area_id IS NOT NULL));
END"""
"""Every state, or accepted and published: a scope knows these two, and writes no other down.

A right to an area is one to the units in it, and reads what went to any of them whole (rule 31).
A right to the own area whatever the project is one scope without a project: written out, every
ward would have as many as the place has projects.
"""

_LISTS = ", ".join(
    f"coalesce((array_agg(DISTINCT {of}) FILTER (WHERE {condition}))::text, '{{}}')"
    for of, condition in PARTS.values()
)

SCOPES_CHANGED: Final = f"""\
CREATE FUNCTION hub_scopes_changed() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE
  holders int[] := ARRAY(SELECT DISTINCT holder_id FROM changed);
BEGIN
  DELETE FROM reach WHERE holder_id = ANY (holders);
  INSERT INTO reach (holder_id, data_class, valid_from, valid_until, lists)
  WITH held AS (
    SELECT holder_id, data_class, project_id, area_id, accepted_only,
           coalesce(valid_from, '-infinity') AS since, coalesce(valid_until, 'infinity') AS until
    FROM scope WHERE holder_id = ANY (holders) AND capability = 'read'
  ), bound AS (
    SELECT DISTINCT h.holder_id, h.data_class, b.at
    FROM held h CROSS JOIN LATERAL (VALUES (h.since), (h.until)) AS b (at)
  ), stretch AS (
    SELECT holder_id, data_class, at AS since,
           lead(at) OVER (PARTITION BY holder_id, data_class ORDER BY at) AS until
    FROM bound
  )
  SELECT s.holder_id, s.data_class, s.since, s.until, ARRAY[{_LISTS}]
  FROM stretch s JOIN held h ON h.holder_id = s.holder_id AND h.data_class = s.data_class
    AND h.since <= s.since AND h.until >= s.until
  GROUP BY s.holder_id, s.data_class, s.since, s.until;
  RETURN NULL;
END
$fn$"""

GRANTS_CHANGED: Final = """\
CREATE FUNCTION hub_grants_changed() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  PERFORM hub_write_scopes(ARRAY(SELECT id FROM changed));
  RETURN NULL;
END
$fn$"""

GRANTS_REMOVED: Final = """\
CREATE FUNCTION hub_grants_removed() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  DELETE FROM scope WHERE grant_id IN (SELECT id FROM removed);
  RETURN NULL;
END
$fn$"""

PROJECTS_CHANGED: Final = """\
CREATE FUNCTION hub_projects_changed() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  PERFORM hub_write_scopes(ARRAY(SELECT id FROM access_grant));
  RETURN NULL;
END
$fn$"""
