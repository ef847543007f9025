"""GraphQL over HTTP: a request in, the executor's bytes out."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, Final, Protocol

import orjson
from starlette.requests import ClientDisconnect

from hub.api.execution import Request
from hub.database.errors import BusyError, ServerUnreachableError, StalePrincipalError
from hub.errors import HubError
from hub.web.accesses import left, origin_of, refused, served
from hub.web.body import answer_before_the_end, read_body, refuse_declared_excess
from hub.web.departure import Departure
from hub.web.negotiation import MediaType, choose_language, choose_media_type, is_json_in_utf8
from hub.web.parameters import parse_body, parse_query_string
from hub.web.refusals import (
    STATUSES,
    BodyTooLargeError,
    MethodNotAllowedError,
    NotAcceptableError,
    UnsupportedMediaTypeError,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from starlette.types import Receive, Scope, Send

    from hub.access.principal import Principal
    from hub.api.answers import Answer
    from hub.api.execution import Executor
    from hub.audit.trail import Trail
    from hub.web.clients import Client, Clients
    from hub.web.parameters import BodyLimits, Parameters


_EXPLAIN = "x-hub-explain"
"""A header that asks, in development, which statement gave the answer and how it ran."""


class Authenticate(Protocol):
    """Tells who asks."""

    def __call__(self, scope: Scope, /, *, fresh: bool = False) -> Awaitable[Principal]:
        """Return who sends the request *scope*, or raise the error that is answered with 401.

        *fresh* asks not to go by what was found out before.
        """


_TAKEN_AT_ONCE = 64 * 1024
"""As much as the server writes without waiting for whoever reads it."""

_FIELDS: Final = {
    name.encode(): name
    for name in (
        "accept",
        "accept-language",
        "content-encoding",
        "content-length",
        "content-type",
        "traceparent",
        _EXPLAIN,
    )
}
"""The header fields that are read here; who asks is read by whoever tells it."""

_OK: Final[int] = HTTPStatus.OK
_CONTENT_TYPES = {form: f"{form}; charset=utf-8".encode() for form in MediaType}


class GraphQLEndpoint:
    """The ASGI application at ``/graphql``."""

    def __init__(  # noqa: PLR0913  (what it is composed of)
        self,
        executor: Executor,
        authenticate: Authenticate,
        clients: Clients,
        *,
        allow_get: bool,
        limits: BodyLimits,
        may_explain: bool = False,
        trail: Trail,
    ) -> None:
        self._trail = trail
        self._may_explain = may_explain
        self._executor = executor
        self._authenticate = authenticate
        self._clients = clients
        self._allowed = ("GET", "POST") if allow_get else ("POST",)
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; say nothing to a client that has left."""
        started = perf_counter()
        request, is_told = None, False
        fields = _header_fields(scope)
        origin = origin_of(scope, "http", fields.get("traceparent"))
        language = choose_language(fields.get("accept-language", ""))
        chosen = choose_media_type(fields.get("accept", ""))
        try:
            self._trail.check()
            parameters = await self._read(scope, fields, receive)
            media_type = _acceptable(chosen)
            request = Request(
                document=parameters.document,
                operation_name=parameters.operation_name,
                variables=parameters.variables,
                digest=parameters.digest,
                principal=await self._authenticate(scope),
                language=language,
                read_only=scope["method"] == "GET",
                explained=self._may_explain and _EXPLAIN in fields,
                origin=origin,
            )
            with self._clients.of(request.principal, scope) as client:
                request, answer = await self._answer(scope, receive, request, client)
                access = served(request, answer, perf_counter() - started)
                if request.principal.breaks_glass:
                    await self._trail.keep(access)
                else:
                    self._trail.tell(access)
                is_told = True
                # Under way until it has been taken.
                await _send_answer(answer, media_type, send)
        except ClientDisconnect:
            if request is not None:
                self._trail.tell(left(request, perf_counter() - started))
        except BodyTooLargeError as error:
            self._trail.tell(refused(origin, request, error, perf_counter() - started))
            response = refuse(error, language, chosen or MediaType.JSON)
            await answer_before_the_end(response, scope, receive, send)
        except HubError as error:
            self._trail.tell(refused(origin, request, error, perf_counter() - started))
            await refuse(error, language, chosen or MediaType.JSON)(scope, receive, send)
        except Exception as error:
            if not is_told:
                self._trail.tell(refused(origin, request, error, perf_counter() - started))
            raise

    async def _answer(
        self, scope: Scope, receive: Receive, request: Request, client: Client
    ) -> tuple[Request, Answer]:
        """Return the answer, and the request as who asked it is known now; charge *client*.

        Raises ``ClientDisconnect`` where nobody waits for it any more.
        """
        departure = Departure(receive)
        try:
            began = perf_counter()
            try:
                try:
                    answer = await self._executor.execute(request)
                except StalePrincipalError:
                    principal = await self._authenticate(scope, fresh=True)
                    request = request._replace(principal=principal)
                    answer = await self._executor.execute(request)
            except (BusyError, ServerUnreachableError):
                # No connection was had: whoever waited for one has spent nothing.
                raise
            except BaseException:
                # Who leaves, or is given no answer, pays for the time it took, or that would be
                # the cheap way.
                client.charge(round((perf_counter() - began) * 1_000_000))
                raise
            client.charge(answer.charge)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not departure.has_happened or task is None or task.uncancel():
                raise
            raise ClientDisconnect from None
        finally:
            departure.end()
        return request, answer

    async def _read(self, scope: Scope, fields: Mapping[str, str], receive: Receive) -> Parameters:
        """Return the request's parameters; what is not a well-formed request is refused."""
        method: str = scope["method"]
        most = self._limits.size
        refuse_declared_excess(fields.get("content-length", ""), most)
        if method not in self._allowed:
            raise MethodNotAllowedError(allowed=", ".join(self._allowed))
        if method == "GET":
            query_string: bytes = scope["query_string"]
            if len(query_string) > most:
                raise BodyTooLargeError(limit=most)
            return parse_query_string(query_string, self._limits)
        # Read before it is judged: a connection with an unread body could not be used again.
        body = await read_body(receive, most)
        is_plain = fields.get("content-encoding", "identity") == "identity"
        if not (is_plain and is_json_in_utf8(fields.get("content-type", ""))):
            raise UnsupportedMediaTypeError
        return parse_body(body, self._limits)


