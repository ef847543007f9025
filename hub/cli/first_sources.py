"""The file of sources that a development hub begins with, and the folders that it names."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from hub.cli.installation import file_of_sources
from hub.ingest import demo

if TYPE_CHECKING:
    from hub.settings import Settings


def prepare_sources(settings: Settings) -> None:
    """Have the demonstration's sources in the data folder, unless it has a file of its own."""
    file = file_of_sources(settings)
    if settings.sources is not None or file.exists():
        return
    # Only now: what reads the file takes longer than a start has.
    from hub.ingest.connections import Folder, read_connections

    file.write_text((files(demo) / "connections.toml").read_text("utf-8"), "utf-8")
    for each in read_connections(file).by_source.values():
        if isinstance(each, Folder):
            (file.parent / each.path).mkdir(mode=0o700, parents=True, exist_ok=True)
