"""Agencies, and what part they have in what."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

AGENCY_KIND: Final = Vocabulary(
    "AgencyKind",
    "Kind of an agency (loại cơ quan).",
    {
        "legislature": "National Assembly (Quốc hội)",
        "government": "Government (Chính phủ)",
        "office": "office of a body (văn phòng)",
        "ministry": "ministry (bộ)",
        "ministry_unit": "unit of a ministry (đơn vị thuộc bộ)",
        "national_committee": "national committee (ủy ban quốc gia)",
        "procuracy": "procuracy (viện kiểm sát)",
        "court": "court (tòa án)",
        "police": "police (công an)",
        "military": "military (quân sự)",
        "force": "specialised force (lực lượng chuyên trách)",
        "department": "department of a city or province (sở)",
        "department_unit": "unit of a department (đơn vị thuộc sở)",
        "peoples_committee": "People's Committee (ủy ban nhân dân)",
        "peoples_council": "People's Council (hội đồng nhân dân)",
        "party": "Party body (cơ quan Đảng)",
        "front": "Fatherland Front (Mặt trận Tổ quốc)",
        "mass_organisation": "mass organisation (đoàn thể)",
        "union": "trade union (công đoàn)",
        "media": "press or broadcaster (báo chí, phát thanh, truyền hình)",
        "steering_committee": "steering committee (ban chỉ đạo)",
        "coordinating_council": "coordinating council (hội đồng phối hợp)",
        "support_body": "support body (cơ quan giúp việc)",
        "liaison_office": "liaison office (văn phòng liên lạc)",
        "office_holder": "office held by one person (chức danh)",
        "volunteer_team": "volunteer team (đội tình nguyện)",
        "service_unit": "public service unit (đơn vị sự nghiệp)",
        "project_owner": "owner of a project (chủ dự án, chủ đầu tư)",
        "international": "international body (tổ chức quốc tế)",
        "agency_group": "class of agencies (nhóm cơ quan)",
    },
)

AGENCY_LEVEL: Final = Vocabulary(
    "AgencyLevel",
    "Level at which an agency works (cấp hoạt động).",
    {
        "national": "national (trung ương)",
        "province": "province (tỉnh)",
        "city": "city (thành phố)",
        "district": "district (cấp huyện)",
        "ward": "commune level (cấp xã)",
        "international": "international (quốc tế)",
    },
)

ROLE: Final = Vocabulary(
    "AssignmentRole",
    "Part an agency has in a programme or project (vai trò được phân công).",
    {
        "standing": "standing agency (thường trực)",
        "lead": "leads (chủ trì)",
        "coordinating": "coordinates (phối hợp)",
        "guiding": "guides (hướng dẫn)",
        "executing": "carries out (thực hiện)",
        "advising": "advises (tham mưu)",
        "oversight": "follows and inspects (theo dõi, kiểm tra)",
        "directing": "directs (chỉ đạo)",
        "approving": "approves (phê duyệt, thông qua, quyết định)",
        "accountable": "answers for it (chịu trách nhiệm)",
    },
)

ASSIGNMENT_MODE: Final = Vocabulary(
    "AssignmentMode",
    "Whether an agency is instructed or asked (giao hay đề nghị).",
    {
        "assigned": "instructed (giao)",
        "requested": "asked (đề nghị)",
        "unassigned": "named without either (không nêu)",
    },
)

COVERAGE: Final = Vocabulary(
    "AssignmentCoverage",
    "Whether a role stands on the whole or on a named duty (phạm vi vai trò).",
    {
        "whole": "the project or programme itself (toàn bộ)",
        "part": "a named duty within it (một phần)",
    },
)
