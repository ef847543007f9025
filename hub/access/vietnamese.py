"""Vietnamese letters for PostgreSQL: bare of diacritics to search by, and a key to sort by.

The alphabet orders letters before tones: all of ``a`` precedes ``ă``, and only between words that
are equal in letters do tones decide, in the order level, grave, hook, tilde, acute, dot (ngang,
huyền, hỏi, ngã, sắc, nặng). A server without ICU needs the order spelt out.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES: Final = "\u0300\u0309\u0303\u0301\u0323"

_FIRST_KEY = 0x100
"""Letters' keys begin beyond ASCII, so digits, spaces and signs come before them."""


def _variants() -> dict[str, tuple[str, int]]:
    """Return every letter, in both cases, with its place among letters: letter → (base, tone)."""
    variants = {}
    for letter in ALPHABET:
        for tone, mark in enumerate(("", *TONES)):
            written = unicodedata.normalize("NFC", letter + mark)
            if len(written) == 1:
                variants[written] = variants[written.upper()] = (letter, tone)
    return variants


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))[0]


def _function(name: str, expression: str) -> str:
    return (
        f"CREATE FUNCTION {name}(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE\n"
        f"RETURN {expression}"
    )


_LETTERS = _variants()
_FROM = "".join(_LETTERS)
_ORDER = "".join(chr(_FIRST_KEY + ALPHABET.index(base)) for base, _ in _LETTERS.values())
_TONE = "".join(str(tone) for _, tone in _LETTERS.values())
_PLAIN = "".join(_plain(letter) for letter in _LETTERS)

PLAIN: Final = _function(
    "hub_plain", f"translate(normalize(words, NFC), '{_FROM}', '{_PLAIN}') COLLATE \"C\""
)
"""``Phường Đống Đa`` → ``phuong dong da``."""

SORT_KEY: Final = _function(
    "hub_vi_key",
    f"(translate(normalize(words, NFC), '{_FROM}', '{_ORDER}') || chr(1) || "
    f"translate(normalize(words, NFC), '{_FROM}', '{_TONE}')) COLLATE \"C\"",
)
"""A key whose code-point order is the dictionary order of *words*."""


def plain(words: str) -> str:
    """Return *words* as ``hub_plain`` does: lower case, without diacritics."""
    return unicodedata.normalize("NFC", words).translate(str.maketrans(_FROM, _PLAIN))


def words_of(words: str) -> tuple[str, ...]:
    """Return the words to search by, as ``hub_words`` takes them from a name."""
    return tuple(word for word in re.split("[^a-z0-9]+", plain(words)) if word)
