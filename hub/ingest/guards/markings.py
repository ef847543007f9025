"""Markings of state secrets (độ mật): Mật, Tối mật, Tuyệt mật.

The words alone say little: “mật độ” is density, “mat” without its marks also “mặt” and “mắt”. So a
marking is a text of its own, what follows “độ mật”, one of the two higher degrees, or the word in
capitals where it does not belong to another.
"""

from __future__ import annotations

import re

from hub.ingest.delivered import DeliveryRefusedError
from hub.ingest.guards.letters import bare

_ALONE = re.compile(r"\W*(?:(?:tuyet|toi)\s+)?mat\W*", re.IGNORECASE)
_ALONE_MARKED = re.compile(r"\W*(?:(?:tuyệt|tối)\s+)?mật\W*", re.IGNORECASE)
_DEGREE = re.compile(r"\bdo\s+mat\s*[:=(\-–]\s*(?:(?:tuyet|toi)\s+)?mat\b", re.IGNORECASE)
_HIGHER = re.compile(r"\b(?:tuyệt|tối)\s+mật\b", re.IGNORECASE)
_HIGHER_BARE = re.compile(r"\b(?:TUYET|TOI)\s+MAT\b")
_CAPITALS = re.compile(
    r"(?<!BÍ )(?<!BẢO )(?<!BÍ-)\bMẬT\b(?!\s+(?:ĐỘ|KHẨU|MÃ|ONG|THIẾT|VỤ|THƯ|PHỤC))"
)


class MarkedDeliveryError(DeliveryRefusedError):
    """The delivery is marked above internal."""

    code = "MARKING_REFUSED"
    vi = "Tài liệu có dấu độ mật nên không được nhận, và không được giữ lại gì."
    en = "The delivery is marked as secret: it was not taken, and nothing of it was kept."


def is_marked(text: str) -> bool:
    """Tell whether *text*, composed (NFC), carries a marking of secrecy."""
    if text.isascii():
        return bool(_ALONE.fullmatch(text) or _HIGHER_BARE.search(text) or _DEGREE.search(text))
    return bool(
        _ALONE_MARKED.fullmatch(text)
        or _HIGHER.search(text)
        or _CAPITALS.search(text)
        or _DEGREE.search(bare(text))
        or _HIGHER_BARE.search(text)
    )
