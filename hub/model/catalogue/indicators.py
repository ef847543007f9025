"""Indicators, what they are broken down by, and their targets."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    code_of,
    jurisdiction_of,
    listed,
    local_project_of,
    name_of,
    national_project_of,
    one,
    provenance_of,
)
from hub.model.entities import (
    Entity,
    Field,
    First,
    Revisions,
    Scalar,
    ToMany,
    ToOne,
)
from hub.model.measurement import disaggregation, indicator, observation, target
from hub.model.programme import document, programme, project
from hub.model.territory import area

INDICATOR: Final = Entity(
    "Indicator",
    "indicators",
    indicator,
    (indicator.c.code,),
    "Something that is measured or promised (chỉ tiêu).",
    (
        code_of(indicator),
        name_of(indicator),
        Field("unit", indicator.c.unit, Scalar.TEXT, "Unit (đơn vị tính).", vocabulary=v.UNIT),
        Field(
            "comparator",
            indicator.c.comparator,
            Scalar.TEXT,
            "How a value is held against the goal (phép so sánh).",
            vocabulary=v.COMPARATOR,
        ),
        Field(
            "direction",
            indicator.c.direction,
            Scalar.TEXT,
            "Which way is better (chiều hướng).",
            vocabulary=v.DIRECTION,
        ),
        Field(
            "targetKind",
            indicator.c.target_kind,
            Scalar.TEXT,
            "How its goal is put (loại chỉ tiêu).",
            vocabulary=v.TARGET_KIND,
        ),
        Field(
            "aggregation",
            indicator.c.aggregation,
            Scalar.TEXT,
            "How its figures add up over areas (cách tổng hợp).",
            vocabulary=v.AGGREGATION,
        ),
        Field("finalValue", indicator.c.final_value, Scalar.DECIMAL, "Goal (mức cuối kỳ)."),
        Field("finalYear", indicator.c.final_year, Scalar.INT, "Year of the goal (năm cuối)."),
        Field(
            "baselineValue",
            indicator.c.baseline_value,
            Scalar.DECIMAL,
            "Starting value; null, since no text gives one (giá trị gốc).",
        ),
        Field(
            "baselineYear", indicator.c.baseline_year, Scalar.INT, "Year of the baseline (năm gốc)."
        ),
        Field(
            "numeratorDefinition",
            indicator.c.numerator_vi,
            Scalar.TEXT,
            "What the numerator counts, in Vietnamese (tử số).",
            is_orderable=False,
        ),
        Field(
            "denominatorDefinition",
            indicator.c.denominator_vi,
            Scalar.TEXT,
            "What the denominator counts, in Vietnamese (mẫu số).",
            is_orderable=False,
        ),
        Field(
            "frequency",
            indicator.c.frequency,
            Scalar.TEXT,
            "How often it is due (tần suất).",
            vocabulary=v.FREQUENCY,
        ),
        jurisdiction_of(indicator),
        ToOne(
            "programme",
            "Programme",
            indicator.c.programme_id,
            programme.c.id,
            "Programme it belongs to (chương trình).",
        ),
        local_project_of(indicator),
        national_project_of(indicator),
        ToOne(
            "component",
            "Project",
            indicator.c.component_id,
            project.c.id,
            "Content heading of the plan, null unless you may see it (nội dung).",
        ),
        listed(
            "disaggregations",
            "Disaggregation",
            indicator.c.id,
            disaggregation.c.indicator_id,
            "The parts that its figures are broken down by (phân tổ).",
        ),
        ToMany(
            "targets",
            "Target",
            indicator.c.id,
            (target.c.indicator_id,),
            "Its targets, yearly and headline (mục tiêu).",
        ),
        ToMany(
            "observations",
            "Observation",
            indicator.c.id,
            (observation.c.indicator_id,),
            "Its figures that you may see (số liệu).",
        ),
        First(
            "latest",
            "observations",
            {"area": ("area", "code"), "period": ("period", "label")},
            ("PERIOD_END_DESC",),
            "Its newest figure that you may see, in an area, in a period, or in any: of those of "
            "the last day, the one recorded last (số liệu mới nhất).",
        ),
        *provenance_of(indicator),
    ),
    ("CODE_ASC",),
    lookup=indicator.c.code,
    is_provenanced=True,
    groups=("unit", "targetKind", "jurisdiction", "nationalProject"),
    is_searched=True,
)

_d = disaggregation.c

DISAGGREGATION: Final = Entity(
    "Disaggregation",
    "",
    disaggregation,
    (_d.indicator_id, _d.code),
    "A category that an indicator is broken down by; its figures are those of an indicator of its "
    "own, the part (phân tổ).",
    (
        Field(
            "code", _d.code, Scalar.CODE, "What a delivery calls it: unique in the indicator (mã)."
        ),
        Field("dimension", _d.dimension, Scalar.CODE, "By what: sex, age, … (tiêu thức)."),
        name_of(disaggregation),
        one("indicator", "Indicator", _d.indicator_id, indicator.c.id, "Of what (chỉ tiêu)."),
        one("part", "Indicator", _d.part_id, indicator.c.id, "Its own indicator (chỉ tiêu con)."),
    ),
    ("DIMENSION_ASC", "CODE_ASC"),
)

TARGET: Final = Entity(
    "Target",
    "targets",
    target,
    (target.c.code,),
    "A value that an indicator shall reach, as its document states it (mục tiêu).",
    (
        code_of(target),
        Field(
            "type",
            target.c.target_type,
            Scalar.TEXT,
            "Headline or of one year (loại).",
            vocabulary=v.TARGET_TYPE,
        ),
        Field("year", target.c.year, Scalar.INT, "Year, where stated (năm)."),
        Field("value", target.c.value, Scalar.DECIMAL, "Value, where stated (mức)."),
        Field(
            "comparator",
            target.c.comparator,
            Scalar.TEXT,
            "How a value is held against it (phép so sánh).",
            vocabulary=v.COMPARATOR,
        ),
        Field("unit", target.c.unit, Scalar.TEXT, "Unit (đơn vị tính).", vocabulary=v.UNIT),
        Field(
            "verbatim",
            target.c.verbatim,
            Scalar.TEXT,
            "The source's wording where it gives no figure, in Vietnamese (nguyên văn).",
            is_orderable=False,
        ),
        Field(
            "anomalies",
            target.c.anomalies,
            Scalar.TEXT,
            "What is odd about it; kept as stated, not mended (điểm bất thường).",
            vocabulary=v.ANOMALY,
            is_list=True,
        ),
        Field(
            "anomalyNote",
            target.c.anomaly_note,
            Scalar.TEXT,
            "The oddity in words, in Vietnamese (ghi chú điểm bất thường).",
            is_orderable=False,
        ),
        ToOne(
            "indicator", "Indicator", target.c.indicator_id, indicator.c.id, "Of what (chỉ tiêu)."
        ),
        jurisdiction_of(target),
        ToOne(
            "area",
            "Area",
            target.c.area_id,
            area.c.id,
            "Area it binds; null where it binds the whole place (địa bàn).",
        ),
        ToOne(
            "document",
            "Document",
            target.c.source_document_id,
            document.c.id,
            "Document that sets it (văn bản ban hành).",
        ),
        *provenance_of(target),
    ),
    ("YEAR_ASC", "CODE_ASC"),
    is_provenanced=True,
    revisions=Revisions(
        target.c.code,
        target.c.revision,
        target.c.recorded_at,
        target.c.superseded_at,
        target.c.is_withdrawn,
    ),
    groups=("type", "year", "indicator"),
)

ENTITIES: Final = (INDICATOR, DISAGGREGATION, TARGET)
