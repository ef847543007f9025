"""Forms as workbooks: empty to fill in, or as they were sent with what is wrong marked."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final
from uuid import UUID

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from hub.audit.access import Access
from hub.clock import system_clock
from hub.errors import HubError
from hub.ingest.batch.reports import ReportedRow
from hub.ingest.delivered import DeliveryRefusedError
from hub.ingest.formats import Limits
from hub.ingest.workbook import (
    UnknownOccasionError,
    load_form,
    mark,
    marks_of_batch,
    read_identity,
    write_form,
)
from hub.loaders.batches import find_batch, list_rows
from hub.model.texts import is_storable
from hub.web.accesses import origin_of, refused
from hub.web.forms.errors import OtherWorkbookError, PeriodNeededError, WorkbookRefusedError
from hub.web.negotiation import choose_language
from hub.web.refusals import refuse
from hub.web.sources.errors import BatchUnknownError
from hub.web.sources.receiving import take_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from starlette.requests import Request

    from hub.access.principal import Principal
    from hub.audit.access import Origin
    from hub.audit.trail import Trail
    from hub.database.engine import Database
    from hub.ingest.batch.deliveries import Deliveries
    from hub.ingest.workbook import Form
    from hub.web.clients import Clients
    from hub.web.graphql import Authenticate

FORM_COST: Final = 10_000
"""What a workbook is charged: about that of an export."""

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Forms:
    """What forms over HTTP stand on; *deliveries* is where a workbook is put while it is marked."""

    database: Database
    authenticate: Authenticate
    clients: Clients
    deliveries: Deliveries
    trail: Trail

    def routes(self) -> list[Route]:
        """Return the addresses of forms."""
        return [
            Route("/forms/marked", self._mark, methods=["POST"]),
            Route("/forms/{form}/template", self._give, methods=["GET"]),
        ]

    async def _give(self, request: Request) -> Response:
        started, origin = perf_counter(), origin_of(request.scope, "http")
        principal = None
        try:
            self.trail.check()
            principal = await self.authenticate(request.scope, fresh=True)
            asked = request.query_params
            period = asked.get("period") or _missing()
            with self.clients.of(principal, request.scope) as client:
                client.charge(FORM_COST)
                code, ward = request.path_params["form"], asked.get("ward") or None
                form = await self._load(principal, code, period, ward)
                book = await asyncio.to_thread(write_form, form)
        except HubError as error:
            self.trail.tell(refused(origin, None, error, perf_counter() - started, principal))
            return refuse(error, choose_language(request.headers.get("accept-language", "")))
        self._tell(principal, origin, "formTemplate", form, started)
        return _attached(book, form.file_name)

    async def _mark(self, request: Request) -> Response:
        started, origin = perf_counter(), origin_of(request.scope, "http")
        principal = None
        try:
            self.trail.check()
            principal = await self.authenticate(request.scope, fresh=True)
            rows, digest = await self._batch(principal, request)
            with (
                self.clients.of(principal, request.scope) as client,
                self.deliveries.receive() as arriving,
            ):
                client.charge(FORM_COST)
                limit = Limits().workbook_size
                sent = await take_in(request.stream(), arriving, limit=limit, declared={})
                if sent.digest != digest:
                    raise OtherWorkbookError
                form = await self._form_of(principal, sent.path)
                book = await asyncio.to_thread(_marked, form, sent.path, rows)
        except ClientDisconnect:
            return Response(status_code=400)
        except HubError as error:
            self.trail.tell(refused(origin, None, error, perf_counter() - started, principal))
            return refuse(error, choose_language(request.headers.get("accept-language", "")))
        self._tell(principal, origin, "formMarked", form, started)
        return _attached(book, f"can-sua.{form.file_name}")

    async def _batch(
        self, principal: Principal, request: Request
    ) -> tuple[Sequence[dict[str, Any]], str]:
        """Return the rows that are to be marked, and the digest of what they were in."""
        source = request.query_params.get("source", "")
        number = None
        with suppress(ValueError):
            number = UUID(request.query_params.get("batch", ""))
        record = number and await find_batch(self.database, principal, source, number)
        if not record or number is None:
            raise BatchUnknownError
        rows = await list_rows(self.database, principal, number, None)
        return rows, record.facts["digest"]

    async def _form_of(self, principal: Principal, path: Path) -> Form:
        try:
            identity = await asyncio.to_thread(read_identity, path)
        except DeliveryRefusedError as error:
            raise WorkbookRefusedError(error) from error
        return await self._load(principal, identity.form, identity.period, identity.area)

    async def _load(self, principal: Principal, code: str, period: str, ward: str | None) -> Form:
        """Return the form that is owed, or raise ``UnknownOccasionError``."""
        if not all(map(is_storable, (code, period, ward or ""))):
            raise UnknownOccasionError(form=code, period=period)
        return await load_form(self.database, principal, form=code, period=period, ward=ward)

    def _tell(
        self, principal: Principal, origin: Origin, operation: str, form: Form, started: float
    ) -> None:
        self.trail.tell(
            Access(
                system_clock(),
                "operation",
                "answered",
                origin._replace(client=principal.client),
                account=principal.account,
                agency=principal.agency,
                operation=operation,
                types=("Submission",),
                counts=(1,),
                target=f"{form.code}/{form.area}/{form.period}",
                seconds=perf_counter() - started,
            )
        )


def _missing() -> str:
    raise PeriodNeededError


def _marked(form: Form, path: Path, rows: Sequence[dict[str, Any]]) -> bytes:
    try:
        return mark(form, path, marks_of_batch(map(_reported, rows)))
    except DeliveryRefusedError as error:
        raise WorkbookRefusedError(error) from error


def _reported(row: dict[str, Any]) -> ReportedRow:
    return ReportedRow(
        sheet=row["sheet"],
        line=row["line"],
        column=row["column"],
        found=row["found"],
        expected=row["expected"],
        code=row["code"],
        outcome=row["outcome"],
        candidates=tuple(row["candidates"]),
    )


def _attached(book: bytes, name: str) -> Response:
    return Response(
        book,
        media_type=_XLSX,
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
    )
