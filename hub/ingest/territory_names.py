"""The names of administrative units, which begin with their type."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "phuong": "Phường",
    "xa": "Xã",
    "thi-tran": "Thị trấn",
    "quan": "Quận",
    "huyen": "Huyện",
    "thi-xa": "Thị xã",
    "thanh-pho": "Thành phố",
}
WARD_TYPES: Final = frozenset({"phuong", "xa", "thi-tran"})
DISTRICT_TYPES: Final = frozenset({"quan", "huyen", "thi-xa"})


def split_name(name: str) -> tuple[str, str] | None:
    """Return type and short name of the unit called *name*; None where no type begins it."""
    for kind, word in _WORDS.items():
        if name.startswith(f"{word} "):
            return kind, name.removeprefix(word).strip()
    return None


def within_a_name(name: str) -> str:
    """Return *name* as it is written within another: ``phường Ba Đình``."""
    return name[0].lower() + name[1:]
