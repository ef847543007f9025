"""Which commands and columns a role may touch at all, before any row policy is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hub.access.policies import ENQUEUEING, OPEN_TABLES, PROTECTED_TABLES
from hub.access.readers import OUTSIDE, Reader
from hub.model.audit import audit_entry, audit_head
from hub.model.authority import access_epoch, access_grant, account, notice, reach, scope
from hub.model.duties import reporting_regime
from hub.model.facilities import facility
from hub.model.intake import (
    batch,
    batch_row,
    data_source,
    figure_contribution,
    figure_version,
    quality_check,
    source_checkpoint,
    source_right,
    source_share,
    source_term,
)
from hub.model.jobs import QUEUE_TABLES, job
from hub.model.measurement import disaggregation, indicator, observation, period
from hub.model.operations import trusted_operation
from hub.model.organisation import agency
from hub.model.programme import programme, project
from hub.model.reporting import form_cell, report_form, submission
from hub.model.territory import area, area_lineage, jurisdiction

if TYPE_CHECKING:
    from sqlalchemy import Table


@dataclass(frozen=True, slots=True)
class Privilege:
    """A table privilege, narrowed to *columns* where any are named."""

    table: Table
    role: Reader
    verb: str
    columns: tuple[str, ...] = ()


_WHOLE_TABLES = (*OPEN_TABLES, *PROTECTED_TABLES, project, access_grant)

PRIVILEGES: Final = (
    *(Privilege(table, role, "SELECT") for table in _WHOLE_TABLES for role in OUTSIDE),
    *(Privilege(observation, role, "SELECT") for role in OUTSIDE),
    *(Privilege(table, role, "SELECT") for table in (scope, reach) for role in OUTSIDE),
    *(
        Privilege(account, role, "SELECT", ("id", "kind", "agency_id", "suspended_at"))
        for role in OUTSIDE
    ),
    Privilege(
        account,
        Reader.GATE,
        "SELECT",
        ("id", "issuer", "subject", "kind", "agency_id", "suspended_at"),
    ),
    Privilege(agency, Reader.GATE, "SELECT", ("id", "code")),
    Privilege(
        trusted_operation,
        Reader.GATE,
        "SELECT",
        ("sha256", "text", "audience", "expires_at", "ended_at"),
    ),
    *(Privilege(trusted_operation, Reader.LOADER, verb) for verb in ("SELECT", "INSERT")),
    Privilege(trusted_operation, Reader.LOADER, "UPDATE", ("ended_at",)),
    *(
        Privilege(table, Reader.REGISTRAR, "SELECT")
        for table in (
            access_grant,
            agency,
            project,
            programme,
            jurisdiction,
            area,
            area_lineage,
        )
    ),
    Privilege(observation, Reader.REGISTRAR, "SELECT", ("project_id", "agency_id", "status")),
    Privilege(
        account,
        Reader.REGISTRAR,
        "SELECT",
        ("id", "handle", "issuer", "subject", "kind", "agency_id", "created_at", "suspended_at"),
    ),
    Privilege(account, Reader.REGISTRAR, "INSERT", ("issuer", "subject", "kind", "agency_id")),
    Privilege(account, Reader.REGISTRAR, "UPDATE", ("suspended_at",)),
    Privilege(access_grant, Reader.REGISTRAR, "INSERT"),
    Privilege(access_grant, Reader.REGISTRAR, "UPDATE", ("valid_until",)),
    *(
        Privilege(table, role, verb)
        for table in (scope, reach)
        for role in (Reader.REGISTRAR, Reader.LOADER)
        for verb in ("SELECT", "INSERT", "DELETE")
    ),
    Privilege(notice, Reader.REGISTRAR, "INSERT", ("agency_id", "kind", "grant_id", "reason")),
    *(Privilege(notice, role, "SELECT") for role in OUTSIDE),
    *(
        Privilege(access_epoch, role, "SELECT")
        for role in (*OUTSIDE, Reader.GATE, Reader.CLERK, Reader.AUDITOR)
    ),
    *(
        Privilege(access_epoch, role, verb)
        for role in (Reader.REGISTRAR, Reader.LOADER)
        for verb in ("SELECT", "INSERT", "UPDATE")
    ),
    *(Privilege(source_checkpoint, Reader.LOADER, verb) for verb in ("SELECT", "DELETE")),
    Privilege(
        access_grant,
        Reader.GATE,
        "SELECT",
        (
            "id",
            "holder_id",
            "role",
            "jurisdiction_id",
            "data_classes",
            "is_break_glass",
            "valid_from",
            "valid_until",
        ),
    ),
    *(
        Privilege(table, role, "SELECT")
        for table in (audit_entry, audit_head)
        for role in (*OUTSIDE, Reader.AUDITOR)
    ),
    *(
        Privilege(audit_entry, role, verb, columns)
        for role in (Reader.CLERK, Reader.LOADER, Reader.REGISTRAR)
        for verb, columns in (("INSERT", ()), ("SELECT", ("sequence", "id", "hash")))
    ),
    Privilege(audit_head, Reader.CLERK, "INSERT"),
    Privilege(audit_head, Reader.CLERK, "SELECT"),
    Privilege(agency, Reader.CLERK, "SELECT", ("id", "code", "jurisdiction_id")),
    Privilege(
        account, Reader.CLERK, "SELECT", ("id", "handle", "kind", "agency_id", "suspended_at")
    ),
    Privilege(account, Reader.AUDITOR, "SELECT", ("id", "agency_id", "suspended_at")),
    Privilege(account, Reader.WORKER, "SELECT", ("id", "agency_id", "suspended_at")),
    Privilege(access_epoch, Reader.WORKER, "SELECT"),
    *(
        Privilege(table, Reader.WORKER, verb)
        for table in QUEUE_TABLES
        for verb in ("SELECT", "INSERT", "UPDATE", "DELETE")
    ),
    *(
        Privilege(
            job,
            role,
            "INSERT",
            ("priority", "execute_after", "status", "entrypoint", "dedupe_key", "payload"),
        )
        for role in ENQUEUEING
    ),
    *(
        Privilege(job, role, "SELECT", ("entrypoint", "status", "created", "dedupe_key"))
        for role in OUTSIDE
    ),
    *(
        Privilege(table, Reader.SOURCE, "SELECT")
        for table in (
            area,
            area_lineage,
            batch,
            batch_row,
            data_source,
            disaggregation,
            facility,
            figure_contribution,
            figure_version,
            indicator,
            jurisdiction,
            observation,
            period,
            quality_check,
            report_form,
            form_cell,
            reporting_regime,
            source_checkpoint,
            source_right,
            source_share,
            source_term,
            access_epoch,
        )
    ),
    Privilege(
        agency, Reader.SOURCE, "SELECT", ("id", "code", "jurisdiction_id", "area_id", "parent_id")
    ),
    Privilege(
        account, Reader.SOURCE, "SELECT", ("id", "handle", "kind", "agency_id", "suspended_at")
    ),
    *(
        Privilege(table, Reader.SOURCE, "INSERT")
        for table in (
            batch,
            batch_row,
            figure_contribution,
            figure_version,
            observation,
            source_checkpoint,
        )
    ),
    Privilege(
        batch,
        Reader.SOURCE,
        "UPDATE",
        (
            "status",
            "started_at",
            "finished_at",
            "rows_received",
            "rows_new",
            "rows_revised",
            "rows_unchanged",
            "rows_withdrawn",
            "rows_held",
            "rows_rejected",
            "rows_warned",
            "refusal",
            "refusal_place",
            "refusal_sentence",
        ),
    ),
    Privilege(
        batch_row,
        Reader.SOURCE,
        "UPDATE",
        ("content", "decision", "correction", "decided_by_id", "decided_at"),
    ),
    Privilege(figure_version, Reader.SOURCE, "UPDATE", ("version",)),
    Privilege(
        figure_contribution,
        Reader.SOURCE,
        "UPDATE",
        (
            "revision",
            "numerator",
            "denominator",
            "value",
            "is_withdrawn",
            "version",
            "received_at",
        ),
    ),
    Privilege(observation, Reader.SOURCE, "UPDATE", ("superseded_at",)),
    Privilege(source_checkpoint, Reader.SOURCE, "UPDATE", ("state", "saved_at")),
    Privilege(
        submission,
        Reader.SOURCE,
        "SELECT",
        ("id", "form_id", "agency_id", "area_id", "facility_id", "period_id", "status"),
    ),
    Privilege(submission, Reader.SOURCE, "UPDATE", ("status",)),
    Privilege(audit_entry, Reader.SOURCE, "INSERT"),
    Privilege(audit_entry, Reader.SOURCE, "SELECT", ("sequence", "id", "hash")),
    Privilege(
        data_source,
        Reader.GATE,
        "SELECT",
        ("id", "code", "owner_id", "account_id", "kind", "jurisdiction_id", "mapping_version"),
    ),
    Privilege(batch, Reader.GATE, "SELECT", ("id", "source_id", "status")),
    *(
        Privilege(table, Reader.LOADER, verb)
        for table in (
            *OPEN_TABLES,
            *PROTECTED_TABLES,
            project,
            access_grant,
            account,
            notice,
        )
        for verb in ("SELECT", "INSERT", "UPDATE", "DELETE")
    ),
    *(Privilege(observation, Reader.LOADER, verb) for verb in ("SELECT", "INSERT")),
    Privilege(
        observation, Reader.LOADER, "UPDATE", ("status", "superseded_at", "reporting_area_id")
    ),
)
"""No role may alter or delete a recorded figure; only its status, its successor and whose unit
reports it are marked."""
