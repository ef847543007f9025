"""Programmes and their documents."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

PROGRAMME_SCOPE: Final = Vocabulary(
    "ProgrammeScope",
    "Whether a programme is the national one or one place's carrying-out (phạm vi).",
    {"national": "national (quốc gia)", "local": "of one locality (địa phương)"},
)

NODE_TYPE: Final = Vocabulary(
    "ProjectNodeType",
    "Kind of a node in a programme's project tree (loại dự án).",
    {
        "project": "project (dự án)",
        "subproject": "sub-project (tiểu dự án)",
        "component": "content heading of a plan (nội dung)",
        "project_group": "projects meant but not named (nhóm dự án)",
    },
)

DOCUMENT_TYPE: Final = Vocabulary(
    "DocumentType",
    "Kind of a document (loại văn bản).",
    {
        "news_article": "news article (bài báo)",
        "plan": "plan (kế hoạch)",
        "resolution": "resolution (nghị quyết)",
        "law": "law (luật)",
        "decision": "decision (quyết định)",
        "guidance": "guidance (hướng dẫn)",
        "regulation": "regulation (quy định, quy chế)",
        "criteria": "criteria (tiêu chí)",
        "treaty": "treaty (điều ước quốc tế)",
        "report": "report (báo cáo)",
    },
)

DOCUMENT_STATUS: Final = Vocabulary(
    "DocumentStatus",
    "Whether a document exists yet (tình trạng văn bản).",
    {"issued": "issued (đã ban hành)", "planned": "the plans say it will be made (dự kiến)"},
)

DOCUMENT_RELATION: Final = Vocabulary(
    "DocumentRelation",
    "What a document does for a programme or another document (quan hệ văn bản).",
    {
        "approves": "approves the programme (phê duyệt)",
        "implements": "carries it out (triển khai)",
        "reviews": "reviews it (tổng kết)",
    },
)

TERM_CATEGORY: Final = Vocabulary(
    "TermCategory",
    "Field a term belongs to (lĩnh vực thuật ngữ).",
    {
        "drug_control": "drug control (phòng, chống ma túy)",
        "governance": "governance (quản lý)",
        "legal": "law (pháp lý)",
        "organisation": "organisation (tổ chức)",
        "rehabilitation": "rehabilitation (cai nghiện)",
        "finance": "finance (tài chính)",
        "communication": "communication (truyền thông)",
        "system": "information systems (hệ thống)",
    },
)
