"""What rows have and keep: ids, places of figures, newest revisions; who is told of changes."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Uuid

from hub.model.catalogue import CATALOGUE

NEW_ID: Final = """\
DO $do$
BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    CREATE FUNCTION hub_new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
    AS 'SELECT uuidv7()';
  ELSE
    CREATE FUNCTION hub_new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $fn$
      SELECT encode(
        set_byte(
          overlay(uuid_send(gen_random_uuid()) PLACING
            substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
            FROM 1 FOR 6),
          6, (get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112),
        'hex')::uuid
    $fn$;
  END IF;
END
$do$"""
"""A version-7 UUID: sorted by time of creation, and telling nothing of how many rows there are."""

KEEP_FIGURES: Final = """\
CREATE FUNCTION hub_keep_figures() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  -- The year is made of the period's end, and only after this.
  IF (to_jsonb(new) - '{status,superseded_at,reporting_area_id,year}'::text[])
     IS DISTINCT FROM (to_jsonb(old) - '{status,superseded_at,reporting_area_id,year}'::text[]) THEN
    RAISE EXCEPTION 'a recorded figure does not change; record a revision'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END
$fn$"""

PLACE_FIGURE: Final = """\
CREATE FUNCTION hub_place_figure() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  new.reporting_area_id := CASE
    WHEN new.facility_id IS NULL THEN new.area_id
    ELSE (SELECT f.reporting_area_id FROM facility f WHERE f.id = new.facility_id) END;
  new.period_end := (SELECT p.ends_on FROM period p WHERE p.id = new.period_id);
  RETURN new;
END
$fn$"""

FIGURES_ADDED: Final = """\
CREATE FUNCTION hub_figures_added(count bigint) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
  IF count > 5000 + 0.02 * (SELECT greatest(reltuples, 0) FROM pg_class
                              WHERE oid = 'public.observation'::regclass) THEN
    ANALYZE (SKIP_LOCKED) public.observation;
  END IF;
END
$fn$"""
"""Has the planner know, once it is committed, what a transaction that added *count* figures made of
their table: until the server comes to it by itself, reads would be planned for the table of before.
A few change no plan; they are left to the server. It runs as the owner, for others may not, and
tells nothing."""

FACILITY_MOVED: Final = """\
CREATE FUNCTION hub_facility_moved() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  UPDATE observation SET reporting_area_id = new.reporting_area_id WHERE facility_id = new.id;
  RETURN NULL;
END
$fn$"""

_REVISED = tuple(
    (entity.table.name, kept.origin.name, "uuid" if isinstance(kept.origin.type, Uuid) else "text")
    for entity in CATALOGUE
    if (kept := entity.revisions) is not None
)
"""Tables that keep their history: with what a row's revisions have in common."""

NEWEST: Final = tuple(
    f"""\
CREATE FUNCTION hub_newest_{table}(origin {kind}, of int, as_of timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10 AS $fn$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM {table} newer
    WHERE newer.{column} = origin AND newer.revision > of
      AND (as_of IS NULL OR newer.recorded_at <= as_of));
END
$fn$"""
    for table, column, kind in _REVISED
)
"""Whether the caller may see no newer revision. Few rows have any: a subquery in its place is
planned with every statement, and counted as if every row asked it."""

KEEP_TRAIL: Final = """\
CREATE FUNCTION hub_keep_trail() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  RAISE EXCEPTION 'the audit trail is only ever added to'
    USING ERRCODE = 'restrict_violation';
END
$fn$"""

TELL_CHANGE: Final = """\
CREATE FUNCTION hub_tell_change() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  PERFORM pg_notify('hub_changes', json_build_object('type', TG_ARGV[0], 'id', NEW.id)::text);
  RETURN NULL;
END
$fn$"""
"""Tells whoever listens, once it is committed, that a row has changed: by its key and nothing else.
What it is now, each reads by its own right."""
