"""The parameters of a GraphQL request, from a body or a query string, each of its type."""

from __future__ import annotations

from typing import NamedTuple
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
_TEXTS = ("query", "operationName")
_OBJECTS = ("variables", "extensions")


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
    for name in (*_TEXTS[1:], *_OBJECTS):
        if not values.get(name):
            values.pop(name, None)
    for name in _OBJECTS:
        if isinstance(text := values.get(name), str):
            try:
                values[name] = orjson.loads(text)
            except orjson.JSONDecodeError as error:
                raise _wrong_type(name) from error
    return _parameters(values, "".join(text for _, text in pairs).encode())


def _parameters(values: dict[str, object], source: bytes) -> Parameters:
    """Return *values* by name and type; *source* is the text they were read from."""
    document = values.get("query")
    operation_name = values.get("operationName")
    variables = values.get("variables")
    extensions = values.get("extensions")
    if document is None:
        raise QueryMissingError
    if not isinstance(document, str):
        raise _wrong_type("query")
    if not isinstance(operation_name, str | None):
        raise _wrong_type("operationName")
    if not isinstance(variables, dict | None):
        raise _wrong_type("variables")
    if not isinstance(extensions, dict | None):
        raise _wrong_type("extensions")
    # Looking into every value is left to the few requests that could hold something.
    holds_nul = b"\\u0000" in source or b"\0" in source
    if holds_nul or source.count(b"{") + source.count(b"[") > MAX_DEPTH:
        _refuse_hostile([document, operation_name, variables, extensions])
    return Parameters(document, operation_name, variables, extensions)


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


def _wrong_type(name: str) -> ParameterTypeError:
    if name in _TEXTS:
        return ParameterTypeError(name=name, expected="a string", expected_vi="chuỗi ký tự")
    return ParameterTypeError(name=name, expected="a JSON object", expected_vi="đối tượng JSON")
