"""What leaves the hub: the bytes of an answer, and of each error its code, sentence and number."""

from __future__ import annotations

import logging
import re
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson
from graphql import GraphQLError, GraphQLSyntaxError

from hub.api.errors import (
    DocumentInvalidError,
    DocumentUnreadableError,
    InternalError,
    VariablesInvalidError,
)
from hub.database.errors import DatabaseError, StatementTimeoutError
from hub.errors import HubError
from hub.telemetry import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphql import ExecutionResult

    from hub.api.trust import Trusted
    from hub.errors import Language
    from hub.planner.prices import Cost

_LOG = logging.getLogger(__name__)
_VARIABLE: Final = re.compile(
    r"Variable values |Variable '\$\w+' has invalid|Too many errors processing variables"
)
_ENCOUNTERED: Final = re.compile(
    r"(Expected value of type '\w+'), but encountered error '.*'; found:"
)
"""How the library tells of a value that could not be read: in the middle are Python's own words."""


class Given(NamedTuple):
    """What was given by an operation.

    Attributes:
        operation: its name, if it has one.
        types: types of rows; *counts* how many of each.
    """

    operation: str | None = None
    types: tuple[str, ...] = ()
    counts: Sequence[int] = ()


_NOTHING: Final = Given()


class Answer(NamedTuple):
    """The whole response as JSON, and what the audit trail says of it.

    Attributes:
        is_request_error: whether nothing was executed.
        charge: what it counts for with whoever asked.
        codes: what went wrong, each code once.
        trusted: the operation that was asked for by its hash, or found by it.
    """

    body: bytes
    is_request_error: bool
    charge: int = 1
    given: Given = _NOTHING
    codes: tuple[str, ...] = ()
    trusted: Trusted | None = None


def planned_answer(
    data: bytes, cost: Cost, explained: dict[str, Any] | None = None, given: Given = _NOTHING
) -> Answer:
    """Return the answer whose *data* is ready, with what *explained* says of it."""
    more = b"" if explained is None else b"," + orjson.dumps(explained)[1:-1]
    ending = b',"extensions":{"cost":{"nodes":%d,"cost":%d}%b}}' % (*cost, more)
    # Joined at once: the data may be long.
    body = b"".join([b'{"data":', data, ending])
    return Answer(body, is_request_error=False, charge=1 + cost.cost, given=given)


def answer_of(
    result: ExecutionResult, language: Language, cost: Cost, given: Given = _NOTHING
) -> Answer:
    """Return the answer with the data and errors of *result*, of an operation of *cost*.

    Raises what is wrong with the house, ``DatabaseError``, and ``StatementTimeoutError``: what was
    spent by then is known by the clock alone.
    """
    errors = result.errors or []
    for error in errors:
        original = error.original_error
        if isinstance(original, DatabaseError | StatementTimeoutError):
            raise original
        if isinstance(original, HubError) and original.refuses_request:
            # The fields beside the one that is refused were executed all the same.
            return refusal_of(original, language)._replace(charge=1 + cost.cost)
    written = _all_written(errors, language)
    codes = _codes(written)
    if errors and result.data is None and all(error.path is None for error in errors):
        return Answer(orjson.dumps({"errors": written}), is_request_error=True, codes=codes)
    body: dict[str, Any] = {"data": result.data}
    if written:
        body["errors"] = written
    body["extensions"] = {"cost": cost._asdict()}
    return Answer(
        orjson.dumps(body),
        is_request_error=False,
        charge=1 + cost.cost,
        given=given,
        codes=codes,
    )


def invalid_answer(errors: Iterable[GraphQLError], language: Language) -> Answer:
    """Return the answer to a document that is wrong."""
    written = _all_written(list(errors), language)
    body = orjson.dumps({"errors": written})
    return Answer(body, is_request_error=True, codes=_codes(written))


def refusal_of(error: HubError, language: Language) -> Answer:
    """Return the answer to a request that is refused as a whole."""
    body = orjson.dumps({"errors": [entry_of(error, language)]})
    return Answer(body, is_request_error=True, codes=(error.code,))


def entry_of(error: HubError, language: Language, **places: object) -> dict[str, Any]:
    """Return *error* as an answer's entry: its sentence, *places*, its code, and the request."""
    # Half a surrogate pair that a sentence quotes cannot be sent.
    sentence = error.sentence(language).encode(errors="replace").decode()
    extensions = {"code": error.code}
    if number := REQUEST_ID.get():
        extensions["requestId"] = number
    return {"message": sentence, **places, "extensions": extensions}


def _all_written(errors: list[GraphQLError], language: Language) -> list[dict[str, Any]]:
    reasons = [_reason(error) for error in errors]
    _log_failures(
        error
        for error, reason in zip(errors, reasons, strict=True)
        if isinstance(reason, InternalError)
    )
    return [
        _written(error, reason, language) for error, reason in zip(errors, reasons, strict=True)
    ]


def _codes(written: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry["extensions"]["code"] for entry in written))


def _written(error: GraphQLError, reason: HubError, language: Language) -> dict[str, Any]:
    places: dict[str, Any] = {}
    if error.locations:
        places["locations"] = [
            {"line": location.line, "column": location.column} for location in error.locations
        ]
    if error.path is not None:
        places["path"] = list(error.path)
    return entry_of(reason, language, **places)


def _reason(error: GraphQLError) -> HubError:
    """Return what went wrong in a form that may leave the hub."""
    original = error.original_error
    if isinstance(original, HubError):
        return original
    detail = _ENCOUNTERED.sub(r"\1, found:", error.message)
    if isinstance(error, GraphQLSyntaxError):
        return DocumentUnreadableError(detail=detail)
    is_of_graphql = (
        original is None or isinstance(original, GraphQLError) or detail != error.message
    )
    if is_of_graphql and (error.path is None or detail.startswith("Argument ")):
        # Without a place in the answer it arose before, in the document or in its variables; a
        # variable may also turn out not to fit where it is used.
        is_value = error.path is not None or _VARIABLE.match(detail)
        return (VariablesInvalidError if is_value else DocumentInvalidError)(detail=detail)
    return InternalError()


def _log_failures(errors: Iterable[GraphQLError]) -> None:
    """Log what nobody foresaw: once for each kind and place, however many fields it failed."""
    alike: dict[object, list[GraphQLError]] = {}
    for error in errors:
        alike.setdefault(_origin(_cause(error)), []).append(error)
    for first, *others in alike.values():
        _LOG.error(
            "request %s: unexpected error at %s and in %d more fields",
            REQUEST_ID.get(),
            first.path,
            len(others),
            exc_info=_cause(first),
        )


def _cause(error: GraphQLError) -> Exception:
    return error.original_error or error


def _origin(cause: Exception) -> tuple[object, ...]:
    """Return of what kind *cause* is and where in the code it was raised."""
    places = [(frame.f_code, line) for frame, line in walk_tb(cause.__traceback__)]
    return type(cause), *places[-1:]
