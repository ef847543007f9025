"""What people write for a place, taken apart: kind, name, what it lies in, code, old or new."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_OFFICE = re.compile(r"^(?:ubnd|(?:ủy|uỷ|uy) ban nhân dân|uy ban nhan dan|địa bàn|dia ban)\s+")
_KINDS: Final = (
    ("thi-tran", re.compile(r"^(?:thị trấn|thi tran|tt\.?(?=\s)|tt\.|t\.t\.?)\s*")),
    ("thi-xa", re.compile(r"^(?:thị xã|thi xa|tx\.?(?=\s)|tx\.|t\.x\.?)\s*")),
    ("thanh-pho", re.compile(r"^(?:thành phố|thanh pho|tp\.?(?=\s)|tp\.|t\.p\.?)\s*")),
    ("phuong", re.compile(r"^(?:phường|phuong|p\.|ph\.|p(?=\s))\s*")),
    ("xa", re.compile(r"^(?:xã|xa|x\.|x(?=\s))\s*")),
    ("quan", re.compile(r"^(?:quận|quan|q\.|q(?=\s))\s*")),
    ("huyen", re.compile(r"^(?:huyện|huyen|h\.|h(?=\s))\s*")),
)
_BEFORE_DISTRICT = re.compile(
    r"\s+(?=(?:quận|quan|huyện|huyen|thị xã|thi xa|thành phố|thanh pho)\s|(?:q|h|tx|tp)(?:\.|\s))"
)
_BETWEEN = re.compile(r"[,;()/\[\]|]|\s[-–—]\s|\s[-–—]|[-–—]\s")
_CODE = re.compile(r"\bw?([0-9]{5})\b")
_DIGITS = re.compile(r"w?([0-9]{1,5})")
_OLD = re.compile(r"[\s(]+cũ\)?$|\(cu\)$")
_NEW = re.compile(r"[\s(]+mới\)?$|\(moi\)$")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of what was written: *name* without *kind*, *whole* with it."""

    whole: str
    kind: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """A place as it was written.

    Attributes:
        code: its official code, where one was given; without zeros that were lost.
        segments: its name and what it lies in, the place itself first.
        is_old: it was said to be the unit of before; None where nothing was said.
    """

    code: str
    segments: tuple[Segment, ...]
    is_old: bool | None


def take_apart(text: str) -> Written:
    """Return the parts of *text*."""
    words = " ".join(unicodedata.normalize("NFC", text[:_LONGEST]).casefold().split())
    if found := _DIGITS.fullmatch(words):
        return Written(found[1], (), None)
    is_old = None
    for pattern, old in ((_OLD, True), (_NEW, False)):
        shorter = pattern.sub("", words)
        if shorter != words:
            words, is_old = shorter, old
    code = ""
    if (codes := _CODE.findall(words)) and len(codes) == 1:
        [code] = codes
        words = _CODE.sub(",", words)
    pieces = [
        inner.strip(" .:-–")
        for piece in _BETWEEN.split(words)
        for inner in _BEFORE_DISTRICT.split(piece)
    ]
    segments = [read_segment(piece) for piece in pieces if piece]
    # Some begin with the city; the place itself is what has the lowest kind.
    segments.sort(key=lambda segment: _RANK.get(segment.kind or "", 0))
    return Written(code, tuple(segments), is_old)


_RANK: Final = {"quan": 1, "huyen": 1, "thi-xa": 1, "thanh-pho": 2}


def read_segment(piece: str) -> Segment:
    """Return *piece*, in lower case, as a kind and a name."""
    whole = _OFFICE.sub("", piece)
    for kind, prefix in _KINDS:
        name = prefix.sub("", whole)
        if name != whole and name:
            return Segment(whole, kind, name)
    return Segment(whole, None, whole)
