"""Grants in words, for whoever holds them."""

from __future__ import annotations

from dataclasses import dataclass
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
        "administer": "quản trị",
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
        "account": "tài khoản và quyền trong cơ quan mình",
    },
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a grant says, its names already in the language it is to be put into."""

    capabilities: Sequence[str]
    data_classes: Sequence[str]
    states: Sequence[str]
    role: str | None
    project: str | None
    place: str | None
    own_area: str | None


def in_words(said: Statement, language: Language) -> str:
    """Return one sentence that says what a grant allows, on what, where and why."""
    return _in_vietnamese(said) if language is Language.VI else _in_english(said)


def _in_vietnamese(said: Statement) -> str:
    acts = ", ".join(_VI["capabilities"][item] for item in said.capabilities)
    things = ", ".join(_VI["classes"][item] for item in said.data_classes)
    parts = [f"Được {acts} {things}"]
    if said.states:
        parts.append("đã được chấp nhận hoặc công bố")
    parts.append(f"của “{said.project}”" if said.project else "của mọi dự án")
    if said.own_area:
        parts.append(f"trong địa bàn {said.own_area}")
    elif said.place:
        parts.append(f"tại {said.place}")
    if said.role:
        parts.append(f"với vai trò {_VI['roles'][said.role]}")
    return " ".join(parts) + "."


def _in_english(said: Statement) -> str:
    acts = ", ".join(CAPABILITY.terms[item].split(" (")[0] for item in said.capabilities)
    things = ", ".join(DATA_CLASS.terms[item].split(" (")[0] for item in said.data_classes)
    parts = [f"May {acts}: {things}"]
    if said.states:
        parts.append("once accepted or published")
    parts.append(f"of “{said.project}”" if said.project else "of every project")
    if said.own_area:
        parts.append(f"within {said.own_area}")
    elif said.place:
        parts.append(f"in {said.place}")
    if said.role:
        parts.append(f"because your agency {ROLE.terms[said.role].split(' (')[0]}")
    return " ".join(parts) + "."
