"""Tables to take away: ``GET /exports/{dataset}``, streamed, within the caller's rights."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from typing_extensions import override

from hub.errors import HubError
from hub.loaders.datasets import find_dataset, stream_rows
from hub.web.negotiation import choose_language
from hub.web.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from hub.loaders.datasets import Dataset
    from hub.web.clients import Clients
    from hub.web.graphql import Authenticate

_BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheet programs that the file is UTF-8; without it they misread Vietnamese."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


async def export_csv(
    database: Database, principal: Principal, dataset: Dataset, *, header: str = "code"
) -> AsyncIterator[bytes]:
    """Yield *dataset* as CSV (RFC 4180, UTF-8): a header, then the rows *principal* may see.

    ``header="vi"`` writes the header in Vietnamese, after a byte-order mark.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if header == "vi":
        buffer.write(_BYTE_ORDER_MARK)
        writer.writerow(dataset.columns.values())
    else:
        writer.writerow(dataset.columns)
    async for batch in stream_rows(database, principal, dataset):
        writer.writerows([_cell(value) for value in record.values()] for record in batch)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue().encode()


EXPORT_COST: Final = 10_000
"""What an export is charged: about that of a hundred full pages of the same rows."""


def export_routes(database: Database, authenticate: Authenticate, clients: Clients) -> list[Route]:
    """Return the routes of the exports."""

    async def answer(request: Request) -> Response:
        language = choose_language(request.headers.get("accept-language", ""))
        try:
            principal = await authenticate(request.scope, fresh=True)
            dataset = find_dataset(request.path_params["dataset"])
            client = clients.of(principal, request.scope)
            # Begun here: what is refused is no stream yet.
            under_way = ExitStack()
            under_way.enter_context(client)
            client.charge(EXPORT_COST)
        except HubError as error:
            return refuse(error, language)
        header = "vi" if request.query_params.get("header") == "vi" else "code"
        return _Export(
            under_way,
            export_csv(database, principal, dataset, header=header),
            media_type="text/csv; charset=utf-8",
            headers={
                "content-disposition": f'attachment; filename="{dataset.name}.csv"',
                "cache-control": "no-store",
            },
        )

    return [Route("/exports/{dataset}", answer, methods=["GET"])]


class _Export(StreamingResponse):
    """A stream that counts as under way until it has ended, however it ends."""

    def __init__(self, under_way: ExitStack, rows: AsyncIterator[bytes], **given: Any) -> None:  # noqa: ANN401
        self._under_way = under_way
        super().__init__(rows, **given)

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._under_way:
            await super().__call__(scope, receive, send)


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
