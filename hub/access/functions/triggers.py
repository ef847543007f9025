"""When the functions that follow a change run."""

from __future__ import annotations

from typing import Final

from hub.access.functions.search import SEARCHED, word_triggers

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
    *(trigger for table, columns in SEARCHED.items() for trigger in word_triggers(table, columns)),
)
