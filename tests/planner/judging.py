"""Asks both executors the same of one database, and tells where their answers differ."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hub.access.principal import PUBLIC
from hub.api.execution import Executor, Request
from hub.clock import system_clock
from hub.errors import Language
from hub.loaders.gate import find_principal
from hub.web.development import ISSUER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from tests.planner.drawing import Operation

READERS: Final = (
    None,
    "hn.cong-an",
    "hn.so-y-te",
    "hn.so-tai-chinh",
    "hn.ubnd",
    "hn.ubnd-cap-xa.00004",
    "vn.bo-cong-an",
)
"""An agency of every kind, and the public."""

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


@dataclass
class Judge:
    """Both executors over one database.

    Attributes:
        statements: hears what is run; emptied before every answer that is planned.
        asked: how many operations were compared, *answered* those without an error.
    """

    planned: Executor
    resolvers: Executor
    principals: Mapping[str | None, Principal]
    statements: list[str]
    asked: int = 0
    answered: int = 0
    leaves: int = 0

    async def differences(self, reader: str | None, operation: Operation) -> list[str]:
        """Return where the planned answer to *operation* is not the resolvers'."""
        variables = await self.given(reader, operation)
        found = await self._differing(reader, operation, variables)
        # A plan is kept by now: it must not answer what it does not fit.
        for other in _others(variables):
            found += await self._differing(reader, operation, other)
        return found

    async def _differing(
        self, reader: str | None, operation: Operation, variables: dict[str, Any]
    ) -> list[str]:
        request = self.request(reader, operation.document, variables)
        expected = (await self.resolvers.execute(request)).body
        self.statements.clear()
        actual = (await self.planned.execute(request)).body
        found = list(self._judge(json.loads(expected), json.loads(actual), variables))
        if operation.is_sound and b'"errors"' not in expected and len(self.statements) > 1:
            found.append(f"{len(self.statements)} statements, given {variables}")
        return found

    async def given(self, reader: str | None, operation: Operation) -> dict[str, Any]:
        """Return what is given to *operation*, with the cursors that are its reader's."""
        variables = dict(operation.variables)
        for mark in operation.marks:
            cursors = await self._cursors(reader, mark.document)
            variables[mark.name] = cursors[mark.place % len(cursors)] if cursors else None
        return variables

    def request(
        self, reader: str | None, document: str, variables: Mapping[str, Any] | None = None
    ) -> Request:
        """Return the request of *reader* for *document*."""
        who = self.principals[reader]
        return Request(document, None, dict(variables or {}), None, who, Language.EN)

    async def _cursors(self, reader: str | None, document: str) -> list[str]:
        answer = await self.resolvers.execute(self.request(reader, document))
        return list(_found(json.loads(answer.body), "cursor"))

    def _judge(self, expected: Any, actual: Any, variables: Mapping[str, Any]) -> Iterator[str]:
        self.asked += 1
        codes = [_failures(body) for body in (expected, actual)]
        if any(code == "INTERNAL" for code, _ in codes[0]):
            yield f"INTERNAL, given {variables}"
        if codes[0] != codes[1]:
            yield f"errors: {codes[0]} by resolvers, {codes[1]} planned, given {variables}"
        if "data" in expected or "data" in actual:
            for each in self._differences(expected.get("data"), actual.get("data"), ""):
                yield f"{each}, given {variables}"
        self.answered += not codes[0]

    def _differences(self, expected: Any, actual: Any, path: str) -> Iterator[str]:
        if isinstance(expected, dict) and isinstance(actual, dict):
            if list(expected) != list(actual):
                yield f"{path}: keys {list(expected)} by resolvers, {list(actual)} planned"
                return
            for key, value in expected.items():
                yield from self._differences(value, actual[key], f"{path}.{key}")
        elif isinstance(expected, list) and isinstance(actual, list):
            if len(expected) != len(actual):
                yield f"{path}: {expected} by resolvers, {actual} planned"
                return
            for place, (one, other) in enumerate(zip(expected, actual, strict=True)):
                yield from self._differences(one, other, f"{path}[{place}]")
        else:
            self.leaves += 1
            if not is_same(expected, actual):
                yield f"{path}: {expected!r} by resolvers, {actual!r} planned"


def _others(variables: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield *variables* with one of them null, and without it."""
    if variables:
        name = sorted(variables)[len(variables) // 2]
        yield {**variables, name: None}
        yield {key: value for key, value in variables.items() if key != name}


def is_same(one: Any, other: Any) -> bool:
    """Return whether two leaves are one value: numbers by value, moments by instant."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float(Decimal(repr(one))) == float(Decimal(repr(other)))
    if isinstance(one, str) and isinstance(other, str) and one != other:
        is_moment = _MOMENT.fullmatch(one) and _MOMENT.fullmatch(other)
        return bool(is_moment and datetime.fromisoformat(one) == datetime.fromisoformat(other))
    return type(one) is type(other) and bool(one == other)


async def judge_of(database: Database, statements: list[str]) -> Judge:
    """Return a judge over *database*, whose statements are heard by *statements*."""
    principals: dict[str | None, Principal] = {None: PUBLIC}
    for agency in READERS[1:]:
        assert agency is not None
        found = await find_principal(database, ISSUER, agency)
        assert found is not None, agency
        principals[agency] = found
    planned = Executor(database, system_clock)
    resolvers = Executor(database, system_clock, planned=False)
    return Judge(planned, resolvers, principals, statements)


def _failures(body: Any) -> list[tuple[str, str]]:
    errors = body.get("errors", [])
    return sorted((error["extensions"]["code"], str(error.get("path"))) for error in errors)


def _found(part: Any, key: str) -> Iterator[Any]:
    match part:
        case dict():
            for name, value in part.items():
                if name == key:
                    yield value
                else:
                    yield from _found(value, key)
        case list():
            for value in part:
                yield from _found(value, key)
        case _:
            pass
