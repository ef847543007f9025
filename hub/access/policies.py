"""Which rows a role may touch, and why: row-level security as data.

Settings and scopes are read through sub-selects, so that they are evaluated once a statement. A
role without a policy on a table sees no row of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hub.access.readers import OUTSIDE, Reader
from hub.model.audit import audit_entry, audit_head
from hub.model.authority import access_epoch, access_grant, account, notice, reach, scope
from hub.model.duties import (
    reporting_duty,
    reporting_duty_document,
    reporting_regime,
    task,
    task_document,
    task_indicator,
    task_partner,
    task_progress,
)
from hub.model.facilities import eligibility, facility, facility_condition, facility_type
from hub.model.intake import (
    batch,
    batch_row,
    data_source,
    figure_version,
    quality_check,
    source_checkpoint,
    source_right,
    source_term,
)
from hub.model.jobs import QUEUE_TABLES, job
from hub.model.measurement import indicator, observation, period, target
from hub.model.operations import trusted_operation
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import document, document_link, programme, project
from hub.model.reporting import form_cell, report_form, submission
from hub.model.resources import (
    budget_line,
    funding_source,
    funding_source_document,
    funding_source_manager,
    training,
)
from hub.model.search import search_word
from hub.model.situations import (
    area_status,
    area_status_evidence,
    finding,
    glossary_term,
    pilot_model,
    review,
)
from hub.model.territory import area, area_lineage, jurisdiction

if TYPE_CHECKING:
    from sqlalchemy import Table


class Verb(StrEnum):
    """A command that a policy speaks of."""

    SELECT = "SELECT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Policy:
    """A row policy: *roles* may do *verb* on the rows for which *using* holds.

    Attributes:
        name: unique within the table.
        using: SQL over the row; it binds what is written, too.
        why: the rule it carries out, by its number in the access rules, or the reason.
        data_classes: the classes of data that a grant must name to reach the row.
        follows: the table whose rows it is seen with.
    """

    table: Table
    name: str
    roles: tuple[Reader, ...]
    verb: Verb
    using: str
    why: str
    data_classes: tuple[str, ...] = ()
    follows: Table | None = None


OPEN_TABLES: Final = (
    jurisdiction,
    programme,
    agency,
    assignment,
    assignment_partner,
    document,
    document_link,
    area,
    area_lineage,
    indicator,
    target,
    period,
    facility_type,
    funding_source,
    funding_source_manager,
    funding_source_document,
    reporting_duty,
    reporting_duty_document,
    reporting_regime,
    report_form,
    form_cell,
    glossary_term,
    quality_check,
)
"""Definitions, areas, documents and targets: open to everyone, the public included."""

_OWN_AGENCY = "(SELECT hub_agency_id())"
_ADMINISTERED = "{column} = ANY ((SELECT hub_administered())::int[])"
_NOT_A_FOREIGN_DRAFT = f"(status <> 'draft' OR agency_id = {_OWN_AGENCY})"
_ACCEPTED = "status IN ('accepted', 'published')"


def _cells(data_class: str, *, accepted: bool | None = None, area: str = "area_id") -> str:
    """Return the condition that the row is of a project and an own area of one right as a whole."""
    states = (False, True) if accepted is None else (accepted,)
    state = "" if accepted is None else f", {str(accepted).lower()}"
    alone = "".join(
        f" OR {area} = ANY ((SELECT hub_areas_alone('{data_class}', {str(each).lower()}))::int[])"
        for each in states
    )
    return (
        f"(((project_id::bigint << 32) | {area}) = "
        f"ANY ((SELECT hub_cells('{data_class}'{state}))::bigint[]){alone})"
    )


_STANDING = "jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])"


def _reach(data_class: str, *, area: str | None = "area_id") -> str:
    """Return the condition that a grant reaches the row; *area* is its column of own areas."""
    whole = f"project_id = ANY ((SELECT hub_reach('{data_class}'))::int[])"
    if area is None:
        return whole
    return (
        f"{whole} OR ({area} = ANY ((SELECT hub_reach_areas('{data_class}'))::int[]) "
        f"AND {_cells(data_class, area=area)})"
    )


def _stated_reach(data_class: str, settled: str) -> str:
    """Return what ``_reach`` does, rights to what is accepted opening *settled* rows only."""
    return (
        f"project_id = ANY ((SELECT hub_reach('{data_class}', false))::int[]) "
        f"OR ({settled} AND project_id = ANY ((SELECT hub_reach('{data_class}', true))::int[])) "
        f"OR (area_id = ANY ((SELECT hub_reach_areas('{data_class}'))::int[]) AND "
        f"({_cells(data_class, accepted=False)} "
        f"OR ({settled} AND {_cells(data_class, accepted=True)})))"
    )


def _protected(  # noqa: PLR0913  (each is asked for by name)
    table: Table,
    data_class: str,
    scoped: str,
    why: str,
    *,
    standing: str = _STANDING,
    settled: str | None = None,
) -> tuple[Policy, ...]:
    """Return the policies of a table whose rows are seen by grants of *data_class* only.

    *settled* tells which rows have come as far as a feed shows; None is all of them.
    """
    feed = f"(SELECT hub_feed_reads('{data_class}'))"
    if settled is not None:
        feed = f"{settled} AND {feed}"
    return (
        Policy(table, "nothing", (Reader.PUBLIC,), Verb.SELECT, "false", "Not open (rule 19)."),
        Policy(table, "within_reach", (Reader.SCOPED,), Verb.SELECT, scoped, why, (data_class,)),
        Policy(
            table,
            "of_the_jurisdiction",
            (Reader.STANDING,),
            Verb.SELECT,
            f"({standing}) OR {scoped}",
            "The standing agency reads everything of its jurisdiction (rule 1), and what it has a "
            "part in elsewhere.",
        ),
        Policy(
            table,
            "of_every_jurisdiction",
            (Reader.FEED,),
            Verb.SELECT,
            f"({feed}) OR {scoped}",
            "The ministry reads the classes that its grant names, and what it has a part in "
            "(rules 20, 21).",
        ),
    )


def _follows(table: Table, parent: Table, column: str) -> Policy:
    """Return the policy of a table whose rows are seen with the row they belong to."""
    return Policy(
        table,
        f"with_{parent.name}",
        OUTSIDE,
        Verb.SELECT,
        f"{column} IN (SELECT id FROM {parent.name})",
        f"Seen by whoever sees the {parent.name} it belongs to.",
        follows=parent,
    )


_OPERATED = f"(managed_by_id = {_OWN_AGENCY} AND (SELECT hub_operator_reads('facility')))"
_OF_AN_OPERATED_FACILITY = "facility_id = ANY ((SELECT hub_facilities_run())::int[])"
_TASK_REACH = (
    "(project_id = ANY ((SELECT hub_reach('task'))::int[]) OR (project_id IS NULL "
    "AND programme_id = ANY ((SELECT hub_programmes('task'))::int[])))"
)
_RECOGNISED = "stage = 'recognised'"
_SEARCHED_BY_RIGHT = ("project", "facility", "task")

_SCOPED_OBSERVATION = (
    f"({_NOT_A_FOREIGN_DRAFT} AND ("
    "project_id = ANY ((SELECT hub_reach('observation', false))::int[]) "
    "OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ("
    f"{_cells('observation', accepted=False, area='reporting_area_id')} "
    f"OR ({_cells('observation', accepted=True, area='reporting_area_id')} AND {_ACCEPTED}))) "
    f"OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND {_ACCEPTED}) "
    f"OR ((SELECT hub_operator_reads('observation')) AND {_OF_AN_OPERATED_FACILITY})))"
)
"""What is accepted is nobody's draft: that is asked once, since every sub-select of a policy costs
each statement that names the table."""

_BY_RIGHT: Final = (
    *_protected(
        facility,
        "facility",
        f"{_OPERATED} OR {_reach('facility', area='reporting_area_id')}",
        "Facilities of a project, of the own ward, or one's own; a rehabilitation centre is none "
        "of the ward's it stands in (rules 14, 15).",
    ),
    _follows(facility_condition, facility, "facility_id"),
    *_protected(
        eligibility,
        "eligibility",
        f"{_reach('eligibility', area='reporting_area_id')} "
        "OR ((SELECT hub_operator_reads('eligibility')) "
        f"AND {_OF_AN_OPERATED_FACILITY})",
        "Fitness to determine addiction status, by project, own ward or own facility "
        "(rules 5, 15).",
    ),
    *_protected(
        task,
        "task",
        f"agency_id = {_OWN_AGENCY} OR agency_id = (SELECT hub_group_id()) OR {_TASK_REACH}",
        "One's own tasks, those of one's group, and those of a project one has a part in "
        "(rule 17).",
    ),
    _follows(task_partner, task, "task_id"),
    _follows(task_indicator, task, "task_id"),
    _follows(task_document, task, "task_id"),
    *_protected(
        task_progress,
        "task",
        f"agency_id = {_OWN_AGENCY} OR task_id IN (SELECT id FROM task WHERE {_TASK_REACH})",
        "One's own progress, and that of a project one has a part in.",
        standing="task_id IN (SELECT id FROM task)",
    ),
    *_protected(
        budget_line,
        "budget",
        _reach("budget"),
        "The finance department reads every line, a lead its project's, a ward its own "
        "(rules 9, 10).",
    ),
    *_protected(
        training,
        "training",
        _reach("training"),
        "Training of a project one has a part in, or in the own area.",
    ),
    *_protected(
        area_status,
        "observation",
        _stated_reach("observation", _RECOGNISED),
        "The status of an area is a figure about it, accepted once recognised (rules 11, 18, 20).",
        settled=_RECOGNISED,
    ),
    _follows(area_status_evidence, area_status, "area_status_id"),
    *_protected(
        pilot_model,
        "task",
        f"agency_id = {_OWN_AGENCY} OR {_reach('task')}",
        "Pilots of a project one has a part in, or in the own area.",
    ),
    *_protected(
        review,
        "finding",
        f"agency_id = {_OWN_AGENCY} OR {_reach('finding', area=None)} OR id IN (SELECT "
        f"f.review_id FROM finding f WHERE f.agency_id = {_OWN_AGENCY} "
        "AND f.issued_on IS NOT NULL)",
        "Reviews of a project one has a part in, or that found something about oneself "
        "(rules 28, 29).",
    ),
    *_protected(
        finding,
        "finding",
        "(project_id = ANY ((SELECT hub_reach('finding', false))::int[]) "
        f"AND (issued_on IS NOT NULL OR agency_id IS DISTINCT FROM {_OWN_AGENCY})) "
        f"OR (issued_on IS NOT NULL AND (agency_id = {_OWN_AGENCY} "
        "OR project_id = ANY ((SELECT hub_reach('finding', true))::int[]) "
        "OR (area_id = ANY ((SELECT hub_reach_areas('finding'))::int[]) "
        f"AND {_cells('finding')})))",
        "The inspected unit sees a finding once issued, and so does who reads what is accepted "
        "(rules 18, 29).",
    ),
    *_protected(
        submission,
        "submission",
        f"agency_id = {_OWN_AGENCY} OR {_stated_reach('submission', _ACCEPTED)}",
        "What one owes oneself, and that something is due, and how far it is, in a project one "
        "has a part in, before any figure of it is seen; accepted ones for who reads what is "
        "accepted (rules 18, 22).",
        settled=_ACCEPTED,
    ),
    *_protected(
        data_source,
        "batch",
        f"owner_id = {_OWN_AGENCY}",
        "A source is its owner's and the standing agency's.",
    ),
    _follows(source_right, data_source, "source_id"),
    _follows(source_term, data_source, "source_id"),
    *_protected(
        batch,
        "batch",
        f"agency_id = {_OWN_AGENCY}",
        "A batch is its source's owner's and the standing agency's.",
    ),
    *_protected(
        batch_row,
        "batch",
        f"agency_id = {_OWN_AGENCY}",
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

_STANDS = "cardinality((SELECT hub_standing_jurisdictions())) > 0"
_OWN_TRAIL = (
    f"agency_id = {_OWN_AGENCY} OR jurisdiction_id = ANY ((SELECT hub_audited_places())::int[])"
)

_TRAIL: Final = (
    Policy(
        audit_entry,
        "nothing",
        (Reader.PUBLIC,),
        Verb.SELECT,
        "false",
        "The trail is nobody's who has no account (rule 19).",
    ),
    Policy(
        audit_entry,
        "own_trail",
        (Reader.SCOPED, Reader.FEED),
        Verb.SELECT,
        _OWN_TRAIL,
        "A unit reads its own trail, an auditor that of the places it is given (rule 37).",
        ("audit",),
    ),
    Policy(
        audit_entry,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        f"{_STANDING} OR (agency_id IS NULL AND {_STANDS}) OR {_OWN_TRAIL}",
        "The standing agency reads the trail of its whole place, and what belongs to no agency: "
        "the public's requests and refused tokens (rule 37).",
        ("audit",),
    ),
    Policy(
        audit_entry,
        "keeping",
        (Reader.CLERK, Reader.LOADER),
        Verb.INSERT,
        "true",
        "Whoever keeps the trail adds to it; nobody changes or deletes (rule 37).",
    ),
    Policy(
        audit_entry,
        "own_acts",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        "event = 'act' AND account_id = (SELECT hub_account_id())",
        "Whoever acts leaves an entry of its own act, and of no other's.",
    ),
    Policy(
        audit_entry,
        "continuing",
        (Reader.CLERK, Reader.LOADER, Reader.REGISTRAR),
        Verb.SELECT,
        "true",
        "An entry goes on from the one before, whosever that is.",
    ),
    Policy(
        audit_head,
        "nothing",
        (Reader.PUBLIC, Reader.SCOPED, Reader.FEED),
        Verb.SELECT,
        "false",
        "How long the whole trail is tells how much others do.",
    ),
    Policy(
        audit_head,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        _STANDS,
        "The standing agency may compare the heads with what it was given (rule 37).",
    ),
    Policy(
        audit_head,
        "signing",
        (Reader.CLERK,),
        Verb.INSERT,
        "true",
        "The worker signs what the chain has come to.",
    ),
    Policy(
        audit_head,
        "continuing",
        (Reader.CLERK,),
        Verb.SELECT,
        "true",
        "A head is signed when there is more than at the last.",
    ),
    *(
        Policy(
            table,
            "checking",
            (Reader.AUDITOR,),
            Verb.SELECT,
            "true",
            "Whoever checks the chain reads all of it.",
        )
        for table in (audit_entry, audit_head)
    ),
    Policy(
        agency,
        "of_entries",
        (Reader.CLERK,),
        Verb.SELECT,
        "true",
        "An entry is of an agency and its place.",
    ),
    Policy(
        account,
        "of_entries",
        (Reader.CLERK,),
        Verb.SELECT,
        "true",
        "An entry names an account by its handle.",
    ),
    Policy(
        account,
        "nothing",
        (Reader.AUDITOR,),
        Verb.SELECT,
        "false",
        "Whoever checks the chain acts for no account.",
    ),
)

ENQUEUEING: Final = (Reader.SOURCE,)
"""Who may have work done later, in the transaction that makes it necessary."""

_QUEUE: Final = (
    *(
        Policy(
            table,
            "working",
            (Reader.WORKER,),
            Verb.ALL,
            "true",
            "The worker takes, counts and ends jobs; a job says what is to be done and holds no "
            "data.",
        )
        for table in QUEUE_TABLES
    ),
    Policy(
        job,
        "enqueueing",
        ENQUEUEING,
        Verb.INSERT,
        "status = 'queued'",
        "Work is queued in the transaction that makes it necessary; nothing else of the queue is "
        "seen or touched.",
    ),
    Policy(
        job,
        "of_batches_seen",
        OUTSIDE,
        Verb.SELECT,
        "dedupe_key IN (SELECT 'batch:' || b.id FROM batch b "
        "WHERE b.status IN ('queued', 'running'))",
        "That a batch waits is seen by whoever sees the batch.",
    ),
    Policy(
        account,
        "of_no_job",
        (Reader.WORKER,),
        Verb.SELECT,
        "false",
        "Whoever keeps the queue acts for no account: a job acts as whom it is for.",
    ),
    Policy(
        access_epoch,
        "known_to_the_worker",
        (Reader.WORKER,),
        Verb.SELECT,
        "true",
        "A counter tells whether what was found out about somebody still holds.",
    ),
)

_SOURCE = "(SELECT hub_source_id())"
_OF_THE_SOURCE = f"source_id = {_SOURCE}"
_PLACE_OF_THE_SOURCE = "(SELECT s.jurisdiction_id FROM data_source s)"
_OF_ITS_OWNER = (
    f"agency_id = {_OWN_AGENCY} AND jurisdiction_id = {_PLACE_OF_THE_SOURCE} "
    f"AND {_SOURCE} IS NOT NULL"
)
_INDICATORS_ANYWHERE = "SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL"
_WITHIN_ITS_RIGHT = (
    "((indicator_id, area_id) IN (SELECT r.indicator_id, r.area_id FROM source_right r "
    f"WHERE r.area_id IS NOT NULL) OR indicator_id IN ({_INDICATORS_ANYWHERE}) "
    f"AND area_id IN (SELECT a.id FROM area a WHERE a.jurisdiction_id = {_PLACE_OF_THE_SOURCE})) "
    "AND (facility_id IS NULL OR (indicator_id, facility_id) IN (SELECT r.indicator_id, f.id "
    "FROM source_right r JOIN facility f ON f.reporting_area_id = r.area_id) "
    f"OR indicator_id IN ({_INDICATORS_ANYWHERE}) AND facility_id IN (SELECT f.id FROM facility f) "
    "OR indicator_id IN (SELECT r.indicator_id FROM source_right r) "
    f"AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = {_OWN_AGENCY}))"
)
"""Sub-selects that do not depend on the row: each is run once a statement. A right to everywhere is
never multiplied by the areas: that would be more than a statement may keep in memory."""

_INTAKE: Final = (
    Policy(
        data_source,
        "itself",
        (Reader.SOURCE,),
        Verb.SELECT,
        f"account_id = (SELECT hub_account_id()) AND owner_id = {_OWN_AGENCY}",
        "A source acts as its own account, and as no more once that is suspended (rule 25).",
    ),
    *(
        Policy(table, "own_rows", (Reader.SOURCE,), verb, _OF_THE_SOURCE, why)
        for table, verb, why in (
            (source_right, Verb.SELECT, "A source knows what it may write (rule 32)."),
            (source_term, Verb.SELECT, "A source is read by its own words."),
            (source_checkpoint, Verb.ALL, "A source knows how far it has been fetched."),
            (figure_version, Verb.ALL, "A source knows what it has sent last."),
        )
    ),
    Policy(
        batch,
        "own_batches",
        (Reader.SOURCE,),
        Verb.ALL,
        f"{_OF_THE_SOURCE} AND {_OF_ITS_OWNER}",
        "A batch is recorded through the account of its source alone (rule 32).",
    ),
    Policy(
        batch_row,
        "own_rows",
        (Reader.SOURCE,),
        Verb.ALL,
        f"{_OF_ITS_OWNER} AND batch_id IN (SELECT b.id FROM batch b)",
        "What is said of a row belongs to the source's own batch.",
    ),
    Policy(
        observation,
        "own_figures",
        (Reader.SOURCE,),
        Verb.SELECT,
        f"agency_id = {_OWN_AGENCY} AND {_SOURCE} IS NOT NULL",
        "A source compares with what its owner has reported, and with nothing of others.",
    ),
    Policy(
        observation,
        "within_its_right",
        (Reader.SOURCE,),
        Verb.INSERT,
        f"agency_id = {_OWN_AGENCY} AND status IN ('draft', 'submitted') "
        "AND (source, synthetic) = (SELECT s.code, s.synthetic FROM data_source s) "
        f"AND batch_id IN (SELECT b.id FROM batch b) AND {_WITHIN_ITS_RIGHT}",
        "A source writes its own indicators and areas in its owner's name, says with which batch "
        "and whether it is a demonstration, and approves nothing (rule 32).",
    ),
    Policy(
        observation,
        "marking_revised",
        (Reader.SOURCE,),
        Verb.UPDATE,
        f"agency_id = {_OWN_AGENCY} AND {_WITHIN_ITS_RIGHT}",
        "A source says of what it may write that a newer revision exists (rule 32).",
    ),
    *(
        Policy(table, "definitions", (Reader.SOURCE,), Verb.SELECT, "true", why)
        for table, why in (
            (indicator, "Rows name indicators."),
            (area, "Rows name areas."),
            (area_lineage, "Rows name areas as they were."),
            (period, "Rows name periods."),
            (report_form, "A period is closed once its forms are."),
            (form_cell, "A period is closed once its forms are."),
            (reporting_regime, "A form's periods are its regime's."),
            (quality_check, "Figures are checked at the door."),
            (agency, "A source is of an agency."),
            (jurisdiction, "A source is of a place."),
        )
    ),
    Policy(
        facility,
        "of_its_place",
        (Reader.SOURCE,),
        Verb.SELECT,
        f"jurisdiction_id = {_PLACE_OF_THE_SOURCE}",
        "Rows name facilities of the source's place.",
    ),
    Policy(
        account,
        "itself",
        (Reader.SOURCE,),
        Verb.SELECT,
        "id = (SELECT hub_account_id()) AND suspended_at IS NULL",
        "A source acts as its own account.",
    ),
    Policy(
        access_epoch,
        "for_sources",
        (Reader.SOURCE,),
        Verb.SELECT,
        "true",
        "A counter tells whether what was found out about somebody still holds.",
    ),
    Policy(
        data_source,
        "all_sources",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "Somebody must tell whom a delivery acts as.",
    ),
    Policy(
        batch,
        "all_batches",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "Somebody must tell whom a waiting batch acts as.",
    ),
    Policy(
        audit_entry,
        "own_acts_of_sources",
        (Reader.SOURCE,),
        Verb.INSERT,
        "event = 'act' AND account_id = (SELECT hub_account_id())",
        "Whoever acts leaves an entry of its own act, and of no other's.",
    ),
    Policy(
        audit_entry,
        "continuing_of_sources",
        (Reader.SOURCE,),
        Verb.SELECT,
        "true",
        "An entry goes on from the one before, whosever that is.",
    ),
)

PROTECTED_TABLES: Final = tuple(dict.fromkeys(policy.table for policy in _BY_RIGHT))
"""Tables whose rows are seen by right."""

POLICIES: Final = (
    *(
        Policy(
            table,
            "open_to_all",
            OUTSIDE,
            Verb.SELECT,
            "true",
            "Definitions, areas, documents and targets are open to everyone (rules 19, 36).",
        )
        for table in OPEN_TABLES
    ),
    Policy(
        project,
        "national_nodes",
        (Reader.PUBLIC,),
        Verb.SELECT,
        "is_national",
        "A national node is a definition; a local row is seen through a grant (rule 36).",
    ),
    Policy(
        project,
        "within_reach",
        (Reader.SCOPED,),
        Verb.SELECT,
        "is_national OR id = ANY ((SELECT hub_projects_seen())::int[])",
        "A local project shows itself to readers of its figures or its money (rules 6, 7, 9, 17).",
        ("observation", "budget"),
    ),
    Policy(
        project,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        "is_national OR jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]) "
        "OR id = ANY ((SELECT hub_projects_seen())::int[])",
        "The standing agency reads every project of its jurisdiction (rule 1), and those it has "
        "a part in elsewhere.",
    ),
    Policy(
        project,
        "of_every_jurisdiction",
        (Reader.FEED,),
        Verb.SELECT,
        "is_national OR (SELECT hub_feed_reads('observation')) "
        "OR id = ANY ((SELECT hub_projects_seen())::int[])",
        "The ministry reads every jurisdiction (rule 20), and what it has a part in.",
    ),
    Policy(
        observation,
        "no_live_figure",
        (Reader.PUBLIC,),
        Verb.SELECT,
        "false",
        "The public reads releases, never a live observation (rule 19).",
    ),
    Policy(
        observation,
        "within_reach",
        (Reader.SCOPED,),
        Verb.SELECT,
        _SCOPED_OBSERVATION,
        "Figures within one grant as a whole, and of others' drafts none (rules 3, 4, 11, 13, 17, "
        "18, 22, 27).",
        ("observation",),
    ),
    Policy(
        observation,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        f"({_STANDING} AND ({_NOT_A_FOREIGN_DRAFT} "
        "OR project_id = ANY ((SELECT hub_reach_drafts())::int[]))) "
        f"OR {_SCOPED_OBSERVATION}",
        "The standing agency reads every figure of its jurisdiction, others' drafts only for as "
        "long as it has broken the glass (rules 1, 22, 40), and what it has a part in elsewhere.",
    ),
    Policy(
        observation,
        "accepted_figures",
        (Reader.FEED,),
        Verb.SELECT,
        f"({_ACCEPTED} AND (SELECT hub_feed_reads('observation'))) OR {_SCOPED_OBSERVATION}",
        "The ministry reads accepted and later figures of every jurisdiction (rule 20), and what "
        "it has a part in.",
    ),
    Policy(
        account,
        "own_account",
        OUTSIDE,
        Verb.SELECT,
        "id = (SELECT hub_account_id()) AND suspended_at IS NULL",
        "Whoever asks knows its own account and no other, and not even that once suspended.",
    ),
    Policy(
        account,
        "all_accounts",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "Somebody must tell whose token it is.",
    ),
    Policy(
        access_grant,
        "own_grants",
        OUTSIDE,
        Verb.SELECT,
        f"holder_id IS NULL OR holder_id = {_OWN_AGENCY}",
        "An agency knows its own grants and those of everybody in its position.",
    ),
    Policy(
        access_grant,
        "all_grants",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "The kind of reader follows from the agency's grants.",
    ),
    Policy(
        agency,
        "all_agencies",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "An account is of an agency.",
    ),
    Policy(
        trusted_operation,
        "all_operations",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "What may be asked is found before it is known what is asked.",
    ),
    *(
        Policy(
            table,
            "administering",
            (Reader.REGISTRAR,),
            Verb.SELECT,
            "true",
            "Whether an administrator may is decided over all accounts, grants and agencies.",
        )
        for table in (
            account,
            access_grant,
            agency,
            project,
            programme,
            jurisdiction,
            area,
            area_lineage,
            observation,
        )
    ),
    Policy(
        account,
        "adding_accounts",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        _ADMINISTERED.format(column="agency_id"),
        "An administrator adds accounts within its own subtree (rule 38).",
    ),
    Policy(
        account,
        "suspending_accounts",
        (Reader.REGISTRAR,),
        Verb.UPDATE,
        _ADMINISTERED.format(column="agency_id"),
        "An administrator suspends and restores accounts within its own subtree (rules 25, 38).",
    ),
    Policy(
        access_grant,
        "giving_grants",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        "origin = 'explicit' AND valid_until IS NOT NULL "
        "AND given_by_id = (SELECT hub_account_id()) AND ((NOT is_break_glass AND "
        f"{_ADMINISTERED.format(column='holder_id')} AND hub_may_give(access_grant)) OR "
        f"(is_break_glass AND holder_id = {_OWN_AGENCY} AND length(why) >= 10 "
        "AND data_classes = '{observation}' AND capabilities = '{read}' AND states = '{draft}' "
        "AND area_scope = 'all' AND (project_id, jurisdiction_id) IN "
        "(SELECT p.id, p.jurisdiction_id FROM project p) "
        "AND valid_until <= now() + interval '24 hours' AND jurisdiction_id = ANY "
        "((SELECT hub_standing_jurisdictions())::int[])))",
        "An administrator gives, for a time, only what its own agency holds as a whole; the "
        "standing agency breaks the glass over the drafts of one project of its place, for a day "
        "at most, saying why (rules 27, 38, 40).",
    ),
    Policy(
        access_grant,
        "ending_grants",
        (Reader.REGISTRAR,),
        Verb.UPDATE,
        f"origin = 'explicit' AND ({_ADMINISTERED.format(column='holder_id')} "
        f"OR holder_id = {_OWN_AGENCY})",
        "Who may give a right may end it early, and a holder may give its own up.",
    ),
    *(
        Policy(
            table,
            "following_grants",
            (Reader.REGISTRAR,),
            Verb.ALL,
            "true",
            "Scopes and their reach are the grants written out, by the database itself.",
        )
        for table in (scope, reach)
    ),
    Policy(
        notice,
        "telling",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        "true",
        "An agency is told when its drafts may be read (rule 40).",
    ),
    Policy(
        notice,
        "own_notices",
        OUTSIDE,
        Verb.SELECT,
        f"agency_id = {_OWN_AGENCY}",
        "An agency reads what it was told.",
    ),
    Policy(
        access_epoch,
        "known_to_all",
        (*OUTSIDE, Reader.GATE, Reader.CLERK, Reader.AUDITOR),
        Verb.SELECT,
        "true",
        "A counter tells whether what was found out about somebody still holds.",
    ),
    Policy(
        access_epoch,
        "passing",
        (Reader.REGISTRAR, Reader.LOADER),
        Verb.ALL,
        "true",
        "Whoever changes accounts or grants ends the epoch, by the database's own hand.",
    ),
    *(
        Policy(
            table,
            "own_scopes",
            OUTSIDE,
            Verb.SELECT,
            f"holder_id = {_OWN_AGENCY}",
            "Policies read what the asking agency may reach and no other.",
        )
        for table in (scope, reach)
    ),
    *(
        Policy(
            table,
            "loading",
            (Reader.LOADER,),
            Verb.ALL,
            "true",
            "The programme's own data is loaded whole; no request runs as this role.",
        )
        for table in (
            *OPEN_TABLES,
            *PROTECTED_TABLES,
            project,
            observation,
            account,
            access_grant,
            scope,
            reach,
            notice,
            trusted_operation,
            source_checkpoint,
        )
    ),
    *_TRAIL,
    *_QUEUE,
    *_INTAKE,
    *_BY_RIGHT,
)


def classes_of(table: Table) -> tuple[str, ...]:
    """Return the classes of data that a grant must name for rows of *table*; none if it is open."""
    for policy in POLICIES:
        if policy.table is table:
            if policy.follows is not None:
                return classes_of(policy.follows)
            if policy.data_classes:
                return policy.data_classes
    return ()


def never_seen(table: Table, reader: Reader) -> bool:
    """Return whether no row of *table* can ever be visible to *reader*."""
    for policy in POLICIES:
        if policy.table is table and reader in policy.roles:
            if policy.follows is not None:
                return never_seen(policy.follows, reader)
            return policy.using == "false"
    return True
