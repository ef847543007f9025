"""Periods and observations."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    amount,
    jurisdiction_of,
    local_project_of,
    one,
    synthetic_of,
)
from hub.model.duties import reporting_regime
from hub.model.entities import (
    Entity,
    Field,
    Figures,
    Reach,
    Revisions,
    Scalar,
    ToOne,
)
from hub.model.facilities import facility
from hub.model.intake import batch
from hub.model.intake_terms import QUALITY_RULE
from hub.model.measurement import indicator, observation, period
from hub.model.organisation import agency
from hub.model.territory import area

PERIOD: Final = Entity(
    "Period",
    "periods",
    period,
    (period.c.calendar, period.c.label),
    "A reporting period. Periods of different calendars bear the same labels and are never the "
    "same (kỳ báo cáo).",
    (
        Field("label", period.c.label, Scalar.TEXT, "2026-09, 2026-Q3, 2026-H1, 2026 (tên kỳ)."),
        Field("start", period.c.starts_on, Scalar.DATE, "First day (ngày đầu)."),
        Field("end", period.c.ends_on, Scalar.DATE, "Last day (ngày cuối)."),
        Field(
            "calendar",
            period.c.calendar,
            Scalar.TEXT,
            "Calendar it belongs to (lịch).",
            vocabulary=v.CALENDAR,
        ),
        Field("kind", period.c.kind, Scalar.TEXT, "Length (loại kỳ).", vocabulary=v.PERIOD_KIND),
        one(
            "regime",
            "ReportingRegime",
            period.c.regime_id,
            reporting_regime.c.id,
            "Regime that lists it as its own; null for one of a calendar (chế độ báo cáo).",
        ),
    ),
    ("START_ASC", "END_DESC", "CALENDAR_ASC"),
)

OBSERVATION: Final = Entity(
    "Observation",
    "observations",
    observation,
    (observation.c.id,),
    "A figure reported for an indicator, an area and a period. Corrections are new revisions; of "
    "each figure you are shown the newest revision that you may see (số liệu).",
    (
        Field(
            "value",
            observation.c.value,
            Scalar.DECIMAL,
            "Value in the indicator's unit; null where it is missing (giá trị).",
            is_additive=True,
        ),
        amount(
            "numerator",
            observation.c.numerator,
            Scalar.BIGINT,
            "Numerator of a rate (tử số).",
        ),
        amount(
            "denominator",
            observation.c.denominator,
            Scalar.BIGINT,
            "Denominator of a rate (mẫu số).",
        ),
        Field(
            "status",
            observation.c.status,
            Scalar.TEXT,
            "How far it has come (trạng thái).",
            vocabulary=v.OBSERVATION_STATUS,
        ),
        Field(
            "revision", observation.c.revision, Scalar.INT, "1 at first, then counting (lần sửa)."
        ),
        Field(
            "recordedAt",
            observation.c.recorded_at,
            Scalar.INSTANT,
            "When the hub recorded it (thời điểm ghi nhận).",
        ),
        Field(
            "isWithdrawn",
            observation.c.is_withdrawn,
            Scalar.BOOLEAN,
            "True for the revision that takes a figure back (đã rút).",
        ),
        Field(
            "note",
            observation.c.note,
            Scalar.TEXT,
            "Remark of who reported it (ghi chú).",
            is_orderable=False,
        ),
        Field(
            "source",
            observation.c.source,
            Scalar.TEXT,
            "Code of the source it came from (nguồn dữ liệu).",
        ),
        ToOne(
            "indicator",
            "Indicator",
            observation.c.indicator_id,
            indicator.c.id,
            "Of what (chỉ tiêu).",
        ),
        ToOne("area", "Area", observation.c.area_id, area.c.id, "Where (địa bàn)."),
        ToOne(
            "facility",
            "Facility",
            observation.c.facility_id,
            facility.c.id,
            "At which facility, if of one and you may see it (cơ sở).",
        ),
        ToOne(
            "agency",
            "Agency",
            observation.c.agency_id,
            agency.c.id,
            "Unit that reported it (đơn vị báo cáo).",
        ),
        ToOne(
            "period",
            "Period",
            observation.c.period_id,
            period.c.id,
            "When (kỳ báo cáo).",
            carried=(
                (period.c.starts_on, observation.c.period_start),
                (period.c.ends_on, observation.c.period_end),
            ),
            spans=((period.c.starts_on, period.c.ends_on),),
        ),
        Field(
            "year",
            observation.c.year,
            Scalar.INT,
            "Year that its period ends in, the reporting year (năm báo cáo).",
            is_orderable=False,
        ),
        jurisdiction_of(observation),
        local_project_of(observation),
        synthetic_of(observation),
        ToOne(
            "batch",
            "Batch",
            observation.c.batch_id,
            batch.c.id,
            "Batch it came with, if with one and you may see it (lô nhập).",
        ),
        Field(
            "batchLine",
            observation.c.batch_line,
            Scalar.INT,
            "Line of that batch it was read from (dòng trong lô).",
        ),
        Field(
            "warnings",
            observation.c.warnings,
            Scalar.TEXT,
            "Checks that it failed when it came in (cảnh báo chất lượng).",
            vocabulary=QUALITY_RULE,
            is_list=True,
        ),
    ),
    ("PERIOD_START_DESC",),
    revisions=Revisions(
        observation.c.origin_id,
        observation.c.revision,
        observation.c.recorded_at,
        observation.c.superseded_at,
        observation.c.is_withdrawn,
    ),
    reach=Reach(
        "observation",
        observation.c.project_id,
        observation.c.reporting_area_id,
        observation.c.facility_id,
        observation.c.jurisdiction_id,
        observation.c.period_start,
    ),
    figures=Figures(
        observation.c.value,
        observation.c.numerator,
        observation.c.denominator,
        (
            (observation.c.indicator_id, ("INDICATOR", "PROJECT")),
            (observation.c.area_id, ("AREA", "AGENCY", "FACILITY")),
            (observation.c.period_id, ("PERIOD", "YEAR")),
        ),
        observation.c.indicator_id,
    ),
    groups=("indicator", "area", "period", "year", "agency", "facility", "status", "project"),
)

ENTITIES: Final = (PERIOD, OBSERVATION)
