"""How many tables are being taken away: each has a connection for as long as its taker needs."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Final

from hub.web.refusals import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.access.readers import Reader
    from hub.web.clients import Client

_MOST_OF_ONE: Final = 2
"""Exports that one client may have under way, where all may have twice as many."""


class TooManyExportsError(RefusalError):
    """A client takes as many tables away as it may."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "EXPORTS_EXCEEDED"
    vi = "Bạn đang tải {limit} tập dữ liệu: hãy chờ một tập xong rồi tải tiếp."
    en = "You are taking {limit} datasets away already: wait for one to end before the next."
    headers: ClassVar[Mapping[str, str]] = {"retry-after": "5"}


class ExportsBusyError(RefusalError):
    """Others take as many tables away as leaves questions enough connections."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "EXPORTS_BUSY"
    vi = "Đang có nhiều người tải dữ liệu: hãy thử lại sau ít giây."
    en = "Many datasets are being taken away just now: try again in a few seconds."
    headers: ClassVar[Mapping[str, str]] = {"retry-after": "5"}


class Downloads:
    """The exports under way in this process; at most *most* for each kind of reader.

    One client has two of them at most, and half of them where they are few.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._most_of_one = min(_MOST_OF_ONE, max(1, most // 2))
        self._of_readers: Counter[Reader] = Counter()
        self._of_clients: Counter[Client] = Counter()

    @contextmanager
    def one(self, reader: Reader, client: Client) -> Iterator[None]:
        """Count one more, or raise ``TooManyExportsError`` or ``ExportsBusyError``."""
        if self._of_clients[client] >= self._most_of_one:
            raise TooManyExportsError(limit=self._most_of_one)
        if self._of_readers[reader] >= self._most:
            raise ExportsBusyError
        self._of_readers[reader] += 1
        self._of_clients[client] += 1
        try:
            yield
        finally:
            self._of_readers[reader] -= 1
            self._of_clients[client] -= 1
            # Who takes nothing away is not remembered.
            self._of_clients += Counter()
