"""The file of sources that a development hub begins with, and the folders that it names."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from hub.cli.workshop import file_of_sources
from hub.ingest import demo
from hub.ingest.connections import Folder, read_connections

if TYPE_CHECKING:
    from hub.settings import Settings


def prepare_sources(settings: Settings) -> None:
    """Have the demonstration's sources in the data folder, unless it has a file of its own."""
    if settings.sources is not None:
        return
    file = file_of_sources(settings)
    if not file.exists():
        text = (files(demo) / "connections.toml").read_text("utf-8")
        file.write_text(text, "utf-8")
    connections = read_connections(file)
    for each in connections.by_source.values():
        if isinstance(each, Folder):
            (connections.folder / each.path).mkdir(mode=0o700, parents=True, exist_ok=True)
