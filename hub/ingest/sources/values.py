"""Values of foreign databases, as JSON can hold them and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final
from uuid import UUID

from hub.ingest.sources.failures import SourceUnreadableError

_MICROSECOND: Final = timedelta(microseconds=1)
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


def write_value(value: object) -> object:
    """Return *value* as it goes into a record: numbers as they are written, days as ISO has it."""
    match value:
        case None | bool() | str():
            return value
        case int() | UUID():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case float():
            return f"{Decimal(repr(value)):f}"
        case datetime() | date():
            return value.isoformat()
        case _:
            raise SourceUnreadableError(reason=type(value).__name__)


def remember(value: object) -> list[object]:
    """Return *value* with its type, so that it can be asked for again."""
    return [type(value).__name__, write_value(value)]


def recall(remembered: object) -> object:
    """Return the value that was remembered."""
    match remembered:
        case ["datetime", str(text)]:
            return datetime.fromisoformat(text)
        case ["date", str(text)]:
            return date.fromisoformat(text)
        case ["int", str(text)]:
            return int(text)
        case ["Decimal", str(text)]:
            return Decimal(text)
        case ["UUID", str(text)]:
            return UUID(text)
        case ["str", str(text)]:
            return text
        case _:
            raise SourceUnreadableError(reason=str(remembered))


def version_of(value: object, zone: tzinfo = UTC) -> str:
    """Return a time as a version: microseconds since 1970; one without a zone is of *zone*."""
    if not isinstance(value, datetime):
        raise SourceUnreadableError(reason=type(value).__name__)
    aware = value if value.tzinfo else value.replace(tzinfo=zone)
    return str((aware - _BEGINNING) // _MICROSECOND)


def earlier(watermark: object, overlap: timedelta | int) -> object:
    """Return the watermark that lies *overlap* before *watermark*."""
    match watermark, overlap:
        case (datetime() | date(), timedelta()):
            return watermark - overlap
        case (int() | Decimal(), int()):
            return watermark - overlap
        case _:
            raise SourceUnreadableError(reason=f"{type(watermark).__name__} - {overlap}")
