"""A department's system asked over HTTP: JSON, page by page, from where the last page ended."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx

from hub.clock import system_clock
from hub.ingest.sources.failures import (
    SourceBusyError,
    SourceRefusesError,
    SourceUnreachableError,
    SourceUnreadableError,
)
from hub.ingest.sources.pages import Page
from hub.ingest.sources.patience import (
    MOST_TRIES,
    MOST_WAIT_SECONDS,
    backed_off,
    read_retry_after,
)
from hub.ingest.sources.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from hub.clock import Clock
    from hub.ingest.sources.pages import Pages, Record, State

_LARGEST_ANSWER: Final = 20_000_000
_ANSWER_SECONDS: Final = 120.0
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNAUTHORIZED: Final = 401
_OK: Final = 200
_CURSOR_EXPIRED: Final = frozenset({400, 410})
_SINCE_EXPIRED: Final = frozenset({410})


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiConnection:
    """Where a system is asked, and what its questions and answers are called.

    Attributes:
        token_url: where tokens are got by client credentials; none means that none are needed.
        items, next_cursor, as_of: the answer's own names of its records, of the next page (missing
            or null on the last), and of the moment that it knows everything until.
        cursor_parameter, since_parameter, limit_parameter: the question's.
    """

    url: str
    token_url: str | None = None
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    scope: str = ""
    items: str = "items"
    next_cursor: str = "nextCursor"
    as_of: str = "asOf"
    cursor_parameter: str = "cursor"
    since_parameter: str = "since"
    limit_parameter: str = "limit"
    page_size: int = 500
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why to ask again, and in how many seconds, if that was said."""

    reason: str
    wait: float | None = None


class ApiPull:
    """Fetches from one system; what it answers is not believed to be small, whole or in time."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        connection: ApiConnection,
        *,
        clock: Clock = system_clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        answer_seconds: float = _ANSWER_SECONDS,
    ) -> None:
        self._client = client
        self._connection = connection
        self._clock = clock
        self._sleep = sleep
        self._answer_seconds = answer_seconds
        self._tokens = connection.token_url and Tokens(
            client,
            clock,
            url=connection.token_url,
            credentials=(connection.client_id, connection.client_secret),
            scope=connection.scope,
        )

    async def pages(self, state: State | None = None) -> Pages:
        """Yield what is there since *state*; each page comes with the state that is after it.

        Where the system knows the place in *state* no longer, it is asked for more than is needed.
        """
        answer, since, cursor = await self._begin(state or {})
        as_of = state.get("as_of") if state and cursor else None
        while True:
            # What changes while pages are fetched is asked for again the next time.
            as_of = as_of or answer.get(self._connection.as_of)
            following = answer.get(self._connection.next_cursor)
            if following is not None and following in {cursor, ""}:
                raise SourceUnreadableError(reason=self._connection.next_cursor)
            if following is None:
                after: State = {"since": as_of or since}
            else:
                after = {"since": since, "cursor": following, "as_of": as_of}
            yield Page(self._records(answer), after)
            if following is None:
                return
            cursor = following
            answer = await self._ask(since, cursor)

    async def _begin(self, state: State) -> tuple[Mapping[str, Any], object, object]:
        """Return the first answer, and by which ``since`` and cursor it was asked for."""
        since, cursor = state.get("since"), state.get("cursor")
        places = [((since, cursor), _CURSOR_EXPIRED)] if cursor is not None else []
        places += [((since, None), _SINCE_EXPIRED)] if since is not None else []
        for place, expired in places:
            try:
                return await self._ask(*place), *place
            except SourceRefusesError as error:
                if error.parts["status"] not in expired:
                    raise
        return await self._ask(None, None), None, None

    def _records(self, answer: Mapping[str, Any]) -> list[Record]:
        items = answer.get(self._connection.items)
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise SourceUnreadableError(reason=self._connection.items)
        return [dict(_flat(item)) for item in items]

    async def _ask(self, since: object, cursor: object) -> Mapping[str, Any]:
        connection = self._connection
        parameters = dict(connection.parameters)
        parameters[connection.limit_parameter] = str(connection.page_size)
        if since is not None:
            parameters[connection.since_parameter] = str(since)
        if cursor is not None:
            parameters[connection.cursor_parameter] = str(cursor)
        failure = _Failure("")
        for tries in range(MOST_TRIES):
            answer = await self._try(parameters, is_first=not tries)
            if isinstance(answer, bytes):
                return _read(answer)
            failure = answer
            wait = backed_off(tries) if failure.wait is None else failure.wait
            if wait > MOST_WAIT_SECONDS:
                raise SourceBusyError(seconds=wait)
            if tries < MOST_TRIES - 1:
                await self._sleep(wait)
        raise SourceUnreachableError(tries=MOST_TRIES, reason=failure.reason)

    async def _try(self, parameters: Mapping[str, str], *, is_first: bool) -> bytes | _Failure:
        """Return the answer's body, or why to ask again."""
        try:
            # Whoever sends a byte now and then would keep a job for ever.
            async with asyncio.timeout(self._answer_seconds):
                status, retry_after, body = await self._get(parameters)
        except (httpx.TransportError, TimeoutError) as error:
            return _Failure(type(error).__name__)
        except httpx.HTTPStatusError as error:
            return _Failure(f"HTTP {error.response.status_code}")
        if status == _OK:
            return body
        if status == _UNAUTHORIZED and self._tokens and is_first:
            self._tokens.forget()
            return _Failure("HTTP 401", 0)
        if status in _PASSING:
            return _Failure(f"HTTP {status}", read_retry_after(retry_after, self._clock()))
        raise SourceRefusesError(status=status)

    async def _get(self, parameters: Mapping[str, str]) -> tuple[int, str | None, bytes]:
        headers = {"Accept": "application/json"}
        if self._tokens:
            headers["Authorization"] = f"Bearer {await self._tokens.get()}"
        request = self._client.build_request(
            "GET", self._connection.url, params=parameters, headers=headers
        )
        response = await self._client.send(request, stream=True, follow_redirects=False)
        try:
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > _LARGEST_ANSWER:
                    raise SourceUnreadableError(reason=f"> {_LARGEST_ANSWER} byte")
        finally:
            await response.aclose()
        return response.status_code, response.headers.get("retry-after"), bytes(body)


def _read(body: bytes) -> Mapping[str, Any]:
    """Return the object in *body*, its numbers as they are written."""
    try:
        answer = json.loads(body, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise SourceUnreadableError(reason="JSON") from error
    if not isinstance(answer, dict):
        raise SourceUnreadableError(reason="JSON")
    return answer


def _flat(item: Mapping[str, Any], prefix: str = "") -> list[tuple[str, object]]:
    """Return the values of *item*; one within another goes by both names, with a dot between."""
    pairs: list[tuple[str, object]] = []
    for key, value in item.items():
        if isinstance(value, dict) and not prefix:
            pairs += _flat(value, f"{key}.")
        else:
            pairs.append((f"{prefix}{key}", value))
    return pairs
