"""The functions that policies call: who the claim stands for, and what that agency's scopes reach.

Each runs with its caller's rights, so what it finds is itself subject to row-level security, and is
called through a sub-select, so it runs once a statement. Without ``hub_enter``, and for an unknown
or suspended account, each yields null or an empty list, which no row equals.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Uuid

from hub.access.vietnamese import PLAIN, SORT_KEY
from hub.model.catalogue import CATALOGUE

_IN_FORCE = (
    "(valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())"
)
_ACCEPTED = "ARRAY['accepted', 'published']::varchar[]"

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

ACCOUNT_ID: Final = """\
CREATE FUNCTION hub_account_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('hub.account', true), '')::int"""

AGENCY_ID: Final = """\
CREATE FUNCTION hub_agency_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('hub.agency', true), '')::int"""

ENTER: Final = f"""\
CREATE FUNCTION hub_enter(claim text, known bigint) RETURNS void LANGUAGE plpgsql AS $fn$
DECLARE
  epoch bigint := coalesce((SELECT value FROM access_epoch), 0);
  kept text;
BEGIN
  IF current_setting('hub.epoch', true) <> '' THEN
    RAISE EXCEPTION 'this transaction is somebody''s already';
  END IF;
  IF known <> epoch THEN
    RAISE EXCEPTION 'accounts or grants have changed' USING ERRCODE = 'HB001';
  END IF;
  kept := set_config('hub.epoch', epoch::text, true);
  kept := set_config('hub.account', claim, true);
  kept := (
    SELECT agency_id::text FROM account
    WHERE id = nullif(claim, '')::int AND suspended_at IS NULL);
  kept := set_config('hub.agency', coalesce(kept, ''), true);
  IF current_user IN ('hub_standing', 'hub_registrar') THEN
    kept := (
      SELECT coalesce(array_agg(DISTINCT jurisdiction_id), '{{}}')::text FROM access_grant
      WHERE holder_id = hub_agency_id() AND role = 'standing' AND project_id IS NULL
        AND 'read' = ANY (capabilities) AND {_IN_FORCE});
    kept := set_config('hub.places', kept, true);
  END IF;
END
$fn$"""
"""Begins a transaction for an account, or for nobody (''): its agency, and the places that it is
standing agency of, are looked up once, as they are now, since every policy asks for them. Where
the caller goes by what it found at an epoch that is over, it is told so and reads nothing. Nobody
enters a transaction that is another's: what was looked up in it is the other's."""

EPOCH_PASSED: Final = """\
CREATE FUNCTION hub_epoch_passed() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  INSERT INTO access_epoch AS e (id, value) VALUES (true, 1)
  ON CONFLICT (id) DO UPDATE SET value = e.value + 1;
  RETURN NULL;
END
$fn$"""

STANDING_JURISDICTIONS: Final = """\
CREATE FUNCTION hub_standing_jurisdictions() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('hub.places', true), '')::int[], '{}')"""

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
      AND 'read' = ANY (capabilities) AND (states = '{{}}' OR states @> {_ACCEPTED})
      AND {_IN_FORCE})""",
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
    AND class = ANY (g.data_classes) AND 'read' = ANY (g.capabilities) AND {_IN_FORCE}""",
    by_class=True,
)
"""What hangs on a programme and on none of its projects is reached by a right to the whole."""

GROUP_ID: Final = """\
CREATE FUNCTION hub_group_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT group_id FROM agency WHERE id = hub_agency_id();
END"""

OPERATED: Final = _kept(
    "operated",
    "text[]",
    f"""SELECT coalesce(array_agg(c.class), '{{}}')
  FROM access_grant g CROSS JOIN LATERAL unnest(g.data_classes) AS c (class)
  WHERE g.holder_id IS NULL AND g.area_scope = 'own facility' AND 'read' = ANY (g.capabilities)
    AND {_IN_FORCE}""",
)
"""What whoever runs a facility reads of it: the classes that everybody's own rights name."""

OPERATOR_READS: Final = """\
CREATE FUNCTION hub_operator_reads(class text) RETURNS boolean LANGUAGE sql STABLE
RETURN class = ANY (hub_operated())"""

PROJECTS_SEEN: Final = """\
CREATE FUNCTION hub_projects_seen() RETURNS int[] LANGUAGE sql STABLE
RETURN hub_held('observation', 'projects')::int[] || hub_held('budget', 'projects')::int[]"""

