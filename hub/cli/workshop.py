"""What batches are worked on with in this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.cli.installation import file_of_sources
from hub.clock import system_clock
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop
from hub.ingest.connections import read_connections
from hub.ingest.formats import read_rows
from hub.ingest.workbook import knowing_forms

if TYPE_CHECKING:
    from hub.database.engine import Database
    from hub.ingest.connections import Connections
    from hub.settings import Settings


def workshop_of(settings: Settings, database: Database) -> Workshop:
    """Return the workshop of the data folder: it knows the hub's own forms from other workbooks."""
    deliveries = Deliveries.of(settings.home.absolute())
    connections = connections_of(settings)
    return Workshop(
        database,
        deliveries,
        system_clock,
        options=lambda source: connections.options(source.code),
        open=knowing_forms(read_rows),
    )


def connections_of(settings: Settings) -> Connections:
    """Return where this installation fetches from, and how its sources write."""
    return read_connections(file_of_sources(settings))
