"""The parameters of a GraphQL request, from a body or a query string, each of its type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl

import orjson

from hub.web.refusals import (
    BodyNotAnObjectError,
    BodyNotJsonError,
    DocumentIdMalformedError,
    NestedTooDeeplyError,
    NulCharacterError,
    ParameterTypeError,
    QueryMissingError,
    QueryStringMalformedError,
    TooManyValuesError,
    VariablesTooLargeError,
)

_MAX_FIELDS = 32
_DIGEST: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_OBJECTS = ("variables", "extensions")
_KINDS: Final[dict[str, type]] = {
    "query": str,
    "operationName": str,
    **dict.fromkeys(_OBJECTS, dict),
    "documentId": str,
}
_EXPECTED: dict[type, dict[str, str]] = {
    str: {"expected": "a string", "expected_vi": "chuỗi ký tự"},
    dict: {"expected": "a JSON object", "expected_vi": "đối tượng JSON"},
}


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """The most that may be sent with one request.

    Attributes:
        size: bytes of the body, or of the query string.
        variables: bytes of variables and extensions, as JSON.
        values: values in them, at whatever level.
        depth: levels of objects and lists within each other.
    """

    size: int = 1024 * 1024
    variables: int = 256 * 1024
    values: int = 3_000
    depth: int = 32


class Parameters(NamedTuple):
    """A well-formed GraphQL-over-HTTP request.

    Attributes:
        document: empty where *digest* stands for it.
        digest: the SHA-256 of a trusted operation, in hexadecimal digits.
    """

    document: str
    operation_name: str | None
    variables: dict[str, object] | None
    digest: str | None


def parse_body(body: bytes, limits: BodyLimits) -> Parameters:
    """Return the request that a JSON *body* holds, or refuse it."""
    try:
        values = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BodyNotJsonError from error
    if not isinstance(values, dict):
        raise BodyNotAnObjectError
    return _parameters(values, body, limits)


def parse_query_string(query_string: bytes, limits: BodyLimits) -> Parameters:
    """Return the request that the address's *query_string* holds, or refuse it."""
    try:
        pairs = parse_qsl(
            query_string.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError as error:
        raise QueryStringMalformedError from error
    values: dict[str, Any] = {}
    for name, text in pairs:
        if name in values:
            raise QueryStringMalformedError
        values[name] = text
    # Here an empty parameter is an omitted one, and objects are JSON in a text.
    for name in ("operationName", "documentId", *_OBJECTS):
        if not values.get(name):
            values.pop(name, None)
    for name in _OBJECTS:
        if isinstance(value := values.get(name), str):
            try:
                values[name] = orjson.loads(value)
            except orjson.JSONDecodeError as error:
                raise ParameterTypeError(name=name, **_EXPECTED[dict]) from error
    return _parameters(values, "".join(text for _, text in pairs).encode(), limits)


def _parameters(values: dict[str, Any], source: bytes, limits: BodyLimits) -> Parameters:
    """Return *values* by name and type; *source* is the text they were read from."""
    for name, kind in _KINDS.items():
        value = values.get(name)
        # Null is what is left out.
        if value is not None and not isinstance(value, kind):
            raise ParameterTypeError(name=name, **_EXPECTED[kind])
    document, operation_name = values.get("query"), values.get("operationName")
    variables, extensions = values.get("variables"), values.get("extensions")
    digest = _digest(values.get("documentId"), extensions)
    if document is None and digest is None:
        raise QueryMissingError
    # Looking into every value is left to the few requests that could hold something.
    holds_nul = b"\\u0000" in source or b"\0" in source
    is_deep = source.count(b"{") + source.count(b"[") > limits.depth
    if holds_nul or is_deep or source.count(b",") >= limits.values:
        _refuse_hostile([document, operation_name, variables, extensions], limits)
    # Only what is not too deep can be written again to be measured.
    if len(source) > limits.variables:
        _refuse_size([variables, extensions], limits)
    return Parameters(document or "", operation_name, variables, digest)


def _digest(document_id: str | None, extensions: dict[str, object] | None) -> str | None:
    """Return the SHA-256 that a request names its document by, if it does."""
    given = document_id
    if given is None and extensions and "persistedQuery" in extensions:
        match extensions["persistedQuery"]:
            case {"version": 1, "sha256Hash": str() as given}:
                pass
            case _:
                raise DocumentIdMalformedError
    if given is None:
        return None
    found = _DIGEST.fullmatch(given)
    if found is None:
        raise DocumentIdMalformedError
    return found[1]


def _refuse_size(values: list[object], limits: BodyLimits) -> None:
    if len(orjson.dumps(values)) > limits.variables:
        raise VariablesTooLargeError(limit=limits.variables)


def _refuse_hostile(values: list[object], limits: BodyLimits) -> None:
    """Refuse U+0000 anywhere in *values*, and what is nested too deeply or holds too much."""
    level, depth, count = values, 0, 0
    while level:
        if depth > limits.depth:
            raise NestedTooDeeplyError(limit=limits.depth)
        count += len(level)
        if count > limits.values:
            raise TooManyValuesError(limit=limits.values)
        below: list[object] = []
        for value in level:
            if isinstance(value, str):
                if "\0" in value:
                    raise NulCharacterError
            elif isinstance(value, dict):
                below += value.keys()
                below += value.values()
            elif isinstance(value, list):
                below += value
        level, depth = below, depth + 1
