"""Clients that go on asking while harm is done, and note what they got when."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request got, and when; status 0 is no answer."""

    sent: float
    seconds: float
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Question:
    """A GraphQL request of somebody, to a hub."""

    url: str
    token: str | None
    document: str

    @property
    def bytes(self) -> bytes:
        """Return it as it is sent."""
        body = orjson.dumps({"query": self.document})
        bearer = f"authorization: Bearer {self.token}\r\n" if self.token else ""
        return (
            f"POST /graphql HTTP/1.1\r\nhost: {urlsplit(self.url).netloc}\r\n{bearer}"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        ).encode() + body


class Client:
    """One connection, opened anew whenever it was closed."""

    def __init__(self, question: Question) -> None:
        self._question = question.bytes
        parts = urlsplit(question.url)
        self._place = (str(parts.hostname), int(parts.port or 80))
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self) -> Reply:
        """Ask once."""
        sent = time.monotonic()
        status, headers, body = 0, dict[str, str](), b""
        try:
            async with asyncio.timeout(_PATIENCE):
                status, headers, body = await self._exchange()
        except (OSError, EOFError, TimeoutError):
            await self.close()
        if headers.get("connection") == "close":
            await self.close()
        return Reply(sent, time.monotonic() - sent, status, headers, body)

    async def close(self) -> None:
        """Leave."""
        if self._streams is not None:
            await leave(self._streams[1])
            self._streams = None

    async def _exchange(self) -> tuple[int, dict[str, str], bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._place)
        reader, writer = self._streams
        writer.write(self._question)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers["content-length"]))
        return int(head[0].split()[1]), headers, body


async def leave(writer: asyncio.StreamWriter) -> None:
    """Close a connection, whatever has become of it."""
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def ask_once(question: Question) -> Reply:
    """Ask over a connection of its own."""
    client = Client(question)
    reply = await client.ask()
    await client.close()
    return reply


async def ask_until(question: Question, over: asyncio.Event, pause: float = 0.0) -> list[Reply]:
    """Ask again and again until *over* is set."""
    client, replies = Client(question), list[Reply]()
    while not over.is_set():
        replies.append(await client.ask())
        await asyncio.sleep(pause)
    await client.close()
    return replies


async def ask_for(question: Question, clients: int, seconds: float) -> list[Reply]:
    """Ask over so many connections for some time; return the replies as they were sent."""
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    replies = await asyncio.gather(*(ask_until(question, over) for _ in range(clients)))
    return sorted((each for one in replies for each in one), key=lambda reply: reply.sent)
