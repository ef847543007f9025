"""Money and training."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    amount,
    choice,
    code_of,
    jurisdiction_of,
    listed,
    local_project_of,
    many,
    name_of,
    national_project_of,
    one,
    provenance_of,
    synthetic_of,
    text,
)
from hub.model.entities import Entity, Field, Scalar
from hub.model.organisation import agency
from hub.model.programme import document, programme
from hub.model.resources import (
    budget_line,
    funding_source,
    funding_source_document,
    funding_source_manager,
    training,
)
from hub.model.territory import area

_s, _b, _t = funding_source.c, budget_line.c, training.c

FUNDING_SOURCE: Final = Entity(
    "FundingSource",
    "fundingSources",
    funding_source,
    (_s.code,),
    "A source of money that a plan names (nguồn kinh phí).",
    (
        code_of(funding_source),
        name_of(funding_source),
        choice("kind", _s.kind, v.FUNDING_KIND, "Where it comes from (loại nguồn)."),
        choice("budgetLevel", _s.budget_level, v.BUDGET_LEVEL, "Level (cấp ngân sách)."),
        text("purpose", _s.purpose, "What for, in Vietnamese (mục đích)."),
        jurisdiction_of(funding_source),
        one("programme", "Programme", _s.programme_id, programme.c.id, "Programme (chương trình)."),
        local_project_of(funding_source),
        national_project_of(funding_source),
        listed(
            "managers",
            "FundingSourceManager",
            _s.id,
            funding_source_manager.c.funding_source_id,
            "Who manages it (cơ quan quản lý).",
        ),
        listed(
            "documents",
            "FundingSourceDocument",
            _s.id,
            funding_source_document.c.funding_source_id,
            "Documents that govern it (văn bản).",
        ),
        many(
            "budgetLines",
            "BudgetLine",
            _s.id,
            _b.funding_source_id,
            "Lines paid from it that you may see (dòng kinh phí).",
        ),
        *provenance_of(funding_source),
    ),
    ("CODE_ASC",),
    lookup=_s.code,
    is_provenanced=True,
    groups=("kind", "budgetLevel", "jurisdiction"),
)

FUNDING_SOURCE_MANAGER: Final = Entity(
    "FundingSourceManager",
    "",
    funding_source_manager,
    (funding_source_manager.c.funding_source_id, funding_source_manager.c.agency_id),
    "An agency that manages a source of money (cơ quan quản lý nguồn).",
    (
        one("agency", "Agency", funding_source_manager.c.agency_id, agency.c.id, "Who (cơ quan)."),
        one(
            "fundingSource",
            "FundingSource",
            funding_source_manager.c.funding_source_id,
            _s.id,
            "What (nguồn).",
        ),
    ),
    ("AGENCY_CODE_ASC",),
)

FUNDING_SOURCE_DOCUMENT: Final = Entity(
    "FundingSourceDocument",
    "",
    funding_source_document,
    (funding_source_document.c.funding_source_id, funding_source_document.c.document_id),
    "A document that governs a source of money (văn bản về nguồn).",
    (
        one(
            "document",
            "Document",
            funding_source_document.c.document_id,
            document.c.id,
            "Which (văn bản).",
        ),
        one(
            "fundingSource",
            "FundingSource",
            funding_source_document.c.funding_source_id,
            _s.id,
            "What (nguồn).",
        ),
    ),
    ("DOCUMENT_CODE_ASC",),
)

BUDGET_LINE: Final = Entity(
    "BudgetLine",
    "budgetLines",
    budget_line,
    (_b.code,),
    "Money of one project, agency, year, source and kind, in whole đồng (dòng kinh phí).",
    (
        code_of(budget_line),
        Field("year", _b.year, Scalar.INT, "Year (năm)."),
        choice("kind", _b.kind, v.EXPENDITURE_KIND, "Kind of expenditure (loại chi)."),
        amount("planned", _b.planned, Scalar.BIGINT, "Planned, in đồng (kế hoạch)."),
        amount("allocated", _b.allocated, Scalar.BIGINT, "Allocated, in đồng (đã phân bổ)."),
        amount("disbursed", _b.disbursed, Scalar.BIGINT, "Disbursed, in đồng (đã giải ngân)."),
        Field(
            "isIntegrated",
            _b.is_integrated,
            Scalar.BOOLEAN,
            "True where it comes through another programme (lồng ghép).",
        ),
        one("agency", "Agency", _b.agency_id, agency.c.id, "Whose (đơn vị)."),
        one("area", "Area", _b.area_id, area.c.id, "Where; null for the whole place (địa bàn)."),
        one("source", "FundingSource", _b.funding_source_id, _s.id, "From where (nguồn)."),
        jurisdiction_of(budget_line),
        local_project_of(budget_line),
        synthetic_of(budget_line),
    ),
    ("YEAR_ASC", "CODE_ASC"),
    groups=("year", "kind", "isIntegrated", "agency", "area", "source", "project"),
)

TRAINING: Final = Entity(
    "Training",
    "trainings",
    training,
    (_t.code,),
    "A training course and how many it reached; counts only (tập huấn).",
    (
        code_of(training),
        name_of(training),
        choice("audience", _t.audience, v.AUDIENCE, "For whom (đối tượng)."),
        Field("heldOn", _t.held_on, Scalar.DATE, "When (ngày tổ chức)."),
        amount("invited", _t.invited, Scalar.INT, "How many were invited (được mời)."),
        amount("attended", _t.attended, Scalar.INT, "How many came (tham dự)."),
        amount("certified", _t.certified, Scalar.INT, "How many were certified (được cấp)."),
        choice("certificate", _t.certificate, v.CERTIFICATE, "What they received (chứng nhận)."),
        one("agency", "Agency", _t.agency_id, agency.c.id, "Who held it (đơn vị tổ chức)."),
        one("area", "Area", _t.area_id, area.c.id, "Where, if in one area (địa bàn)."),
        jurisdiction_of(training),
        local_project_of(training),
        synthetic_of(training),
    ),
    ("HELD_ON_DESC", "CODE_ASC"),
    groups=("audience", "certificate", "agency", "area", "project"),
)

ENTITIES: Final = (
    FUNDING_SOURCE,
    FUNDING_SOURCE_MANAGER,
    FUNDING_SOURCE_DOCUMENT,
    BUDGET_LINE,
    TRAINING,
)
