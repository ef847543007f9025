"""The scalars of the schema beyond GraphQL's own, and how a stored value becomes an answer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, NewType

import strawberry
from graphql import GraphQLError

from hub.api.registry import NAMESPACE
from hub.model.entities import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from strawberry.types.scalar import ScalarDefinition

BigInt = NewType("BigInt", int)
PartialDate = NewType("PartialDate", str)

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_BIGGEST = 2**53 - 1


def _parse_big_int(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _BIGGEST:
        raise GraphQLError(f"BigInt is a whole number from -{_BIGGEST} to {_BIGGEST}.")  # noqa: EM102, TRY003
    return value


def _parse_partial_date(value: object) -> str:
    if not isinstance(value, str) or not _PARTIAL_DATE.fullmatch(value):
        raise GraphQLError("PartialDate is written 2026, 2026-09 or 2026-09-30.")  # noqa: EM101, TRY003
    return value


def _parse_date(value: object) -> date:
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # it says so itself
    except (TypeError, ValueError):
        raise GraphQLError("Date is written 2026-09-30.") from None  # noqa: EM101, TRY003


def _parse_instant(value: object) -> datetime:
    """Return the moment in UTC; without an offset it is no moment."""
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]  # it says so itself
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise GraphQLError("DateTime is written with its offset: 2026-09-30T17:00:00+07:00.")  # noqa: EM101, TRY003


SCALAR_MAP: Final[dict[object, ScalarDefinition]] = {
    date: strawberry.scalar(
        name="Date",
        description="A day: 2026-09-30 (ngày).",
        serialize=date.isoformat,
        parse_value=_parse_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment, with its offset: 2026-09-30T17:00:00+07:00 (thời điểm).",
        serialize=datetime.isoformat,
        parse_value=_parse_instant,
    ),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number that JSON and JavaScript carry exactly, beyond 32 bits "
        "(số nguyên lớn).",
        serialize=int,
        parse_value=_parse_big_int,
    ),
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="A date as far as its source states it: 2026, 2026-09 or 2026-09-30 "
        "(ngày có thể thiếu).",
        serialize=str,
        parse_value=_parse_partial_date,
    ),
}

ANNOTATIONS: Final = {
    Scalar.TEXT: "str",
    Scalar.CODE: "str",
    Scalar.INT: "int",
    Scalar.BIGINT: "BigInt",
    Scalar.DECIMAL: "float",
    Scalar.BOOLEAN: "bool",
    Scalar.DATE: "date",
    Scalar.PARTIAL_DATE: "PartialDate",
    Scalar.INSTANT: "datetime",
    Scalar.UUID: "ID",
}
"""The Python annotation that stands for each kind of value."""

CONVERTERS: Final[dict[Scalar, Callable[[Any], Any]]] = {Scalar.DECIMAL: float}
"""What has to be done to a stored value before the schema's own serialisation."""

NAMESPACE.update(
    {
        "BigInt": BigInt,
        "PartialDate": PartialDate,
        "date": date,
        "datetime": datetime,
        "ID": strawberry.ID,
    }
)
