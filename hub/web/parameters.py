"""The parameters of a GraphQL request, from a body or a query string, each of its type."""

from __future__ import annotations

from typing import NamedTuple, TypeVar
from urllib.parse import parse_qsl

import orjson

from hub.web.refusals import (
    BodyNotAnObjectError,
    BodyNotJsonError,
    NestedTooDeeplyError,
    NulCharacterError,
    ParameterTypeError,
    QueryMissingError,
    QueryStringMalformedError,
)

MAX_DEPTH = 64
"""Levels to which variables and extensions may be nested; input types go nowhere near it."""

_MAX_FIELDS = 32
_OBJECTS = ("variables", "extensions")
_Kind = TypeVar("_Kind", str, dict[str, object])
_EXPECTED: dict[type, dict[str, str]] = {
    str: {"expected": "a string", "expected_vi": "chuỗi ký tự"},
    dict: {"expected": "a JSON object", "expected_vi": "đối tượng JSON"},
}


class Parameters(NamedTuple):
    """A well-formed GraphQL-over-HTTP request."""

    document: str
    operation_name: str | None
    variables: dict[str, object] | None
    extensions: dict[str, object] | None


def parse_body(body: bytes) -> Parameters:
    """Return the request that a JSON *body* holds, or refuse it."""
    try:
        values = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BodyNotJsonError from error
    if not isinstance(values, dict):
        raise BodyNotAnObjectError
    return _parameters(values, body)


def parse_query_string(query_string: bytes) -> Parameters:
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
    values: dict[str, object] = {}
    for name, text in pairs:
        if name in values:
            raise QueryStringMalformedError
        values[name] = text
    # Here an empty parameter is an omitted one, and objects are JSON in a text.
    for name in ("operationName", *_OBJECTS):
        if not values.get(name):
            values.pop(name, None)
    for name in _OBJECTS:
        if isinstance(value := values.get(name), str):
            try:
                values[name] = orjson.loads(value)
            except orjson.JSONDecodeError as error:
                raise ParameterTypeError(name=name, **_EXPECTED[dict]) from error
    return _parameters(values, "".join(text for _, text in pairs).encode())


def _parameters(values: dict[str, object], source: bytes) -> Parameters:
    """Return *values* by name and type; *source* is the text they were read from."""
    document = _take(values, "query", str)
    if document is None:
        raise QueryMissingError
    operation_name = _take(values, "operationName", str)
    variables = _take(values, "variables", dict)
    extensions = _take(values, "extensions", dict)
    # Looking into every value is left to the few requests that could hold something.
    holds_nul = b"\\u0000" in source or b"\0" in source
    if holds_nul or source.count(b"{") + source.count(b"[") > MAX_DEPTH:
        _refuse_hostile([document, operation_name, variables, extensions])
    return Parameters(document, operation_name, variables, extensions)


def _take(values: dict[str, object], name: str, kind: type[_Kind]) -> _Kind | None:
    """Return the value called *name*, None if it is null or left out."""
    value = values.get(name)
    if not isinstance(value, kind | None):
        raise ParameterTypeError(name=name, **_EXPECTED[kind])
    return value


def _refuse_hostile(values: list[object]) -> None:
    """Refuse U+0000 anywhere in *values*, and what is nested too deeply."""
    level, depth = values, 0
    while level:
        if depth > MAX_DEPTH:
            raise NestedTooDeeplyError(limit=MAX_DEPTH)
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
