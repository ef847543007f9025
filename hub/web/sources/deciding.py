"""The address of a row that waits: whoever owns the source says what becomes of it."""

from __future__ import annotations

from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar, Final

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import Response

from hub.clock import system_clock
from hub.errors import HubError
from hub.ingest.batch.decisions import ACCEPT, CORRECT, DROP, Decision, decide_row
from hub.ingest.batch.processing import Workshop
from hub.model.texts import is_storable
from hub.web.accesses import origin_of, refused
from hub.web.body import read_body
from hub.web.negotiation import choose_language
from hub.web.refusals import RefusalError, refuse
from hub.web.sources.errors import BatchUnknownError

if TYPE_CHECKING:
    from uuid import UUID

    from starlette.requests import Request

    from hub.access.principal import Principal
    from hub.ingest.batch.reports import Counts
    from hub.web.sources.endpoint import Door

DECISION_COST: Final = 1_000
_MOST_BYTES: Final = 16_384
_DECISIONS: Final = frozenset({ACCEPT, CORRECT, DROP})


class DecisionUnreadableError(RefusalError):
    """What is sent is no decision."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "DECISION_UNREADABLE"
    vi = (
        "Quyết định là một đối tượng JSON: “decision” là accept, correct hoặc drop; khi correct, "
        "“cells” là một đối tượng nêu các ô sửa, không có ký tự U+0000."
    )
    en = (
        "A decision is a JSON object: “decision” is accept, correct or drop; to correct, “cells” "
        "is an object of what is put instead, without the character U+0000."
    )


class _Said(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    decision: str
    cells: dict[str, str] = {}


async def decide(door: Door, request: Request, number: UUID, row: UUID) -> Response:
    """Carry out what *request* says of the row; the answer has the batch's counts."""
    started = perf_counter()
    origin = origin_of(request.scope, "http")
    principal = None
    try:
        door.trail.check()
        principal = await door.authenticate(request.scope, fresh=True)
        source = await door.own_source(principal, request.path_params["code"])
        record = await door.asked_by(request.scope, door.looking(source.code, number))
        said = _read(await read_body(request.receive, _MOST_BYTES))
        with door.clients.of(principal, request.scope) as client:
            client.charge(DECISION_COST)

            async def act(asking: Principal) -> Counts:
                await door.own_source(asking, source.code)
                if asking.account is None:
                    raise BatchUnknownError
                whence = origin._replace(client=asking.client)
                decision = Decision(said.decision, asking.account, said.cells, whence)
                shop = Workshop(door.database, door.deliveries, system_clock)
                return await decide_row(shop, record.facts["id"], row, decision)

            counts = await door.asked_by(request.scope, act)
        door.tell(principal, origin, "decideBatchRow", f"{source.code}/{number}/{row}", started)
    except HubError as error:
        door.trail.tell(refused(origin, None, error, perf_counter() - started, principal))
        return refuse(error, choose_language(request.headers.get("accept-language", "")))
    names = counts.names()
    body = orjson.dumps({"counts": {name: getattr(counts, name) for name in names}})
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})


def _read(body: bytes) -> _Said:
    try:
        said = _Said.model_validate_json(body)
    except ValidationError as error:
        raise DecisionUnreadableError from error
    if said.decision not in _DECISIONS or not all(map(is_storable, said.cells.values())):
        raise DecisionUnreadableError
    return said