ADMINISTERED: Final = f"""\
CREATE FUNCTION hub_administered() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH RECURSIVE below AS (
    SELECT hub_agency_id() AS id
    WHERE EXISTS (
      SELECT FROM access_grant
      WHERE holder_id = hub_agency_id() AND 'administer' = ANY (capabilities) AND {_IN_FORCE})
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

REACH_DRAFTS: Final = _kept(
    "reach_drafts",
    "int[]",
    f"""SELECT coalesce(array_agg(DISTINCT project_id), '{{}}') FROM scope
  WHERE holder_id = hub_agency_id() AND data_class = 'observation' AND capability = 'read'
    AND reveals_drafts AND {_IN_FORCE}""",
)

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
    AND (g.states = '{{}}' OR (g.states @> {_ACCEPTED} AND g.states <@ {_ACCEPTED})
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

AUDITED_PLACES: Final = f"""\
CREATE FUNCTION hub_audited_places() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(array_agg(DISTINCT j.id), '{{}}')
  FROM access_grant g
  JOIN jurisdiction j ON g.jurisdiction_id IS NULL OR j.id = g.jurisdiction_id
  WHERE g.holder_id = hub_agency_id() AND g.programme_id IS NULL AND g.project_id IS NULL
    AND g.area_scope = 'all' AND 'audit' = ANY (g.data_classes)
    AND 'read' = ANY (g.capabilities) AND g.states = '{{}}' AND {_IN_FORCE};
END"""
"""The places whose trail the asking agency may read as an auditor: by a right to the whole."""

SOURCE_ID: Final = """\
CREATE FUNCTION hub_source_id() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT id FROM data_source WHERE account_id = hub_account_id() AND owner_id = hub_agency_id();
END"""
"""The source that acts: the one whose account is claimed, as long as that account stands."""

TELL_CHANGE: Final = """\
CREATE FUNCTION hub_tell_change() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  PERFORM pg_notify('hub_changes', json_build_object('type', TG_ARGV[0], 'id', NEW.id)::text);
  RETURN NULL;
END
$fn$"""
"""Tells whoever listens, once it is committed, that a row has changed: by its key and nothing else.
What it is now, each reads by its own right."""

KEEP_TRAIL: Final = """\
CREATE FUNCTION hub_keep_trail() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  RAISE EXCEPTION 'the audit trail is only ever added to'
    USING ERRCODE = 'restrict_violation';
