"""Asks the hub and the model the same, and compares the whole of both answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from hub.access.principal import PUBLIC, Principal
from hub.api.execution import Request
from hub.errors import Language
from hub.loaders.datasets import find_dataset
from hub.loaders.gate import find_principal
from hub.web.exports import Export
from tests.oracle.asking import EXPORT
from tests.oracle.compare import Comparison, tokens_in
from tests.oracle.exports import exported, lines
from tests.oracle.model import Asked, CursorError, DirectionError
from tests.oracle.rights import CLOSED_TO_THE_PUBLIC, Sight
from tests.oracle.store import ISSUER
from tests.oracle.world.rows import NOW, tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.api.answers import Answer
    from hub.database.engine import Database
    from tests.oracle.asking import Question
    from tests.oracle.contract import Contract
    from tests.oracle.world.rows import World


class Executes(Protocol):
    """Answers documents."""

    async def execute(self, request: Request) -> Answer:
        """Return the answer to *request*."""


@dataclass
class Proof:
    """A world in a database, and what has been compared so far.

    Attributes:
        executors: by name; whatever is asked is asked of each.
        pairs: how many questions of somebody were compared.
    """

    world: World
    database: Database
    executors: Mapping[str, Executes]
    comparison: Comparison = field(default_factory=Comparison)
    pairs: int = 0
    _sights: dict[int | None, Sight] = field(default_factory=dict)
    _hidden: dict[int | None, set[str]] = field(default_factory=dict)
    _principals: dict[int | None, Principal] = field(default_factory=dict)

    async def ask(self, reader: int | None, question: Question) -> list[bytes]:
        """Return the hub's answers to *reader*, one of each executor."""
        principal = await self.principal(reader)
        if question == EXPORT:
            parts = Export(self.database, principal, find_dataset("observations")).parts()
            return [b"".join([part async for part in parts])]
        request = Request(
            question.document, None, dict(question.variables), None, principal, Language.EN
        )
        return [(await each.execute(request)).body for each in self.executors.values()]

    def judge(self, reader: int | None, question: Question, bodies: list[bytes]) -> list[str]:
        """Return where *bodies* are not what the model answers, and whose tokens they give away."""
        return [
            difference
            for differences in self.judge_each(reader, question, bodies)
            for difference in differences
        ]

    def judge_each(
        self, reader: int | None, question: Question, bodies: list[bytes]
    ) -> list[list[str]]:
        """Return what :meth:`judge` says of each of *bodies* by itself."""
        self.pairs += 1
        if question == EXPORT:
            return [self._judge_export(reader, body) for body in bodies]
        asked = Asked(
            self.contract(reader),
            self.sight(reader),
            question.document,
            question.variables,
            self.comparison.cursors,
            NOW.date().isoformat(),
        )
        expected: Any
        try:
            expected = {"data": asked.answer()}
        except (CursorError, DirectionError) as refused:
            expected = refused.code
        return [
            [f"{name}{difference}" for difference in self._judge(reader, expected, body)]
            for name, body in zip(self.executors, bodies, strict=True)
        ]

    def _judge(self, reader: int | None, expected: Any, body: bytes) -> list[str]:
        actual: dict[str, Any] = json.loads(body)
        # What an operation costs follows from its document, not from what is stored.
        actual.pop("extensions", None)
        if isinstance(expected, str):
            codes = [error["extensions"]["code"] for error in actual.get("errors", [])]
            return [] if codes == [expected] else [f": expected {expected}, got {body!r}"]
        found = list(self.comparison.differences(expected, actual))
        return [*found, *self._given_away(reader, body)]

    def _judge_export(self, reader: int | None, body: bytes) -> list[str]:
        rows, expected = lines(body), exported(self.sight(reader))
        self.comparison.leaves += sum(map(len, expected))
        extra = [f"export: too many {row}" for row in rows if row not in expected]
        missing = [f"export: too few {row}" for row in expected if row not in rows]
        order = [] if rows == expected else ["export: not the expected lines in their order"]
        return [*order, *extra, *missing, *self._given_away(reader, body)]

    def _given_away(self, reader: int | None, body: bytes) -> list[str]:
        return [f": gives away {token}" for token in sorted(tokens_in(body) & self.hidden(reader))]

    def sight(self, reader: int | None) -> Sight:
        """Return what *reader* sees by the rules."""
        if reader not in self._sights:
            self._sights[reader] = Sight(self.world.tables, reader, NOW)
        return self._sights[reader]

    def hidden(self, reader: int | None) -> set[str]:
        """Return the tokens that *reader* may not be given."""
        if reader not in self._hidden:
            sight = self.sight(reader)
            kinds = [name for name in self.world.tables if name not in {"_Account", "Grant"}]
            self._hidden[reader] = {
                token
                for name in kinds
                for token in tokens_of(
                    [r for n, r in self.world.tables[name].items() if n not in sight.visible(name)]
                )
            }
        return self._hidden[reader]

    async def principal(self, reader: int | None) -> Principal:
        """Return who *reader* is to the hub, as found once."""
        if reader is None:
            return PUBLIC
        if reader not in self._principals:
            subject = self.world.tables["_Account"][reader]["subject"]
            found = await find_principal(self.database, ISSUER, subject)
            assert found is not None, subject
            self._principals[reader] = found
        return self._principals[reader]

    def readers(self) -> list[int | None]:
        """Return everybody who may ask, the public first."""
        accounts = self.world.tables["_Account"].values()
        return [None, *(r["#"] for r in accounts if r["suspendedAt"] is None)]

    def reader(self, subject: str | None) -> int | None:
        """Return the account with this name, or the public."""
        accounts = self.world.tables["_Account"].values()
        return (
            None if subject is None else next(r["#"] for r in accounts if r["subject"] == subject)
        )

    def contract(self, reader: int | None) -> Contract:
        """Return what exists for *reader*."""
        return self.world.contract if reader is not None else self._open

    @cached_property
    def _open(self) -> Contract:
        return self.world.contract.without(CLOSED_TO_THE_PUBLIC)

    def before(self) -> Proof:
        """Return a proof of the world as it is now, however it changes."""
        return replace(self, world=self.world.copy(), _sights={}, _hidden={})

    def forget(self) -> None:
        """Reckon again what everybody sees, after the world changed."""
        self._sights.clear()
        self._hidden.clear()
