"""The questions as each variant is asked them: targets, statements, and the answers compared."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx

from hub.api.execution import Executor
from hub.clock import system_clock
from tests.benchmarks.answers import canonical, canonical_rival
from tests.benchmarks.load import Target
from tests.benchmarks.operations import Cursors, find_keys, read_document, read_rival_document
from tests.benchmarks.readers import ASKERS
from tests.benchmarks.servers import Question
from tests.benchmarks.statements import ask, find_statement, principal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from hub.web.development import DevelopmentIssuer
    from tests.benchmarks.operations import Keys, Operation
    from tests.benchmarks.readers import Asker
    from tests.benchmarks.servers import Server
    from tests.benchmarks.statements import Statement

_SECONDS: Final = 120
_MOST_SECONDS: Final = 8.0
"""What an answer takes at most that is worth being measured: the load asks for eight at once."""


@dataclass
class Asked:
    """One question of one asker.

    Attributes:
        statement: the planner's, where it makes one.
        targets: by variant, where it can be asked.
        reasons: by variant, where it cannot.
        seconds: how long the answer took when it was compared, by variant.
    """

    operation: Operation
    asker: Asker
    question: Question
    statement: Statement | None
    targets: dict[str, Target] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    answer: Any = None  # canonical JSON


@dataclass(frozen=True)
class Questions:
    """Asks the servers everything once, and keeps what they may be measured with."""

    database: Database
    issuer: DevelopmentIssuer
    keys: Keys
    cursors: dict[str, Cursors]
    principals: dict[str, Principal]

    @classmethod
    async def find(
        cls, database: Database, issuer: DevelopmentIssuer, rival: Server | None
    ) -> Questions:
        """Return the questions of the city in *database*."""
        keys = await find_keys(database.address, ASKERS)
        principals = {asker.name: await principal_of(database, asker.agency) for asker in ASKERS}
        made = cls(database, issuer, keys, {}, principals)
        executor = Executor(database, system_clock)
        for asker in ASKERS:
            made.cursors[asker.name] = await made._find_cursors(executor, asker, rival)
        return made

    async def ask(self, operations: Sequence[Operation]) -> list[Asked]:
        """Return every operation of every asker, with the planner's statement."""
        executor = Executor(self.database, system_clock)
        asked = []
        for operation in operations:
            for asker in ASKERS:
                variables = operation.hub(self.cursors[asker.name])
                path = f"/{operation.name}/{asker.name}"
                question = Question(path, asker.agency, operation.text, variables)
                request = ask(self.principals[asker.name], operation.text, variables)
                statement = await find_statement(executor, request)
                asked.append(Asked(operation, asker, question, statement))
        return asked

    def compare(self, asked: Asked, servers: Iterable[Server]) -> None:
        """Ask each server; one that answers otherwise than the resolvers is not measured."""
        for server in sorted(servers, key=lambda server: server.name != "resolvers"):
            if server.name == "bare" and asked.statement is None:
                asked.reasons["bare"] = "the planner makes no statement of it"
                continue
            target = self._target(asked, server)
            try:
                data, seconds = _post(target)
            except (httpx.HTTPError, ValueError) as error:
                asked.reasons[server.name] = f"no answer: {error}"
                continue
            if server.name == "postgraphile":
                answer = canonical_rival(asked.operation, data, self.keys)
            else:
                answer = canonical(data)
            if asked.answer is None:
                asked.answer = answer
            if answer != asked.answer:
                asked.reasons[server.name] = "it answers otherwise than the hub's resolvers"
                continue
            if seconds > _MOST_SECONDS:
                asked.reasons[server.name] = f"an answer takes it {seconds:.0f} s"
                continue
            asked.seconds[server.name] = seconds
            asked.targets[server.name] = target

    def hub_target(self, asked: Asked, url: str) -> Target:
        """Return the request that asks a hub at *url*."""
        headers = {"Authorization": f"Bearer {self.issuer.token(asked.asker.agency)}"}
        body = _body(asked.operation.text, asked.question.variables)
        return Target(f"{url}/graphql", headers, body)

    def _target(self, asked: Asked, server: Server) -> Target:
        operation, asker = asked.operation, asked.asker
        match server.name:
            case "postgraphile":
                variables = operation.rival(self.keys, self.cursors[asker.name])
                return self._rival_target(server, asker, operation.rival_text, variables)
            case "bare":
                return Target(f"{server.url}{asked.question.path}", {}, b"{}")
            case _:
                return self.hub_target(asked, server.url)

    def _rival_target(
        self, server: Server, asker: Asker, document: str, variables: dict[str, object]
    ) -> Target:
        account, agency = self.keys.claims[asker.name]
        role = self.principals[asker.name].reader.value
        headers = {"x-account": str(account), "x-agency": str(agency)}
        return Target(f"{server.url}/{role}", headers, _body(document, variables))

    async def _find_cursors(
        self, executor: Executor, asker: Asker, rival: Server | None
    ) -> Cursors:
        """Return where the list's last full page but one begins."""
        ours: str | None = None
        theirs: str | None = None
        for _ in range(2):
            request = ask(self.principals[asker.name], read_document("Cursor"), {"before": ours})
            ours = _start((json.loads((await executor.execute(request)).body))["data"])
            if rival is not None:
                document = read_rival_document("Cursor")
                target = self._rival_target(rival, asker, document, {"before": theirs})
                try:
                    theirs = _start(_post(target)[0])
                except (httpx.HTTPError, ValueError):
                    # What it cannot answer is told where answers are compared.
                    rival, theirs = None, None
        assert ours is not None
        return Cursors(ours, theirs or "")


def _start(data: Any) -> str:  # noqa: ANN401  (JSON)
    cursor: str = data["observations"]["pageInfo"]["startCursor"]
    return cursor


def _body(document: str, variables: dict[str, object]) -> bytes:
    return json.dumps({"query": document, "variables": variables}).encode()


def _post(target: Target) -> tuple[Any, float]:
    """Return the data of the answer and how many seconds it took the second time."""
    headers = {"Content-Type": "application/json", **target.headers}
    with httpx.Client(headers=headers, timeout=_SECONDS) as client:
        client.post(target.url, content=target.body)
        answer = client.post(target.url, content=target.body)
    said = answer.raise_for_status().json()
    if "errors" in said:
        raise ValueError(said["errors"][0]["message"])
    return said["data"], answer.elapsed.total_seconds()
