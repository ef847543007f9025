"""Vietnamese letters without their marks."""

from __future__ import annotations

import unicodedata
from typing import Final

_ACROSS: Final = str.maketrans({"đ": "d", "Đ": "D"})


def bare(text: str) -> str:
    """Return *text* without diacritics, its case kept."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return letters.translate(_ACROSS)
