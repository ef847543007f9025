"""Which bytes stand for which letters, where a file does not say it.

TCVN3 (TCVN 5712:1993, the “ABC” fonts) and Windows-1258 are still sent by older programs. They
are told apart by what reads as Vietnamese syllables; what reads as neither is refused.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from hub.ingest.formats.options import Encoding
from hub.ingest.formats.refusals import UnreadableTextDeliveryError

if TYPE_CHECKING:
    from pathlib import Path

_PIECE: Final = 1 << 20
_MOST_WORDS: Final = 2_000
_LIKELY: Final = 0.9
_APART: Final = 0.3

_TCVN3_LETTERS: Final = (
    "Ă\xa1 Â\xa2 Ê\xa3 Ô\xa4 Ơ\xa5 Ư\xa6 Đ\xa7 ă\xa8 â\xa9 ê\xaa ô\xab ơ\xac ư\xad đ\xae "
    "à\xb5 ả\xb6 ã\xb7 á\xb8 ạ\xb9 ằ\xbb ẳ\xbc ẵ\xbd ắ\xbe ặ\xc6 ầ\xc7 ẩ\xc8 ẫ\xc9 ấ\xca ậ\xcb "
    "è\xcc ẻ\xce ẽ\xcf é\xd0 ẹ\xd1 ề\xd2 ể\xd3 ễ\xd4 ế\xd5 ệ\xd6 ì\xd7 ỉ\xd8 ĩ\xdc í\xdd ị\xde "
    "ò\xdf ỏ\xe1 õ\xe2 ó\xe3 ọ\xe4 ồ\xe5 ổ\xe6 ỗ\xe7 ố\xe8 ộ\xe9 ờ\xea ở\xeb ỡ\xec ớ\xed ợ\xee "
    "ù\xef ủ\xf1 ũ\xf2 ú\xf3 ụ\xf4 ừ\xf5 ử\xf6 ữ\xf7 ứ\xf8 ự\xf9 ỳ\xfa ỷ\xfb ỹ\xfc ý\xfd ỵ\xfe"
)
_TCVN3: Final = {ord(pair[1]): pair[0] for pair in _TCVN3_LETTERS.split()}
_UNUSED_IN_TCVN3 = re.compile(f"[^\x00-\x7f{''.join(map(re.escape, map(chr, sorted(_TCVN3))))}]")

_BETWEEN_WORDS = re.compile(rb"[\x00-\x40\x5b-\x60\x7b-\x7f]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|qu|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(uyê|iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|uya|uyu|iê|yê|uô|ươ|ia|ua|ưa|oa|oă|oe|oo|uâ|uê"
    r"|uơ|uy|ai|ay|ây|ao|au|âu|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])"
    r"(ch|nh|ng|[cmnpt])?"
)


def find_encoding(path: Path) -> Encoding:
    """Return how the letters of the file at *path* are written, or refuse it."""
    with path.open("rb") as file:
        beginning = file.read(4)
        if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Encoding.UTF_16
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        words: list[bytes] = []
        is_utf_8 = True
        while piece := file.read(_PIECE):
            if is_utf_8:
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    is_utf_8 = False
            if not is_utf_8:
                words += (word for word in _BETWEEN_WORDS.split(piece) if not word.isascii())
                if len(words) > _MOST_WORDS:
                    break
        if is_utf_8:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError as error:
                raise UnreadableTextDeliveryError from error
            return Encoding.UTF_8
    if not words:
        raise UnreadableTextDeliveryError
    return _likeliest(words[:_MOST_WORDS])


def decode_tcvn3(text: str) -> str:
    """Return what *text*, whose characters are the bytes of TCVN3, says."""
    if _UNUSED_IN_TCVN3.search(text):
        raise UnreadableTextDeliveryError
    return text.translate(_TCVN3)


def _likeliest(words: list[bytes]) -> Encoding:
    vietnamese = {
        Encoding.WINDOWS_1258: sum(map(_reads_as_windows_1258, words)) / len(words),
        Encoding.TCVN3: sum(map(_reads_as_tcvn3, words)) / len(words),
    }
    (likeliest, share), (_, other) = sorted(
        vietnamese.items(), key=lambda item: item[1], reverse=True
    )
    if share < _LIKELY or share - other < _APART:
        raise UnreadableTextDeliveryError
    return likeliest


def _reads_as_windows_1258(word: bytes) -> bool:
    try:
        return _is_syllable(word.decode("cp1258"))
    except UnicodeDecodeError:
        return False


def _reads_as_tcvn3(word: bytes) -> bool:
    text = word.decode("latin-1")
    return not _UNUSED_IN_TCVN3.search(text) and _is_syllable(text.translate(_TCVN3))


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.casefold())
    bare, tones = _TONES.subn("", apart)
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))
