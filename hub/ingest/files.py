"""The reference files: what the rows of each are, and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hub.ingest.drafts import names
from hub.ingest.drafts.authority import DecidedGrant, RoleRight
from hub.ingest.drafts.duties import OwnPeriod, ReportingDuty, ReportingRegime, Task
from hub.ingest.drafts.facilities import Facility, FacilityType
from hub.ingest.drafts.intake import QualityCheck
from hub.ingest.drafts.measurement import Disaggregation, Indicator, Target
from hub.ingest.drafts.organisation import Agency, Assignment
from hub.ingest.drafts.programme import Document, Programme, Project
from hub.ingest.drafts.reporting import FormCell, ReportForm
from hub.ingest.drafts.resources import FundingSource
from hub.ingest.drafts.situations import Term
from hub.ingest.drafts.territory import ClosedWard, Jurisdiction, Lineage, Ward
from hub.ingest.mapping import File

JURISDICTIONS: Final = File(names.JURISDICTIONS_CSV, Jurisdiction)
DOCUMENTS: Final = File(names.DOCUMENTS_CSV, Document, unread=("date_precision", "source_text_no"))
PROGRAMMES: Final = File(names.PROGRAMMES_CSV, Programme)
PROJECTS: Final = File(names.PROJECTS_CSV, Project)
AGENCIES: Final = File(names.AGENCIES_CSV, Agency)
ASSIGNMENTS: Final = File("assignments.csv", Assignment)
INDICATORS: Final = File(names.INDICATORS_CSV, Indicator)
DISAGGREGATIONS: Final = File("disaggregations.csv", Disaggregation, key=("indicator", "code"))
TARGETS: Final = File("indicator_targets.csv", Target)
WARDS: Final = File(names.WARDS_CSV, Ward)
CLOSED_WARDS: Final = File(names.CLOSED_WARDS_CSV, ClosedWard)
LINEAGE: Final = File("ward_lineage.csv", Lineage, key=("old_code", "new_code"))
FACILITY_TYPES: Final = File(names.FACILITY_TYPES_CSV, FacilityType)
FACILITIES: Final = File("facilities.csv", Facility)
TASKS: Final = File("tasks.csv", Task)
FUNDING_SOURCES: Final = File("funding_sources.csv", FundingSource)
REPORTING_DUTIES: Final = File("reporting_duties.csv", ReportingDuty)
REPORTING_REGIMES: Final = File(names.REPORTING_REGIMES_CSV, ReportingRegime)
REPORTING_PERIODS: Final = File("reporting_periods.csv", OwnPeriod, key=("label",))
REPORT_FORMS: Final = File(names.REPORT_FORMS_CSV, ReportForm)
FORM_CELLS: Final = File("form_cells.csv", FormCell, key=("form", "indicator"))
QUALITY_CHECKS: Final = File("quality_checks.csv", QualityCheck)
GLOSSARY: Final = File("glossary.csv", Term)
DECIDED_GRANTS: Final = File("grants_by_decision.csv", DecidedGrant, unread=("kind",))
ROLES: Final = File("roles.csv", RoleRight, key=("role", "data_classes", "capabilities"))


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """The programme's own data: every file's rows, understood."""

    jurisdictions: tuple[Jurisdiction, ...]
    documents: tuple[Document, ...]
    programmes: tuple[Programme, ...]
    projects: tuple[Project, ...]
    agencies: tuple[Agency, ...]
    assignments: tuple[Assignment, ...]
    indicators: tuple[Indicator, ...]
    disaggregations: tuple[Disaggregation, ...]
    targets: tuple[Target, ...]
    wards: tuple[Ward, ...]
    closed_wards: tuple[ClosedWard, ...]
    lineage: tuple[Lineage, ...]
    facility_types: tuple[FacilityType, ...]
    facilities: tuple[Facility, ...]
    tasks: tuple[Task, ...]
    funding_sources: tuple[FundingSource, ...]
    reporting_duties: tuple[ReportingDuty, ...]
    reporting_regimes: tuple[ReportingRegime, ...]
    reporting_periods: tuple[OwnPeriod, ...]
    report_forms: tuple[ReportForm, ...]
    form_cells: tuple[FormCell, ...]
    quality_checks: tuple[QualityCheck, ...]
    glossary: tuple[Term, ...]
    decided_grants: tuple[DecidedGrant, ...]
    role_rights: tuple[RoleRight, ...]
