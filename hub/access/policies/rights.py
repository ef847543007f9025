"""What is seen by right: facilities, tasks, money, findings, what is owed, batches."""

from __future__ import annotations

from typing import Final

from hub.access.policies.conditions import (
    ACCEPTED,
    OF_AN_OPERATED_FACILITY,
    OWN_AGENCY,
    following,
    in_cells,
    protected,
    reached,
    reached_as_stated,
)
from hub.access.policies.policy import Policy, Verb
from hub.access.readers import OUTSIDE
from hub.model.duties import task, task_document, task_indicator, task_partner, task_progress
from hub.model.facilities import eligibility, facility, facility_condition
from hub.model.intake import (
    batch,
    batch_row,
    data_source,
    source_right,
    source_share,
    source_term,
)
from hub.model.reporting import submission
from hub.model.resources import budget_line, training
from hub.model.search import search_word
from hub.model.situations import area_status, area_status_evidence, finding, pilot_model, review

_OPERATED = f"(managed_by_id = {OWN_AGENCY} AND (SELECT hub_operator_reads('facility')))"
_TASK_REACH = (
    "(project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (project_id IS NULL "
    "AND programme_id = ANY ((SELECT hub_programmes('task'))::int[])))"
)
_RECOGNISED = "stage = 'recognised'"
_SEARCHED_BY_RIGHT = ("project", "facility", "task")


BY_RIGHT: Final = (
    *protected(
        facility,
        "facility",
        f"{_OPERATED} OR {reached('facility', area='reporting_area_id')}",
        "Facilities of a project, of the own ward, or one's own; a rehabilitation centre is none "
        "of the ward's it stands in (rules 14, 15).",
    ),
    following(facility_condition, facility, "facility_id"),
    *protected(
        eligibility,
        "eligibility",
        f"{reached('eligibility', area='reporting_area_id')} "
        "OR ((SELECT hub_operator_reads('eligibility')) "
        f"AND {OF_AN_OPERATED_FACILITY})",
        "Fitness to determine addiction status, by project, own ward or own facility "
        "(rules 5, 15).",
    ),
    *protected(
        task,
        "task",
        f"agency_id = {OWN_AGENCY} OR agency_id = (SELECT hub_group_id()) OR {_TASK_REACH}",
        "One's own tasks, those of one's group, and those of a project one has a part in "
        "(rule 17).",
    ),
    following(task_partner, task, "task_id"),
    following(task_indicator, task, "task_id"),
    following(task_document, task, "task_id"),
    *protected(
        task_progress,
        "task",
        f"agency_id = {OWN_AGENCY} OR task_id IN (SELECT id FROM task WHERE {_TASK_REACH})",
        "One's own progress, and that of a project one has a part in.",
        standing="task_id IN (SELECT id FROM task)",
    ),
    *protected(
        budget_line,
        "budget",
        reached("budget"),
        "The finance department reads every line, a lead its project's, a ward its own "
        "(rules 9, 10).",
    ),
    *protected(
        training,
        "training",
        reached("training"),
        "Training of a project one has a part in, or in the own area.",
    ),
    *protected(
        area_status,
        "observation",
        reached_as_stated("observation", _RECOGNISED),
        "The status of an area is a figure about it, accepted once recognised (rules 11, 18, 20).",
        settled=_RECOGNISED,
    ),
    following(area_status_evidence, area_status, "area_status_id"),
    *protected(
        pilot_model,
        "task",
        f"agency_id = {OWN_AGENCY} OR {reached('task')}",
        "Pilots of a project one has a part in, or in the own area.",
    ),
    *protected(
        review,
        "finding",
        f"agency_id = {OWN_AGENCY} OR {reached('finding', area=None)} OR id IN (SELECT "
        f"f.review_id FROM finding f WHERE f.agency_id = {OWN_AGENCY} "
        "AND f.issued_on IS NOT NULL)",
        "Reviews of a project one has a part in, or that found something about oneself "
        "(rules 28, 29).",
    ),
    *protected(
        finding,
        "finding",
        "(project_id = ANY ((SELECT hub_reach('finding', false))::int[]) "
        f"AND (issued_on IS NOT NULL OR agency_id IS DISTINCT FROM {OWN_AGENCY})) "
        f"OR (issued_on IS NOT NULL AND (agency_id = {OWN_AGENCY} "
        "OR project_id = ANY ((SELECT hub_reach('finding', true))::int[]) "
        "OR (area_id = ANY ((SELECT hub_reach_areas('finding'))::int[]) "
        f"AND {in_cells('finding')})))",
        "The inspected unit sees a finding once issued, and so does who reads what is accepted "
        "(rules 18, 29).",
    ),
    *protected(
        submission,
        "submission",
        f"agency_id = {OWN_AGENCY} OR {reached_as_stated('submission', ACCEPTED)}",
        "What one owes oneself, and that something is due, and how far it is, in a project one "
        "has a part in, before any figure of it is seen; accepted ones for who reads what is "
        "accepted (rules 18, 22).",
        settled=ACCEPTED,
    ),
    *protected(
        data_source,
        "batch",
        f"owner_id = {OWN_AGENCY}",
        "A source is its owner's and the standing agency's.",
    ),
    following(source_right, data_source, "source_id"),
    following(source_term, data_source, "source_id"),
    following(source_share, data_source, "source_id"),
    *protected(
        batch,
        "batch",
        f"agency_id = {OWN_AGENCY}",
        "A batch is its source's owner's and the standing agency's.",
    ),
    *protected(
        batch_row,
        "batch",
        f"agency_id = {OWN_AGENCY}",
        "What was not taken is told to whom the source belongs, and to the standing agency.",
    ),
    Policy(
        search_word,
        "of_rows_seen",
        OUTSIDE,
        Verb.SELECT,
        "kind NOT IN ('project', 'facility', 'task') "
        + "".join(
            f"OR (kind = '{kind}' AND row_id IN (SELECT id FROM {kind})) "
            for kind in _SEARCHED_BY_RIGHT
        ),
        "A word is seen by whoever sees the row that it is of (rule 35).",
    ),
)

PROTECTED_TABLES: Final = tuple(dict.fromkeys(policy.table for policy in BY_RIGHT))
"""Tables whose rows are seen by right."""
