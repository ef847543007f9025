"""The benchmark's folder: the city, built once for each scale, and what was measured in it."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.reference import load_reference
from tests.benchmarks.city import build_city
from tests.benchmarks.readers import DEPARTMENT, WARD

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME: Final = Path(".bench")

_CITY: Final = Path(__file__).with_name("city.py")
_STAMP: Final = "city.stamp"


@contextmanager
def open_city(folder: Path, *, scale: int) -> Iterator[Address]:
    """Yield the address of the city in *folder*, which is built if it is not there yet.

    A city that an older ``city.py`` built is thrown away; the schema is brought up to date.
    """
    stamp = hashlib.sha256(f"{scale} {_CITY.read_text(encoding='utf-8')}".encode()).hexdigest()
    stamped = folder / _STAMP
    is_built = stamped.exists() and stamped.read_text(encoding="utf-8") == stamp
    if not is_built and folder.exists():
        shutil.rmtree(folder)
    with embedded_server(folder) as server:
        address = Address.parse(server.url("postgres"))
        asyncio.run(migrate(address))
        if not is_built:
            asyncio.run(fill(address, scale))
            stamped.write_text(stamp, encoding="utf-8")
        yield address


async def fill(address: Address, scale: int) -> None:
    """Load the programme's own data and build the city round it."""
    print("building the city, once ...", flush=True)
    async with Database(address) as database:
        await load_reference(database)
        await load_development_accounts(database)
    await build_city(address, scale=scale, readers=(DEPARTMENT.agency, WARD.agency))
