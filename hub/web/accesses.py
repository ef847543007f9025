"""What the audit trail is told of a request: who, whence, what, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.api.errors import InternalError
from hub.audit.access import Access, Origin
from hub.clock import system_clock
from hub.errors import HubError
from hub.telemetry import REQUEST_ID

if TYPE_CHECKING:
    from starlette.types import Scope

    from hub.access.principal import Principal
    from hub.api.answers import Answer
    from hub.api.execution import Request


def origin_of(scope: Scope, channel: str, traceparent: str | None = None) -> Origin:
    """Return where the request of *scope* came from: the address that connected, not a header's."""
    peer = scope.get("client")
    number, address = REQUEST_ID.get() or None, peer[0] if peer else None
    return Origin(channel, number, address, traceparent=traceparent)


def served(request: Request, answer: Answer, seconds: float) -> Access:
    """Return what is told of a request that was answered, if only with errors."""
    ended = "partial" if answer.codes else "answered"
    principal, given, trusted = request.principal, answer.given, answer.trusted
    channel, number, address, _, traceparent = request.origin
    return Access(
        system_clock(),
        "refusal" if answer.is_request_error else "operation",
        "refused" if answer.is_request_error else ended,
        Origin(channel, number, address, principal.client, traceparent),
        principal.account,
        principal.agency,
        given.operation,
        request.document if trusted is None else trusted.text,
        None if trusted is None else trusted.sha256,
        request.variables,
        answer.codes,
        None,
        given.types,
        given.counts,
        None,
        seconds,
    )


def left(request: Request, seconds: float) -> Access:
    """Return what is told of a request whose client did not wait for the answer."""
    principal = request.principal
    return Access(
        system_clock(),
        "operation",
        "broken",
        request.origin._replace(client=principal.client),
        principal.account,
        principal.agency,
        request.operation_name,
        request.document,
        reason="CLIENT_LEFT",
        variables=request.variables,
        seconds=seconds,
    )


def refused(
    origin: Origin,
    request: Request | None,
    error: Exception,
    seconds: float,
    principal: Principal | None = None,
) -> Access:
    """Return what is told of a request that *error* ended; without *request* before it was one.

    *principal* is who asked, where that was known and there is no *request* to say so. The reason
    is a class of errors: nothing of what was sent, least of all a token.
    """
    code = error.code if isinstance(error, HubError) else InternalError.code
    cause = error.__cause__ or error
    access = Access(
        system_clock(),
        "refusal" if request is None else "operation",
        "refused" if request is None else "broken",
        origin,
        codes=(code,),
        reason=type(cause).__name__,
        seconds=seconds,
    )
    if request is not None:
        principal = request.principal
    if principal is not None:
        access = access._replace(
            origin=origin._replace(client=principal.client),
            account=principal.account,
            agency=principal.agency,
        )
    if request is None:
        return access
    return access._replace(
        operation=request.operation_name,
        document=request.document,
        variables=request.variables,
    )
