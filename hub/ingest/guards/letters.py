"""Vietnamese letters without their marks."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKS = re.compile("[\u0300-\u036f]+")
_ACROSS: Final = str.maketrans({"đ": "d", "Đ": "D"})


def bare(text: str) -> str:
    """Return *text* without diacritics, its case kept."""
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_ACROSS)
