"""Sources of data, the batches that came from them, and the rows that were not taken."""

from __future__ import annotations

from typing import Final

from hub.model import intake_terms as t
from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    amount,
    choice,
    code_of,
    jurisdiction_of,
    many,
    name_of,
    one,
    synthetic_of,
    text,
)
from hub.model.entities import Entity, Field, Scalar
from hub.model.intake import batch, batch_row, data_source, source_share, source_term
from hub.model.organisation import agency
from hub.model.territory import area

_b, _d, _r = batch.c, data_source.c, batch_row.c
_t, _s = source_term.c, source_share.c

DATA_SOURCE: Final = Entity(
    "DataSource",
    "dataSources",
    data_source,
    (_d.code,),
    "A system or person that figures come from (nguồn dữ liệu).",
    (
        code_of(data_source),
        name_of(data_source),
        choice("kind", _d.kind, v.SOURCE_KIND, "How its data come in (hình thức)."),
        text("description", _d.description, "What it brings, in Vietnamese (mô tả)."),
        one("owner", "Agency", _d.owner_id, agency.c.id, "Whose it is (đơn vị sở hữu)."),
        jurisdiction_of(data_source),
        synthetic_of(data_source),
        one(
            "area",
            "Area",
            _d.area_id,
            area.c.id,
            "Area of rows that name none (địa bàn mặc định).",
        ),
        choice("calendar", _d.calendar, v.CALENDAR, "Calendar of its periods (lịch kỳ báo cáo)."),
        Field(
            "mappingVersion",
            _d.mapping_version,
            Scalar.INT,
            "Version of how its words are read (phiên bản ánh xạ).",
        ),
        text(
            "schedule",
            _d.schedule,
            "When it is fetched, as cron has it, in UTC (lịch lấy dữ liệu).",
        ),
        Field(
            "openFrom",
            _d.open_from,
            Scalar.DATE,
            "Periods that began before are closed to it (kỳ mở từ ngày).",
        ),
        many("batches", "Batch", _d.id, _b.source_id, "What came from it (các lô nhập)."),
        many("terms", "SourceTerm", _d.id, _t.source_id, "Its own words (bảng từ riêng)."),
        many("shares", "SourceShare", _d.id, _s.source_id, "Its shares (tỷ lệ chia)."),
    ),
    ("CODE_ASC",),
    lookup=_d.code,
    groups=("kind", "owner"),
)

SOURCE_TERM: Final = Entity(
    "SourceTerm",
    "sourceTerms",
    source_term,
    (_t.id,),
    "A source's own word for something, and what it stands for (từ riêng của nguồn).",
    (
        choice("kind", _t.kind, t.SOURCE_TERM_KIND, "What it stands for (loại từ)."),
        text("term", _t.term, "The word (từ)."),
        text("code", _t.code, "The hub's code of what is meant (mã)."),
        Field("validFrom", _t.valid_from, Scalar.DATE, "First day, if any (từ ngày)."),
        Field(
            "validUntil",
            _t.valid_until,
            Scalar.DATE,
            "First day on which it means that no longer, if any (ngày hết hiệu lực).",
        ),
        one("source", "DataSource", _t.source_id, _d.id, "Whose word it is (nguồn)."),
    ),
    ("KIND_ASC",),
    groups=("kind", "source"),
)

SOURCE_SHARE: Final = Entity(
    "SourceShare",
    "sourceShares",
    source_share,
    (_s.id,),
    "The share of a divided area's figures that a source counts for a successor (tỷ lệ chia).",
    (
        Field("share", _s.share, Scalar.DECIMAL, "Above 0, at most 1 (tỷ lệ)."),
        Field("validFrom", _s.valid_from, Scalar.DATE, "First day, if any (từ ngày)."),
        Field(
            "validUntil",
            _s.valid_until,
            Scalar.DATE,
            "First day on which it holds no longer, if any (ngày hết hiệu lực).",
        ),
        one("source", "DataSource", _s.source_id, _d.id, "Who says so (nguồn)."),
        one("predecessor", "Area", _s.predecessor_id, area.c.id, "Divided area (đơn vị cũ)."),
        one("successor", "Area", _s.successor_id, area.c.id, "One of its heirs (đơn vị mới)."),
    ),
    ("VALID_FROM_ASC",),
    groups=("source", "predecessor"),
)

