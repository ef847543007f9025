"""The two addresses: where deliveries are sent, and where a batch is asked about."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hub.audit.access import Access
from hub.clock import system_clock
from hub.database.errors import StalePrincipalError
from hub.errors import HubError
from hub.ingest.batch.sources import UnknownSourceError
from hub.ingest.formats import Format, Limits
from hub.ingest.sending import Sent, get_own_source, send
from hub.loaders.batches import find_batch, list_rows
from hub.model.texts import is_storable
from hub.web.accesses import origin_of, refused
from hub.web.body import answer_before_the_end
from hub.web.negotiation import choose_language
from hub.web.refusals import MethodNotAllowedError, refuse
from hub.web.sources.deciding import decide
from hub.web.sources.errors import BatchUnknownError, DeliveryTooLargeError, NoRoomError
from hub.web.sources.following import EVENT_STREAM, follow
from hub.web.sources.headers import digests_of, format_of, key_of
from hub.web.sources.receiving import take_in
from hub.web.sources.record import address_of, told_with_rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from starlette.types import Receive, Scope, Send

    from hub.access.principal import Principal
    from hub.audit.access import Origin
    from hub.audit.trail import Trail
    from hub.database.engine import Database
    from hub.ingest.batch.deliveries import Arriving, Deliveries
    from hub.ingest.batch.records import Recorded
    from hub.ingest.batch.sources import Source
    from hub.loaders.batches import BatchRecord
    from hub.web.clients import Clients
    from hub.web.graphql import Authenticate

DELIVERY_COST: Final = 10_000
"""What a delivery is charged, and as much again for each ten million bytes of it."""

_BYTES_A_UNIT: Final = 1_000
_JSON: Final = "application/json"
_NO_STORE: Final = {"cache-control": "no-store"}
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Door:
    """What deliveries go through.

    Attributes:
        deliveries: where they are kept.
        largest: how many bytes one may have; a workbook no more than one can be read of.
    """

    database: Database
    authenticate: Authenticate
    clients: Clients
    deliveries: Deliveries
    largest: int
    trail: Trail

    def routes(self) -> list[Route]:
        """Return every address."""
        return [
            Route("/sources/{code}/batches", _Sending(self)),
            Route("/sources/{code}/batches/{number}", self._show, methods=["GET"]),
            Route("/sources/{code}/batches/{number}/rows/{row}", self._decide, methods=["POST"]),
        ]

    async def asked_by(
        self, scope: Scope, act: Callable[[Principal], Awaitable[_Answer]]
    ) -> _Answer:
        """Return what *act* gives whoever sent the request, as its rights are now."""
        try:
            return await act(await self.authenticate(scope))
        except StalePrincipalError:
            return await act(await self.authenticate(scope, fresh=True))

    async def own_source(self, principal: Principal, code: str) -> Source:
        """Return the source *code* of the asking agency, or raise ``UnknownSourceError``."""
        if not is_storable(code):
            raise UnknownSourceError(source=code)
        return await get_own_source(self.database, principal, code)

    def looking(self, source: str, number: UUID) -> Callable[[Principal], Awaitable[BatchRecord]]:
        """Return what finds a batch for whoever asks, or raises ``BatchUnknownError``."""

        async def look(principal: Principal) -> BatchRecord:
            record = await find_batch(self.database, principal, source, number)
            if record is None:
                raise BatchUnknownError
            return record

        return look

    def tell(
        self, principal: Principal, origin: Origin, operation: str, target: str, started: float
    ) -> None:
        """Tell the trail of an access that was answered."""
        self.trail.tell(
            Access(
                system_clock(),
                "operation",
                "answered",
                origin._replace(client=principal.client),
                account=principal.account,
                agency=principal.agency,
                operation=operation,
                types=("Batch",),
                counts=(1,),
                target=target,
                seconds=perf_counter() - started,
            )
        )

    async def _decide(self, request: Request) -> Response:
        try:
            number, row = (_number(request.path_params[name]) for name in ("number", "row"))
        except BatchUnknownError as error:
            return refuse(error, choose_language(request.headers.get("accept-language", "")))
        return await decide(self, request, number, row)

    async def _show(self, request: Request) -> Response:
        started = perf_counter()
        origin = origin_of(request.scope, "http")
        principal = None
        try:
            self.trail.check()
            number = _number(request.path_params["number"])
            source = request.path_params["code"]
            after = request.query_params.get("after")
            past = None if after is None else _number(after)
            look = self.looking(source, number)
            principal = await self.authenticate(request.scope)
            with ExitStack() as stack:
                stack.enter_context(self.clients.of(principal, request.scope))
                record = await self.asked_by(request.scope, look)
                self.tell(principal, origin, "batch", address_of(record), started)
                if EVENT_STREAM in request.headers.get("accept", "").lower():
                    events = follow(record, lambda: self.asked_by(request.scope, look))
                    return StreamingResponse(
                        _held(events, stack.pop_all()), media_type=EVENT_STREAM, headers=_NO_STORE
                    )

                async def rows(asking: Principal) -> bytes:
                    listed = await list_rows(self.database, asking, number, past)
                    return told_with_rows(record, listed)

                body = await self.asked_by(request.scope, rows)
        except HubError as error:
            self.trail.tell(refused(origin, None, error, perf_counter() - started, principal))
            return refuse(error, choose_language(request.headers.get("accept-language", "")))
        return Response(body, media_type=_JSON, headers=_NO_STORE)


@dataclass(slots=True)
class _Visit:
    """One request that sends something, and how far it has come."""

    request: Request
    origin: Origin
    started: float = field(default_factory=perf_counter)
    principal: Principal | None = None
    is_read: bool = False


class _Sending:
    """The ASGI application at which deliveries arrive."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one delivery; whoever has left is told nothing."""
        door = self._door
        visit = _Visit(Request(scope, receive), origin_of(scope, "http"))
        try:
            response = await self._take(visit)
        except ClientDisconnect:
            return
        except HubError as error:
            spent = perf_counter() - visit.started
            door.trail.tell(refused(visit.origin, None, error, spent, visit.principal))
            language = choose_language(visit.request.headers.get("accept-language", ""))
            response = refuse(error, language)
            if not visit.is_read:
                await answer_before_the_end(response, scope, receive, send)
                return
        await response(scope, receive, send)

    async def _take(self, visit: _Visit) -> Response:
        door, request = self._door, visit.request
        door.trail.check()
        if request.method != "POST":
            raise MethodNotAllowedError(allowed="POST")
        principal = visit.principal = await door.authenticate(request.scope, fresh=True)
        # Who may not send is told so before anything is taken in.
        source = await door.own_source(principal, request.path_params["code"])
        form, key = format_of(request.headers), key_of(request.headers)
        declared = digests_of(request.headers)
        largest = min(door.largest, Limits().workbook_size) if form is Format.XLSX else door.largest
        if int(request.headers.get("content-length", "0")) > largest:
            raise DeliveryTooLargeError(limit=largest)
        sent = Sent(form, key, visit.origin._replace(client=principal.client), system_clock)
        with door.clients.of(principal, request.scope) as client, _kept_in(door.deliveries) as file:
            client.charge(DELIVERY_COST)
            delivery = await take_in(request.stream(), file, limit=largest, declared=declared)
            visit.is_read = True
            client.charge(delivery.size // _BYTES_A_UNIT)

            async def record(asking: Principal) -> Recorded:
                # Taking it in may have taken long: the rights are those of this moment.
                own = await door.own_source(asking, source.code)
                return await send(
                    door.database,
                    door.deliveries,
                    asking,
                    source=own,
                    delivery=delivery,
                    sent=sent,
                )

            recorded = await door.asked_by(request.scope, record)
        found = await door.asked_by(request.scope, door.looking(source.code, recorded.id))
        door.tell(principal, visit.origin, "sendBatch", address_of(found), visit.started)
        headers = {**_NO_STORE, "location": address_of(found)}
        body = told_with_rows(found, [])
        return Response(body, HTTPStatus.ACCEPTED, headers, media_type=_JSON)


@contextmanager
def _kept_in(deliveries: Deliveries) -> Iterator[Arriving]:
    """Take a delivery in; a disk that takes no more is said to whoever sends."""
    try:
        with deliveries.receive() as arriving:
            yield arriving
    except OSError as error:
        raise NoRoomError from error


def _number(text: str) -> UUID:
    """Return the number that *text* is; a text that is none names no batch."""
    with suppress(ValueError):
        return UUID(text)
    raise BatchUnknownError


async def _held(events: AsyncIterator[bytes], stack: ExitStack) -> AsyncIterator[bytes]:
    """Yield *events*; they are under way until they end, however that is."""
    with stack:
        async for event in events:
            yield event
