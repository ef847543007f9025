"""What is open to everyone."""

from __future__ import annotations

from typing import Final

from hub.access.policies.policy import Policy, Verb
from hub.access.readers import OUTSIDE
from hub.model.duties import reporting_duty, reporting_duty_document, reporting_regime
from hub.model.facilities import facility_type
from hub.model.intake import quality_check
from hub.model.measurement import disaggregation, indicator, period, target
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import document, document_link, programme
from hub.model.reporting import form_cell, report_form
from hub.model.resources import funding_source, funding_source_document, funding_source_manager
from hub.model.situations import glossary_term
from hub.model.territory import area, area_lineage, jurisdiction

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
    disaggregation,
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

DEFINITIONS: Final = (
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
)