async def _send_answer(answer: Answer, media_type: MediaType, send: Send) -> None:
    """Send *answer*, and wait for the most of a long one to be taken."""
    headers = [
        (b"content-type", _CONTENT_TYPES[media_type]),
        (b"content-length", b"%d" % len(answer.body)),
        (b"cache-control", b"no-store"),
    ]
    status = _OK
    if answer.is_request_error:
        status = _status_of_refused(answer, media_type)
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append((b"allow", b"POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    is_long = len(answer.body) > _TAKEN_AT_ONCE
    await send({"type": "http.response.body", "body": answer.body, "more_body": is_long})
    if is_long:
        # The server lets the first pass, and has what follows wait.
        await send({"type": "http.response.body", "body": b""})


def _acceptable(chosen: MediaType | None) -> MediaType:
    if chosen is None:
        raise NotAcceptableError
    return chosen


def _header_fields(scope: Scope) -> dict[str, str]:
    """Return what is read of the header by field name, a field sent twice as one list."""
    fields: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name = _FIELDS.get(raw_name)
        if name is not None:
            value = raw_value.decode("latin-1")
            fields[name] = f"{fields[name]},{value}" if name in fields else value
    return fields


def _status_of_refused(answer: Answer, media_type: MediaType) -> int:
    """Return the status that *media_type* gives *answer*, of which nothing was executed.

    Only ``application/graphql-response+json`` says so by status; as plain JSON every GraphQL
    response is 200, but for a mutation by GET, which no form may make a success.
    """
    code = orjson.loads(answer.body)["errors"][0].get("extensions", {}).get("code")
    if code in STATUSES:
        return STATUSES[code]
    return _OK if media_type is MediaType.JSON else HTTPStatus.BAD_REQUEST
