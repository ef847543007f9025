"""Systems that the hub fetches from: another's API, another's database, a folder of files.

``pages`` is what all of them give: records, and from where to go on once they are committed.
``api`` asks a paged JSON interface, with ``tokens`` got by client credentials and ``patience``
where it fails; ``registers`` opens a foreign database, ``incremental`` reads what is new in it and
``comparison`` finds what was changed late or deleted; ``drops`` takes finished files of a folder.
``collecting`` makes batches of them, and saves the state of each in the transaction of its merge:
with it ``early`` what came before its period was over, and ``readings`` what was read by day.

Fetching again from a state gives the same records again, and these change nothing.
"""

from hub.ingest.sources.api import ApiConnection, ApiPull
from hub.ingest.sources.collecting import collect_files, collect_pages, load_state, save_state
from hub.ingest.sources.comparison import compare
from hub.ingest.sources.drops import DropFolder, Dropped
from hub.ingest.sources.incremental import read_news
from hub.ingest.sources.pages import Page, Pages, State, write_page
from hub.ingest.sources.readings import Readings, forget_readings, load_readings
from hub.ingest.sources.registers import RegisterConnection, open_register

__all__ = [
    "ApiConnection",
    "ApiPull",
    "DropFolder",
    "Dropped",
    "Page",
    "Pages",
    "Readings",
    "RegisterConnection",
    "State",
    "collect_files",
    "collect_pages",
    "compare",
    "forget_readings",
    "load_readings",
    "load_state",
    "open_register",
    "read_news",
    "save_state",
    "write_page",
]
