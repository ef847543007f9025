"""Status of areas, pilots, reviews and findings, data sources and terms."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    choice,
    code_of,
    jurisdiction_of,
    listed,
    local_project_of,
    many,
    name_of,
    one,
    provenance_of,
    synthetic_of,
    text,
)
from hub.model.entities import Entity, Field, Localized, Scalar
from hub.model.organisation import agency
from hub.model.situations import (
    area_status,
    area_status_evidence,
    finding,
    glossary_term,
    pilot_model,
    review,
)
from hub.model.territory import area

_a, _e, _p, _r, _f = (
    area_status.c,
    area_status_evidence.c,
    pilot_model.c,
    review.c,
    finding.c,
)
_g = glossary_term.c

AREA_STATUS: Final = Entity(
    "AreaStatus",
    "areaStatuses",
    area_status,
    (_a.code,),
    "What an area is in respect of drugs in a year, by which rules, on what evidence (tình trạng "
    "địa bàn về ma túy).",
    (
        code_of(area_status),
        Field("year", _a.year, Scalar.INT, "Year (năm)."),
        choice("status", _a.status, v.DRUG_STATUS, "What it is (tình trạng)."),
        choice("stage", _a.stage, v.STATUS_STAGE, "How far the finding has come (bước)."),
        Field("ruleset", _a.ruleset, Scalar.CODE, "Rules it was found by (bộ tiêu chí)."),
        text("legalBasis", _a.legal_basis, "What those rules rest on, in Vietnamese (căn cứ)."),
        one("area", "Area", _a.area_id, area.c.id, "Where (địa bàn)."),
        listed(
            "evidence",
            "AreaStatusEvidence",
            _a.id,
            _e.area_status_id,
            "What was found on each criterion (căn cứ đánh giá).",
        ),
        jurisdiction_of(area_status),
        local_project_of(area_status),
        synthetic_of(area_status),
    ),
    ("YEAR_DESC", "AREA_CODE_ASC"),
    groups=("year", "status", "stage", "area"),
)

AREA_STATUS_EVIDENCE: Final = Entity(
    "AreaStatusEvidence",
    "",
    area_status_evidence,
    (_e.id,),
    "What was found on one criterion (căn cứ đánh giá).",
    (
        Field("criterion", _e.criterion, Scalar.TEXT, "Criterion, in Vietnamese (tiêu chí)."),
        text("found", _e.found, "What was found, in Vietnamese (kết quả)."),
        Field("isMet", _e.is_met, Scalar.BOOLEAN, "Whether it is met, if known (đạt)."),
    ),
    ("CRITERION_ASC",),
)

PILOT_MODEL: Final = Entity(
    "PilotModel",
    "pilotModels",
    pilot_model,
    (_p.code,),
    "A way of working that is tried before it is spread (mô hình thí điểm).",
    (
        code_of(pilot_model),
        name_of(pilot_model),
        choice("phase", _p.phase, v.PILOT_PHASE, "How far it has come (giai đoạn)."),
        text("reason", _p.reason, "Why there, in Vietnamese (lý do chọn)."),
        Field("startedOn", _p.started_on, Scalar.DATE, "Since when (bắt đầu)."),
        Field("endedOn", _p.ended_on, Scalar.DATE, "Until when, if over (kết thúc)."),
        one("area", "Area", _p.area_id, area.c.id, "Where (địa bàn)."),
        one("agency", "Agency", _p.agency_id, agency.c.id, "Who tries it (đơn vị)."),
        jurisdiction_of(pilot_model),
        local_project_of(pilot_model),
        synthetic_of(pilot_model),
    ),
    ("CODE_ASC",),
    groups=("phase", "area", "agency"),
)

REVIEW: Final = Entity(
    "Review",
    "reviews",
    review,
    (_r.code,),
    "An inspection or review of a project (kiểm tra, sơ kết, tổng kết).",
    (
        code_of(review),
        name_of(review),
        choice("kind", _r.kind, v.REVIEW_KIND, "Kind (loại)."),
        Field("heldOn", _r.held_on, Scalar.DATE, "When (ngày)."),
        one("agency", "Agency", _r.agency_id, agency.c.id, "Who held it (đơn vị chủ trì)."),
        many("findings", "Finding", _r.id, _f.review_id, "What it found (kết luận)."),
        jurisdiction_of(review),
        local_project_of(review),
        synthetic_of(review),
    ),
    ("HELD_ON_DESC", "CODE_ASC"),
    groups=("kind",),
)

FINDING: Final = Entity(
    "Finding",
    "findings",
    finding,
    (_f.code,),
    "Something that a review found; the inspected unit sees it once issued (kết luận).",
    (
        code_of(finding),
        choice("kind", _f.kind, v.FINDING_KIND, "Kind (loại)."),
        text("statement", _f.statement, "What was found, in Vietnamese (nội dung)."),
        text("answer", _f.answer, "What the inspected unit answered, in Vietnamese (giải trình)."),
        Field("issuedOn", _f.issued_on, Scalar.DATE, "When it was issued (ngày ban hành)."),
        one("review", "Review", _f.review_id, _r.id, "In which review (đợt)."),
        one("agency", "Agency", _f.agency_id, agency.c.id, "About which unit (đơn vị)."),
        one("area", "Area", _f.area_id, area.c.id, "About which area (địa bàn)."),
        jurisdiction_of(finding),
        local_project_of(finding),
        synthetic_of(finding),
    ),
    ("CODE_ASC",),
    groups=("kind", "agency", "area"),
)

GLOSSARY_TERM: Final = Entity(
    "GlossaryTerm",
    "glossaryTerms",
    glossary_term,
    (_g.code,),
    "A word of the field, in Vietnamese and English (thuật ngữ).",
    (
        code_of(glossary_term),
        Localized("term", _g.term_vi, _g.term_en, _g.term_vi_key, "The word (thuật ngữ)."),
        Field("abbreviation", _g.abbreviation, Scalar.TEXT, "Short form, if any (viết tắt)."),
        choice("category", _g.category, v.TERM_CATEGORY, "Field it belongs to (lĩnh vực)."),
        Localized("definition", _g.definition_vi, _g.definition_en, None, "Meaning (nghĩa)."),
        *provenance_of(glossary_term),
    ),
    ("TERM_ASC",),
    lookup=_g.code,
    is_provenanced=True,
    is_searched=True,
    groups=("category",),
)

ENTITIES: Final = (
    AREA_STATUS,
    AREA_STATUS_EVIDENCE,
    PILOT_MODEL,
    REVIEW,
    FINDING,
    GLOSSARY_TERM,
)
