"""Tables to take away: ``GET /exports/{dataset}``, streamed, within the caller's rights."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import Counter
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from typing_extensions import override

from hub.audit.access import Access
from hub.clock import system_clock
from hub.errors import HubError
from hub.loaders.datasets import find_dataset, stream_rows
from hub.web.accesses import origin_of, refused
from hub.web.downloads import Downloads
from hub.web.negotiation import choose_language
from hub.web.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.types import Message, Receive, Scope, Send

    from hub.access.principal import Principal
    from hub.audit.access import Origin
    from hub.audit.trail import Trail
    from hub.database.engine import Database
    from hub.loaders.datasets import Dataset
    from hub.web.clients import Clients
    from hub.web.graphql import Authenticate

_BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheet programs that the file is UTF-8; without it they misread Vietnamese."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Export:
    """One taking away of a dataset, within the rights of *principal*.

    Attributes:
        header: ``vi`` writes the header in Vietnamese, after a byte-order mark.
    """

    database: Database
    principal: Principal
    dataset: Dataset
    header: str = "code"
    counted: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=perf_counter)

    async def parts(self) -> AsyncGenerator[bytes]:
        """Yield it as CSV (RFC 4180, UTF-8): a header, then the rows the principal may see."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        if self.header == "vi":
            buffer.write(_BYTE_ORDER_MARK)
            writer.writerow(self.dataset.columns.values())
        else:
            writer.writerow(self.dataset.columns)
        async with aclosing(stream_rows(self.database, self.principal, self.dataset)) as batches:
            async for batch in batches:
                self.counted[self.dataset.of] += len(batch)
                writer.writerows([_cell(value) for value in record.values()] for record in batch)
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        if buffer.tell():
            yield buffer.getvalue().encode()

    def access(self, origin: Origin, outcome: str) -> Access:
        """Return what the audit trail is told of it."""
        return Access(
            system_clock(),
            "export",
            outcome,
            origin,
            account=self.principal.account,
            agency=self.principal.agency,
            operation=self.dataset.name,
            types=tuple(self.counted),
            counts=tuple(self.counted.values()),
            seconds=perf_counter() - self.started,
        )


EXPORT_COST: Final = 10_000
"""What an export is charged: about that of a hundred full pages of the same rows."""

_SILENCE_SECONDS: Final = 60.0
"""How long a part may wait to be taken: as long as the server lets a transaction wait."""


def export_routes(
    database: Database,
    authenticate: Authenticate,
    clients: Clients,
    trail: Trail,
) -> list[Route]:
    """Return the routes of the exports: each is recorded before its first byte, and at its end.

    Half the connections of every kind of reader are left to questions.
    """
    downloads = Downloads(max(1, database.connections // 2))

    async def answer(request: Request) -> Response:
        started = perf_counter()
        origin = origin_of(request.scope, "export", request.headers.get("traceparent"))
        language = choose_language(request.headers.get("accept-language", ""))
        principal = None
        try:
            trail.check()
            principal = await authenticate(request.scope, fresh=True)
            origin = origin._replace(client=principal.client)
            dataset = find_dataset(request.path_params["dataset"])
            header = "vi" if request.query_params.get("header") == "vi" else "code"
            export = Export(database, principal, dataset, header)
            client = clients.of(principal, request.scope)
            # Begun here: what is refused is no stream yet.
            with ExitStack() as beginning:
                beginning.enter_context(client)
                beginning.enter_context(downloads.one(principal.reader, client))
                client.charge(EXPORT_COST)
                await trail.keep(export.access(origin, "begun"))
                under_way = beginning.pop_all()
        except HubError as error:
            trail.tell(refused(origin, None, error, perf_counter() - started, principal))
            return refuse(error, language)
        return _Stream(
            under_way,
            _told(export, origin, trail),
            media_type="text/csv; charset=utf-8",
            headers={
                "content-disposition": f'attachment; filename="{dataset.name}.csv"',
                "cache-control": "no-store",
            },
        )

    return [Route("/exports/{dataset}", answer, methods=["GET"])]


class _Stream(StreamingResponse):
    """A stream that counts as under way until it has ended, however it ends.

    It ends, too, when nothing is taken of it for long.
    """

    def __init__(self, under_way: ExitStack, rows: AsyncGenerator[bytes], **given: Any) -> None:  # noqa: ANN401
        self._under_way = under_way
        self._rows = rows
        super().__init__(rows, **given)

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(_SILENCE_SECONDS):
                await send(message)

        with self._under_way:
            async with aclosing(self._rows):
                await super().__call__(scope, receive, send_in_time)


async def _told(export: Export, origin: Origin, trail: Trail) -> AsyncGenerator[bytes]:
    outcome = "broken"
    try:
        async with aclosing(export.parts()) as parts:
            async for part in parts:
                yield part
        outcome = "answered"
    finally:
        trail.tell(export.access(origin, outcome))


def _cell(value: Any) -> object:  # noqa: ANN401  (whatever a column holds)
    """Return *value* for a cell; a text that a spreadsheet would run is made plain text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() if value.startswith(_FORMULA_STARTS):
            return f"'{value}"
        case _ if hasattr(value, "isoformat"):
            return value.isoformat()
        case _:
            return value
