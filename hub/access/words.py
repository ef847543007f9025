"""Grants in words, for whoever holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.errors import Language
from hub.model.vocabulary import CAPABILITY, DATA_CLASS, ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

_VI: Final = {
    "roles": {
        "standing": "cơ quan thường trực",
        "lead": "chủ trì",
        "coordinating": "phối hợp",
        "guiding": "hướng dẫn",
        "executing": "thực hiện",
        "advising": "tham mưu",
        "oversight": "theo dõi, kiểm tra",
        "directing": "chỉ đạo",
        "approving": "phê duyệt",
        "accountable": "chịu trách nhiệm",
    },
    "capabilities": {
        "read": "xem",
        "write": "ghi",
        "comment": "nhận xét",
        "return": "trả lại",
        "approve": "duyệt",
        "accept": "chấp nhận",
        "review": "rà soát",
    },
    "classes": {
        "definition": "danh mục",
        "area": "địa bàn",
        "document": "văn bản",
        "target": "mục tiêu",
        "observation": "số liệu",
        "submission": "báo cáo nộp",
        "task": "nhiệm vụ",
        "budget": "kinh phí",
        "facility": "cơ sở",
        "eligibility": "điều kiện xác định nghiện",
        "training": "tập huấn",
        "finding": "kết luận kiểm tra",
        "batch": "lô nhập",
        "audit": "nhật ký truy cập",
    },
}


def grant_in_words(
    language: Language,
    *,
    capabilities: Sequence[str],
    data_classes: Sequence[str],
    states: Sequence[str],
    role: str | None,
    project: str | None,
    place: str | None,
    own_area: str | None,
) -> str:
    """Return one sentence that says what a grant allows, on what, where and why."""
    if language is Language.VI:
        return _in_vietnamese(
            capabilities, data_classes, states, role, project, place, own_area
        )
    return _in_english(capabilities, data_classes, states, role, project, place, own_area)


def _in_vietnamese(
    capabilities: Sequence[str],
    data_classes: Sequence[str],
    states: Sequence[str],
    role: str | None,
    project: str | None,
    place: str | None,
    own_area: str | None,
) -> str:
    acts = ", ".join(_VI["capabilities"][item] for item in capabilities)
    things = ", ".join(_VI["classes"][item] for item in data_classes)
    parts = [f"Được {acts} {things}"]
    if states:
        parts.append("đã được chấp nhận hoặc công bố")
    parts.append(f"của “{project}”" if project else "của mọi dự án")
    if own_area:
        parts.append(f"trong địa bàn {own_area}")
    elif place:
        parts.append(f"tại {place}")
    if role:
        parts.append(f"với vai trò {_VI['roles'][role]}")
    return " ".join(parts) + "."


def _in_english(
    capabilities: Sequence[str],
    data_classes: Sequence[str],
    states: Sequence[str],
    role: str | None,
    project: str | None,
    place: str | None,
    own_area: str | None,
) -> str:
    acts = ", ".join(CAPABILITY.terms[item].split(" (")[0] for item in capabilities)
    things = ", ".join(DATA_CLASS.terms[item].split(" (")[0] for item in data_classes)
    parts = [f"May {acts}: {things}"]
    if states:
        parts.append("once accepted or published")
    parts.append(f"of “{project}”" if project else "of every project")
    if own_area:
        parts.append(f"within {own_area}")
    elif place:
        parts.append(f"in {place}")
    if role:
        parts.append(f"because your agency {ROLE.terms[role].split(' (')[0]}")
    return " ".join(parts) + "."