END
$fn$"""

WORDS: Final = """\
CREATE FUNCTION hub_words(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_split_to_array(hub_plain(words), '[^a-z0-9]+')"""

INDEX_WORDS: Final = """\
CREATE FUNCTION hub_index_words() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  DELETE FROM search_word WHERE kind = tg_table_name AND row_id IN (SELECT id FROM changed);
  INSERT INTO search_word (kind, word, row_id)
  SELECT DISTINCT tg_table_name, w.word, c.id
  FROM changed c
  CROSS JOIN LATERAL unnest(tg_argv) AS n (name)
  CROSS JOIN LATERAL unnest(hub_words(to_jsonb(c) ->> n.name)) AS w (word)
  WHERE w.word <> '';
  RETURN NULL;
END
$fn$"""

FORGET_WORDS: Final = """\
CREATE FUNCTION hub_forget_words() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  DELETE FROM search_word WHERE kind = tg_table_name AND row_id IN (SELECT id FROM changed);
  RETURN NULL;
END
$fn$"""

KEEP_FIGURES: Final = """\
CREATE FUNCTION hub_keep_figures() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  IF (to_jsonb(new) - '{status,superseded_at,reporting_area_id}'::text[])
     IS DISTINCT FROM (to_jsonb(old) - '{status,superseded_at,reporting_area_id}'::text[]) THEN
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

BEFORE_TABLES: Final = (NEW_ID, PLAIN, SORT_KEY)
"""What columns need: their defaults and generated values."""

AFTER_TABLES: Final = (
    ACCOUNT_ID,
    AGENCY_ID,
    ENTER,
    EPOCH_PASSED,
    PROGRAMMES,
    GROUP_ID,
    STANDING_JURISDICTIONS,
    FEED_CLASSES,
    HELD,
    REACH,
    REACH_ANY,
    CELLS,
    CELLS_ANY,
    FACILITIES_RUN,
    AREAS_ALONE,
    REACH_AREAS,
    OPERATED,
    OPERATOR_READS,
    PROJECTS_SEEN,
    REACH_DRAFTS,
    ADMINISTERED,
    MAY_GIVE,
    WRITE_SCOPES,
    SCOPES_CHANGED,
    GRANTS_CHANGED,
    GRANTS_REMOVED,
    PROJECTS_CHANGED,
    WORDS,
    INDEX_WORDS,
    FORGET_WORDS,
    KEEP_FIGURES,
    PLACE_FIGURE,
    FIGURES_ADDED,
    FACILITY_MOVED,
    AUDITED_PLACES,
    KEEP_TRAIL,
    TELL_CHANGE,
    SOURCE_ID,
    *NEWEST,
)

SEARCHED: Final = {
    "programme": ("name_vi", "name_en"),
    "project": ("name_vi", "name_en", "number"),
    "agency": ("name_vi", "name_en", "abbreviation"),
    "area": ("name",),
    "document": ("title_vi", "title_en", "number"),
    "indicator": ("name_vi", "name_en"),
    "facility": ("name_vi", "name_en", "address"),
    "task": ("description_vi", "description_en"),
    "glossary_term": ("term_vi", "term_en", "abbreviation"),
}
"""Tables whose rows are found by words, and the columns that the words are taken from."""


def _word_triggers(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    named = ", ".join(f"'{column}'" for column in columns)
    return (
        f"""\
CREATE TRIGGER words_follow_new_rows AFTER INSERT ON {table}
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_index_words({named})""",
        f"""\
CREATE TRIGGER words_follow_changed_rows AFTER UPDATE ON {table}
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_index_words({named})""",
        f"""\
CREATE TRIGGER words_end_with_rows AFTER DELETE ON {table}
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_forget_words()""",
    )


TRIGGERS: Final = (
    *(
        f"""\
CREATE TRIGGER the_epoch_passes AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION hub_epoch_passed()"""
        for table in ("account", "access_grant")
    ),
    """\
CREATE TRIGGER scopes_follow_new_grants AFTER INSERT ON access_grant
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_grants_changed()""",
    """\
CREATE TRIGGER scopes_follow_changed_grants AFTER UPDATE ON access_grant
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_grants_changed()""",
    """\
CREATE TRIGGER scopes_end_with_grants AFTER DELETE ON access_grant
REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION hub_grants_removed()""",
    """\
CREATE TRIGGER reach_follows_new_scopes AFTER INSERT ON scope
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_scopes_changed()""",
    """\
CREATE TRIGGER reach_follows_ended_scopes AFTER DELETE ON scope
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_scopes_changed()""",
    """\
CREATE TRIGGER scopes_follow_projects AFTER INSERT OR UPDATE OR DELETE ON project
FOR EACH STATEMENT EXECUTE FUNCTION hub_projects_changed()""",
    """\
CREATE TRIGGER scopes_follow_lineage AFTER INSERT OR UPDATE OR DELETE ON area_lineage
FOR EACH STATEMENT EXECUTE FUNCTION hub_projects_changed()""",
    """\
CREATE TRIGGER scopes_follow_areas AFTER UPDATE OR DELETE ON area
FOR EACH STATEMENT EXECUTE FUNCTION hub_projects_changed()""",
    """\
CREATE TRIGGER figures_are_placed BEFORE INSERT ON observation
FOR EACH ROW WHEN (new.facility_id IS NOT NULL OR new.reporting_area_id IS NULL
                   OR new.period_end IS NULL)
EXECUTE FUNCTION hub_place_figure()""",
    """\
CREATE TRIGGER figures_follow_facilities AFTER UPDATE ON facility
FOR EACH ROW WHEN (old.reporting_area_id IS DISTINCT FROM new.reporting_area_id)
EXECUTE FUNCTION hub_facility_moved()""",
    """\
CREATE TRIGGER changes_are_told AFTER INSERT OR UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION hub_tell_change('Batch')""",
    """\
CREATE TRIGGER figures_are_kept BEFORE UPDATE ON observation
FOR EACH ROW EXECUTE FUNCTION hub_keep_figures()""",
    *(
        f"""\
CREATE TRIGGER the_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION hub_keep_trail()"""
        for table in ("audit_entry", "audit_head")
    ),
    *(trigger for table, columns in SEARCHED.items() for trigger in _word_triggers(table, columns)),
)
