"""The files of ``schema/`` that follow from the code: what they hold, and where they differ."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice
from typing import TYPE_CHECKING, Final

from hub.api.operations import (
    MANIFEST_FILE,
    SCHEMA_FOLDER,
    SDL_FILE,
    find_faults,
    print_manifest,
    print_sdl,
    read_operations,
)
from hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST_DIFF: Final = 20


class SchemaStaleError(HubError):
    """A published file is not what the code makes."""

    code = "SCHEMA_STALE"
    vi = "{file} khác với mã nguồn; hãy chạy “hub schema print” rồi xem lại thay đổi.\n{diff}"
    en = "{file} differs from the code; run “hub schema print” and review the change.\n{diff}"


def write_contract() -> Iterator[Path]:
    """Write the files that follow from the code; yield each path."""
    for path, text in _contract():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield path


def find_differences() -> Iterator[HubError]:
    """Yield what in ``schema/`` is not as the code has it."""
    yield from find_faults(read_operations())
    for path, text in _contract():
        published = path.read_text(encoding="utf-8") if path.exists() else ""
        if published != text:
            lines = unified_diff(
                published.splitlines(), text.splitlines(), "schema", "code", n=1, lineterm=""
            )
            diff = "\n".join(islice(lines, 2, _LONGEST_DIFF + 2))
            yield SchemaStaleError(file=path.name, diff=diff)


def _contract() -> Iterator[tuple[Path, str]]:
    yield SCHEMA_FOLDER / SDL_FILE, print_sdl()
    yield SCHEMA_FOLDER / MANIFEST_FILE, print_manifest(read_operations())
