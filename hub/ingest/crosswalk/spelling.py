"""Names compared as people write them: with their marks, or without.

A word is written right if its letters and its tone are; where the tone stands (hoà, hòa) and
whether an open syllable ends in i or y (mĩ, mỹ) does not matter. A word without any mark may be
one that has them. A word with other marks is another word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NOT_WORDS = re.compile(r"[\W_]+")
_ENDS_IN_Y = re.compile(r"([bcdđghklmnprstvx]+)y")
_NUMERALS: Final = {"i": "1", "ii": "2", "iii": "3"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name word by word: as it is written, and without any marks."""

    marked: tuple[str, ...]
    bare: tuple[str, ...]

    def is_exactly(self, name: Spelling) -> bool:
        """Tell whether this is *name*, marks and all."""
        return self.marked == name.marked

    def may_be(self, name: Spelling) -> bool:
        """Tell whether this is *name*, some of its words perhaps without their marks."""
        return self.bare == name.bare and all(
            written in (word, plain)
            for written, word, plain in zip(self.marked, name.marked, name.bare, strict=True)
        )


def spell(text: str) -> Spelling:
    """Return how *text* is written."""
    words = _NOT_WORDS.sub(" ", unicodedata.normalize("NFC", text).casefold()).split()
    if len(words) > 1:
        words[-1] = _NUMERALS.get(words[-1], words[-1])
    marked, bare = [], []
    for word in words:
        apart = unicodedata.normalize("NFD", word)
        tone = "".join(letter for letter in apart if letter in _TONES)
        letters = "".join(letter for letter in apart if letter not in _TONES)
        letters = _ENDS_IN_Y.sub(r"\1i", letters) if letters.endswith("y") else letters
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        marked.append(unicodedata.normalize("NFC", letters) + tone)
        bare.append(plain.replace("đ", "d"))
    return Spelling(tuple(marked), tuple(bare))
