"""Clients that take their answer a few bytes at a time."""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.faults.client import Question

_NARROW: Final = 4096
_HEAD: Final = 64
_BYTES: Final = 4
_PAUSE: Final = 0.5
_OK: Final = b"200"


@dataclass(slots=True)
class SlowReader:
    """One connection from an address of its own, so that each is another client of the public.

    Attributes:
        length: bytes of the answer that has begun, 0 if none has.
        is_cut_off: whether the hub closed the connection before all was taken.
    """

    question: Question
    number: int
    length: int = 0
    is_cut_off: bool = False
    _socket: socket.socket = field(init=False)

    async def begin(self) -> None:
        """Ask until an answer begins; take no more of it than its head."""
        while not self.length:
            if await self.ask() != _OK:
                self.length = 0
                self.leave()
                await asyncio.sleep(_PAUSE)

    async def read(self, over: asyncio.Event) -> None:
        """Take a few bytes a second until *over* is set, or nobody gives any more."""
        loop = asyncio.get_running_loop()
        while not (over.is_set() or self.is_cut_off):
            try:
                self.is_cut_off = not await loop.sock_recv(self._socket, _BYTES)
            except ConnectionError:
                self.is_cut_off = True
            await asyncio.sleep(_PAUSE)

    def leave(self) -> None:
        """Close the connection."""
        self._socket.close()

    async def take(self, pause: float = 0.0) -> bytes:
        """Return what else comes until all has come or no more does, 16 KiB at a time at most."""
        loop = asyncio.get_running_loop()
        taken = b""
        with suppress(ConnectionError):
            while len(taken) < self.length - _HEAD:
                part = await loop.sock_recv(self._socket, 16_384)
                if not part:
                    break
                taken += part
                await asyncio.sleep(pause * len(part) / 16_384)
        return taken

    async def ask(self) -> bytes:
        """Ask once, and return the answer's status; take no more of it than its head."""
        loop = asyncio.get_running_loop()
        parts = urlsplit(self.question.url)
        self._socket = socket.socket()
        self._socket.setblocking(False)
        # So little is on its way that the hub waits for the client.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _NARROW)
        self._socket.bind((f"127.0.1.{self.number + 1}", 0))
        await loop.sock_connect(self._socket, (str(parts.hostname), int(parts.port or 80)))
        await loop.sock_sendall(self._socket, self.question.bytes)
        head = b""
        while b"\r\n\r\n" not in head:
            part = await loop.sock_recv(self._socket, _HEAD)
            if not part:
                return b""
            head += part
        found = re.search(rb"content-length: (\d+)", head)
        self.length = int(found[1]) if found else 0
        return head.split()[1]
