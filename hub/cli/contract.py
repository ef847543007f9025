"""The files of ``schema/`` that follow from the code: what they hold, and where they differ."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice
from typing import TYPE_CHECKING, Final

from hub.api.evolution import CHANGES_FILE, PUBLISHED_FILE, find_broken_promises
from hub.api.operations import (
    MANIFEST_FILE,
    SCHEMA_FOLDER,
    SDL_FILE,
    find_faults,
    print_manifest,
    print_sdl,
    read_operations,
)
from hub.cli.error_codes import ERRORS_FILE, find_shared_codes, print_error_codes
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


def write_contract(folder: Path = SCHEMA_FOLDER) -> Iterator[Path]:
    """Write the files of *folder* that follow from the code; yield each path."""
    for path, text in _contract(folder):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield path


def find_differences(folder: Path = SCHEMA_FOLDER) -> Iterator[HubError]:
    """Yield what in *folder* is not as the code has it, and what it promised and does not keep."""
    yield from find_shared_codes()
    yield from find_faults(read_operations(folder))
    promised = (folder / PUBLISHED_FILE).read_text(encoding="utf-8")
    changes = (folder / CHANGES_FILE).read_text(encoding="utf-8")
    yield from find_broken_promises(promised, print_sdl(), changes)
    for path, text in _contract(folder):
        published = path.read_text(encoding="utf-8") if path.exists() else ""
        if published != text:
            lines = unified_diff(
                published.splitlines(), text.splitlines(), "schema", "code", n=1, lineterm=""
            )
            diff = "\n".join(islice(lines, 2, _LONGEST_DIFF + 2))
            yield SchemaStaleError(file=path.name, diff=diff)


def _contract(folder: Path) -> Iterator[tuple[Path, str]]:
    yield folder / SDL_FILE, print_sdl()
    yield folder / MANIFEST_FILE, print_manifest(read_operations(folder))
    yield folder / ERRORS_FILE, print_error_codes()
