"""Chromium, and somebody before it who sees one page."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

HERE: Final = Path(__file__).parent / "browser"
CHROMIUM: Final = shutil.which("chromium")
_LINE: Final = 2**24
_SECONDS: Final = 40


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser with one page; what is saved from it is in *folder*."""

    program: Process
    folder: Path

    async def open(self, address: str) -> None:
        """Go to *address* and wait until nothing more is loaded."""
        await self._act("open", address)

    async def click(self, selector: str) -> None:
        """Click on what is there, as soon as one can."""
        await self._act("click", selector)

    async def fill(self, selector: str, text: str) -> None:
        """Type *text* into a field."""
        await self._act("fill", selector, text)

    async def see(self, selector: str, words: str) -> str:
        """Wait until *words* are shown there; return all that is."""
        return str(await self._act("read", selector, words))

    async def is_shown(self, selector: str) -> bool:
        """Tell whether one sees it."""
        return bool(await self._act("shown", selector))

    async def arrive(self, address: str) -> str:
        """Wait until the page is one that begins with *address*; return its own."""
        return str(await self._act("at", address))

    async def evaluate(self, expression: str) -> Any:  # noqa: ANN401  (JSON)
        """Return what *expression* is on the page."""
        return await self._act("evaluate", expression)

    async def choose(self, selector: str, path: Path) -> None:
        """Give the file at *path* to a field for files."""
        await self._act("choose", selector, str(path))

    async def drop(self, selector: str, path: Path) -> None:
        """Drag the file at *path* from the desktop, and let go of it there."""
        await self._act("drop", selector, str(path))

    async def cut(self) -> None:
        """Have nothing reached any more."""
        await self._act("cut")

    async def save(self, selector: str) -> Path:
        """Click and return the file that is saved by it."""
        return self.folder / str(await self._act("save", selector))

    async def complaints(self, address: str) -> list[str]:
        """Return what the browser found wrong on pages that begin with *address*."""
        told = await self._act("complaints")
        return [each["text"] for each in told if each["page"].startswith(address)]

    async def requests(self) -> list[dict[str, str | None]]:
        """Return the address of all that was asked for, and the token it was asked with."""
        asked: list[dict[str, str | None]] = await self._act("requests")
        return asked

    async def _act(self, act: str, *words: str) -> Any:  # noqa: ANN401  (JSON)
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(json.dumps([act, *words]).encode() + b"\n")
        line = await asyncio.wait_for(self.program.stdout.readline(), _SECONDS)
        assert line, "the browser is gone"
        told = json.loads(line)
        assert "error" not in told, told["error"]
        return told["value"]


@asynccontextmanager
async def browsing(folder: Path) -> AsyncIterator[Browser]:
    """Have a browser that knows nobody, as long as the block lasts."""
    assert CHROMIUM, "Debian has it in chromium"
    home = folder / "browser"
    home.mkdir()
    variables = {**os.environ, "CHROMIUM": CHROMIUM, "FOLDER": str(home), "HOME": str(home)}
    program = await asyncio.create_subprocess_exec(
        "node", "driver.mjs", cwd=HERE, env=variables, stdin=PIPE, stdout=PIPE, limit=_LINE
    )
    assert program.stdin is not None
    try:
        yield Browser(program, home)
    finally:
        program.stdin.close()
        try:
            await asyncio.wait_for(program.wait(), _SECONDS)
        except TimeoutError:
            program.kill()
            await program.wait()