BATCH: Final = Entity(
    "Batch",
    "batches",
    batch,
    (_b.id,),
    "One delivery of a source, and what became of it. Its rows are received once and are new, "
    "revised, unchanged, withdrawn, held or rejected (lô nhập).",
    (
        code_of(batch),
        choice("status", _b.status, t.BATCH_STATUS, "How far it has come (trạng thái)."),
        choice("channel", _b.channel, t.BATCH_CHANNEL, "Which way it came (kênh gửi)."),
        choice("format", _b.format, t.DELIVERY_FORMAT, "What it was written in (định dạng)."),
        choice(
            "entersAs",
            _b.enters_as,
            v.OBSERVATION_STATUS,
            "State in which its figures begin (trạng thái ban đầu của số liệu).",
        ),
        text("digest", _b.digest, "SHA-256 of what was sent (mã băm)."),
        Field("size", _b.size_bytes, Scalar.BIGINT, "Bytes that were sent (dung lượng)."),
        text("idempotencyKey", _b.idempotency_key, "Key it was sent under (khoá chống lặp)."),
        Field(
            "mappingVersion",
            _b.mapping_version,
            Scalar.INT,
            "Version of the mapping it was read by (phiên bản ánh xạ).",
        ),
        Field("receivedAt", _b.received_at, Scalar.INSTANT, "When it came (thời điểm nhận)."),
        Field("startedAt", _b.started_at, Scalar.INSTANT, "When it was begun (bắt đầu xử lý)."),
        Field("finishedAt", _b.finished_at, Scalar.INSTANT, "When it was done (xử lý xong)."),
        amount("received", _b.rows_received, Scalar.INT, "Rows it had (số dòng nhận)."),
        amount("new", _b.rows_new, Scalar.INT, "Figures that are new (số liệu mới)."),
        amount("revised", _b.rows_revised, Scalar.INT, "Figures it corrected (số liệu sửa)."),
        amount(
            "unchanged", _b.rows_unchanged, Scalar.INT, "Rows that said nothing new (không đổi)."
        ),
        amount("withdrawn", _b.rows_withdrawn, Scalar.INT, "Figures it took back (đã rút)."),
        amount("held", _b.rows_held, Scalar.INT, "Rows that wait for a decision (chờ quyết định)."),
        amount("rejected", _b.rows_rejected, Scalar.INT, "Rows not taken (bị loại)."),
        amount("warned", _b.rows_warned, Scalar.INT, "Figures with a warning (có cảnh báo)."),
        text("refusal", _b.refusal, "Code of why all of it was refused (mã từ chối)."),
        text("refusalPlace", _b.refusal_place, "Where in it, never what (vị trí từ chối)."),
        text(
            "refusalSentence",
            _b.refusal_sentence,
            "What the sender is told of it, in Vietnamese (lời giải thích).",
        ),
        one("source", "DataSource", _b.source_id, _d.id, "Source it came from (nguồn)."),
        one("agency", "Agency", _b.agency_id, agency.c.id, "Whose source that is (đơn vị)."),
        jurisdiction_of(batch),
        many("rows", "BatchRow", _b.id, _r.batch_id, "Rows not taken, or warned of (các dòng)."),
    ),
    ("RECEIVED_AT_DESC",),
    lookup=_b.code,
    groups=("status", "channel", "source", "agency"),
)

BATCH_ROW: Final = Entity(
    "BatchRow",
    "batchRows",
    batch_row,
    (_r.id,),
    "A row of a batch that was not taken, waits for a decision, or was taken with a warning "
    "(dòng của lô nhập).",
    (
        text("sheet", _r.sheet, "Sheet of the workbook (trang tính)."),
        Field("line", _r.line, Scalar.INT, "Line it was read from (dòng)."),
        text("column", _r.column_name, "Column that is wrong (cột)."),
        text("found", _r.found, "What was found there (giá trị đọc được)."),
        text("expected", _r.expected, "What was expected, in Vietnamese (giá trị hợp lệ)."),
        Field("code", _r.code, Scalar.CODE, "Stable code of what is wrong (mã lỗi)."),
        choice("outcome", _r.outcome, t.ROW_OUTCOME, "What became of it (kết quả)."),
        Field(
            "candidates",
            _r.candidates,
            Scalar.TEXT,
            "What it may have meant (các khả năng).",
            is_list=True,
            is_orderable=False,
        ),
        choice("decision", _r.decision, t.ROW_DECISION, "What was decided (quyết định)."),
        Field("decidedAt", _r.decided_at, Scalar.INSTANT, "When (thời điểm quyết định)."),
        one("batch", "Batch", _r.batch_id, _b.id, "Batch it is of (lô)."),
        one("agency", "Agency", _r.agency_id, agency.c.id, "Whose batch that is (đơn vị)."),
        jurisdiction_of(batch_row),
    ),
    ("LINE_ASC",),
    groups=("code", "outcome", "decision", "batch"),
)

ENTITIES: Final = (DATA_SOURCE, SOURCE_TERM, SOURCE_SHARE, BATCH, BATCH_ROW)
