"""What is about a person: the hub holds counts, and no one by name.

An identity card (CCCD, twelve digits that begin with a province's code), a telephone, a place to
live or an address of mail is known by itself. A name, nine digits (CMND) or a date is not: wards
bear names of people, amounts have nine digits. Two of these in one row are a person.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from hub.ingest.delivered import DeliveryRefusedError
from hub.ingest.guards.letters import bare


class Kind(IntEnum):
    """What a text is, as far as persons go; from NAME on it takes two of them to be one."""

    NOTHING = 0
    IDENTITY = 1
    TELEPHONE = 2
    ADDRESS = 3
    BIRTH = 4
    NAME = 10
    NINE_DIGITS = 11
    DAY = 12
    SILENCE = 20


_SAID: Final = {
    Kind.IDENTITY: ("số căn cước hoặc chứng minh nhân dân", "identity numbers"),
    Kind.TELEPHONE: ("số điện thoại hoặc thư điện tử", "telephone numbers or mail addresses"),
    Kind.ADDRESS: ("địa chỉ nơi ở", "addresses"),
    Kind.BIRTH: ("ngày sinh", "dates of birth"),
    Kind.NAME: ("họ tên", "names of persons"),
}

_IDENTITY = re.compile(
    r"(?<![0-9T])0(?!00)[0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{3}(?![0-9])"
)
_TELEPHONE = re.compile(
    r"(?<![0-9])(?:0|\+?84[ .-]?0?)[ .-]?(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])"
    r"(?:[ .-]?[0-9]){7}(?![0-9])"
)
_MAIL = re.compile(r"[\w.+-]@[\w-]{1,63}\.\w")
_ADDRESS = re.compile(
    r"\b(?:so nha|ngo|ngach|hem)\s+(?:so\s+)?[0-9]|\bso\s+[0-9]+[a-z]?,?\s+(?:duong|pho|ngo)\b"
)
DIGITS_OF_AN_OLD_CARD: Final = 9
_NINE_DIGITS = re.compile(r"\A[0-9]{9}\Z")
_DAY = re.compile(
    r"\A(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})\Z"
)
_NUMBERED: Final = (
    (Kind.IDENTITY, _IDENTITY),
    (Kind.TELEPHONE, _TELEPHONE),
    (Kind.NINE_DIGITS, _NINE_DIGITS),
    (Kind.DAY, _DAY),
)
_SURNAMES: Final = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ngo",
        "duong",
        "dinh",
        "doan",
        "trinh",
    ]
)
_RARER_SURNAMES: Final = frozenset(
    [
        "ho",
        "ly",
        "truong",
        "dao",
        "mai",
        "lam",
        "ha",
        "cao",
        "luong",
        "luu",
        "thai",
        "to",
        "ta",
        "phung",
        "chu",
        "quach",
        "la",
        "kieu",
        "nghiem",
        "vuong",
        "han",
        "tong",
        "tang",
        "chau",
        "mac",
        "dam",
        "ninh",
        "giap",
        "khuat",
    ]
)
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,4}")

_TWO_WORDS: Final = 2
_COUNTED = re.compile(
    r"(?:so|so luong|tong|tong so|ty le|ti le|%)\s+(?:luot\s+)?(?:nguoi|ca|doi tuong)\b.*"
)
_HEADINGS: Final = (
    (
        Kind.IDENTITY,
        re.compile(
            r"(?:so )?(?:the )?(?:cccd|cmnd|cmt|cmtnd|can cuoc|chung minh)\b.*|so dinh danh.*"
            r"|(?:so )?ho chieu.*|(?:so )?(?:the )?bhyt|identity (?:card|number).*|passport.*"
        ),
    ),
    (
        Kind.TELEPHONE,
        re.compile(
            r"(?:so )?(?:dien thoai|dtdd|sdt|di dong|dt lien he)\b.*|(?:tele)?phone.*|mobile.*"
            r"|e-?mail.*|thu dien tu.*"
        ),
    ),
    (
        Kind.BIRTH,
        re.compile(
            r"(?:ngay|nam|ngay thang nam|ngay, thang, nam) sinh.*|sinh (?:ngay|nam)\b.*"
            r"|(?:date|day|year) of birth|birth ?(?:date|day|year)|dob"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?:dia chi|noi o|cho o|noi cu tru|noi thuong tru|thuong tru|ho khau|hktt|tam tru"
            r"|noi dang ky (?:thuong|tam) tru|que quan|nguyen quan|so nha)\b.*|(?:home )?address"
        ),
    ),
    (
        Kind.NAME,
        re.compile(
            r"ho (?:va )?ten.*|ho, ten.*|ten (?:nguoi|doi tuong|benh nhan|hoc vien|can bo)\b.*"
            r"|(?:full|last|first|family) ?_?name|person.*name|ten goi khac|bi danh"
        ),
    ),
)

_RUN_TOGETHER: Final = {
    **dict.fromkeys(("socccd", "socmnd", "socmt", "sodinhdanh", "sohochieu"), Kind.IDENTITY),
    **dict.fromkeys(("sodienthoai", "dienthoai", "sosdt", "sodt"), Kind.TELEPHONE),
    **dict.fromkeys(("ngaysinh", "namsinh", "ngaythangnamsinh", "birthdate"), Kind.BIRTH),
    **dict.fromkeys(("diachi", "quequan", "hokhau", "thuongtru", "tamtru"), Kind.ADDRESS),
    **dict.fromkeys(("hoten", "hovaten", "hotendem", "fullname"), Kind.NAME),
}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LATEST_BIRTH: Final = 2014
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class PersonsDeliveredError(DeliveryRefusedError):
    """The delivery is about persons; what was found is not repeated."""

    code = "PERSONS_REFUSED"
    vi = (
        "Dữ liệu có vẻ chứa {kind_vi} ({place_vi}). Hub chỉ nhận số liệu tổng hợp: hãy bỏ thông "
        "tin về cá nhân rồi gửi lại. Không giữ lại gì."
    )
    en = (
        "The delivery seems to hold {kind_en} ({place_en}). The hub takes totals only: remove what "
        "is about persons and send it again. Nothing was kept."
    )

    def __init__(self, kind: Kind, *, sheet: str | None, line: int, column: str) -> None:
        kinds = dict(zip(("kind_vi", "kind_en"), _SAID[kind], strict=True))
        # A column may be named by the very thing that must not be repeated.
        named = column if find_kind(column) is Kind.NOTHING else "…"
        super().__init__(
            **kinds,
            line=line,
            column=named,
            place_vi=_place(("trang", sheet), ("dòng", line), ("cột", named)),
            place_en=_place(("sheet", sheet), ("line", line), ("column", named)),
        )


def _place(*parts: tuple[str, object]) -> str:
    return ", ".join(f"{word} {value}" for word, value in parts if value)


def find_kind(text: str) -> Kind:
    """Return what *text*, composed (NFC), says of a person."""
    if any(map(str.isdigit, text)):
        for kind, pattern in _NUMBERED:
            if pattern.search(text):
                return kind
        if _ADDRESS.search(bare(text).casefold()):
            return Kind.ADDRESS
    if "@" in text and _MAIL.search(text):
        return Kind.TELEPHONE
    return Kind.NAME if _is_name(text) else Kind.NOTHING


def find_heading_kind(heading: str) -> Kind:
    """Return what a column under *heading* would say of a person; a count of people is none.

    Machines write ``ho_ten``, ``hoTen`` and ``nguoi.hoTen``.
    """
    written = bare(heading)
    words = _words(written)
    parts = {words, _words(_HUMP.sub(" ", written)), _words(_HUMP.sub(" ", _last_part(written)))}
    if any(map(_COUNTED.fullmatch, parts)):
        return Kind.NOTHING
    for part in sorted(parts):
        if (kind := _RUN_TOGETHER.get(part, Kind.NOTHING)) is not Kind.NOTHING:
            return kind
        for kind, pattern in _HEADINGS:
            if pattern.fullmatch(part):
                return kind
    return Kind.NOTHING


def is_birth(day: str) -> bool:
    """Tell whether somebody whom the programme is about could have been born on *day*."""
    return any(int(year) <= _LATEST_BIRTH for year in _YEAR.findall(day))


def _words(written: str) -> str:
    return " ".join(written.replace("_", " ").casefold().split()).strip(" .:*")


def _last_part(written: str) -> str:
    """Return the name of what stands within others, whose names come before it with dots."""
    return written.rpartition(".")[2] if " " not in written else written


def _is_name(text: str) -> bool:
    if not (_NAME.fullmatch(text) and (text.istitle() or text.isupper())):
        return False
    words = bare(text).casefold().split(" ")
    return words[0] in _SURNAMES or (words[0] in _RARER_SURNAMES and len(words) > _TWO_WORDS)
