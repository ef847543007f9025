"""What may not come in, whatever channel it comes by.

``markings`` knows papers that are marked above internal, ``persons`` what is about a person;
either has the delivery refused as a whole and is never repeated. ``cells`` knows what a single
row is refused for. ``guard`` looks at all of it in one pass.
"""

from hub.ingest.guards.cells import CellTooLargeError
from hub.ingest.guards.guard import Guard
from hub.ingest.guards.markings import MarkedDeliveryError, is_marked
from hub.ingest.guards.persons import PersonsDeliveredError

__all__ = [
    "CellTooLargeError",
    "Guard",
    "MarkedDeliveryError",
    "PersonsDeliveredError",
    "is_marked",
]
