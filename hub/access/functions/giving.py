"""What an administrator may do: whose accounts, and which rights it may give."""

from __future__ import annotations

from typing import Final

from hub.access.functions.conditions import IN_FORCE

ADMINISTERED: Final = f"""\
CREATE FUNCTION hub_administered() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH RECURSIVE below AS (
    SELECT hub_agency_id() AS id
    WHERE EXISTS (
      SELECT FROM access_grant
      WHERE holder_id = hub_agency_id() AND 'administer' = ANY (capabilities) AND {IN_FORCE})
    UNION
    SELECT a.id FROM agency a JOIN below b ON a.parent_id = b.id OR a.group_id = b.id
  )
  SELECT coalesce(array_agg(id), '{{}}') FROM below;
END"""

MAY_GIVE: Final = """\
CREATE FUNCTION hub_may_give(given access_grant) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM access_grant held
    WHERE held.holder_id = hub_agency_id()
      AND given.capabilities <@ held.capabilities
      AND given.data_classes <@ held.data_classes
      AND (held.states = '{}' OR (given.states <> '{}' AND given.states <@ held.states))
      AND NOT 'draft' = ANY (given.states)
      AND (given.project_id IS NULL OR EXISTS (
        SELECT FROM project p
        WHERE p.id = given.project_id AND p.jurisdiction_id = given.jurisdiction_id))
      AND (held.jurisdiction_id IS NULL OR held.jurisdiction_id = given.jurisdiction_id)
      AND (held.programme_id IS NULL OR held.programme_id = given.programme_id
           OR EXISTS (SELECT FROM project p WHERE p.id = given.project_id
                      AND p.programme_id = held.programme_id))
      AND (held.project_id IS NULL OR EXISTS (
        SELECT FROM scope s
        WHERE s.grant_id = held.id AND s.project_id = given.project_id))
      AND (held.area_scope = 'all' OR (held.area_scope = 'own' AND held.area_id = given.area_id))
      AND (held.valid_from IS NULL OR held.valid_from <= now())
      AND (held.valid_until IS NULL OR held.valid_until >= given.valid_until));
END"""
