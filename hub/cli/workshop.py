"""What batches are worked on with in this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.clock import system_clock
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop
from hub.ingest.formats import read_rows
from hub.ingest.workbook import knowing_forms

if TYPE_CHECKING:
    from hub.database.engine import Database
    from hub.settings import Settings


def workshop_of(settings: Settings, database: Database) -> Workshop:
    """Return the workshop of the data folder: it knows the hub's own forms from other workbooks."""
    deliveries = Deliveries.of(settings.home.absolute())
    return Workshop(database, deliveries, system_clock, open=knowing_forms(read_rows))
