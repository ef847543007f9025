"""Asks the hub and the model the same, and compares the whole of both answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hub.access.principal import PUBLIC, Principal
from hub.api.execution import Request
from hub.errors import Language
from hub.loaders.gate import find_principal
from tests.oracle.compare import Comparison, tokens_in
from tests.oracle.model import Asked, CursorError, DirectionError
from tests.oracle.rights import CLOSED_TO_THE_PUBLIC, Sight
from tests.oracle.store import ISSUER
from tests.oracle.world import NOW, tokens_of

if TYPE_CHECKING:
    from hub.api.execution import Executor
    from hub.database.engine import Database
    from tests.oracle.asking import Question
    from tests.oracle.contract import Contract
    from tests.oracle.world import World


@dataclass
class Proof:
    """A world in a database, and what has been compared so far.

    Attributes:
        pairs: how many questions of somebody were compared.
    """

    world: World
    database: Database
    executor: Executor
    comparison: Comparison = field(default_factory=Comparison)
    pairs: int = 0
    _sights: dict[int | None, Sight] = field(default_factory=dict)
    _principals: dict[int | None, Principal] = field(default_factory=dict)

    async def differences(self, reader: int | None, question: Question) -> list[str]:
        """Return where the hub's answer to *reader* is not the model's."""
        body = await self.ask(reader, question)
        return self.judge(reader, question, body)

    async def ask(self, reader: int | None, question: Question) -> bytes:
        """Return the hub's answer to *reader*."""
        principal = await self.principal(reader)
        request = Request(
            question.document, None, dict(question.variables), None, principal, Language.EN
        )
        return (await self.executor.execute(request)).body

    def judge(self, reader: int | None, question: Question, body: bytes) -> list[str]:
        """Return where *body* is not what the model answers, and whose tokens it gives away."""
        self.pairs += 1
        actual: dict[str, Any] = json.loads(body)
        sight = self.sight(reader)
        asked = Asked(
            self.contract(reader),
            sight,
            question.document,
            question.variables,
            self.comparison.cursors,
            NOW.date().isoformat(),
        )
        try:
            expected = {"data": asked.answer()}
        except (CursorError, DirectionError) as refused:
            codes = [error["extensions"]["code"] for error in actual.get("errors", [])]
            return [] if codes == [refused.code] else [f"expected {refused.code}, got {body!r}"]
        found = list(self.comparison.differences(expected, actual))
        leaked = tokens_in(body) & self.hidden(reader)
        return [*found, *(f"gives away {token}" for token in sorted(leaked))]

    def sight(self, reader: int | None) -> Sight:
        """Return what *reader* sees by the rules."""
        if reader not in self._sights:
            self._sights[reader] = Sight(self.world.tables, reader, NOW)
        return self._sights[reader]

    def hidden(self, reader: int | None) -> set[str]:
        """Return the tokens that *reader* may not be given."""
        sight = self.sight(reader)
        kinds = [name for name in self.world.tables if name not in {"_Account", "Grant"}]
        return {
            token
            for name in kinds
            for token in tokens_of(
                [r for n, r in self.world.tables[name].items() if n not in sight.visible(name)]
            )
        }

    async def principal(self, reader: int | None) -> Principal:
        """Return who *reader* is to the hub."""
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

    def contract(self, reader: int | None) -> Contract:
        """Return what exists for *reader*."""
        return self.world.contract if reader is not None else self._open

    @cached_property
    def _open(self) -> Contract:
        return self.world.contract.without(CLOSED_TO_THE_PUBLIC)

    def forget(self) -> None:
        """Reckon again what everybody sees, after the world changed."""
        self._sights.clear()
