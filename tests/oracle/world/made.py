"""The world that grows from a seed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from tests.oracle.world.agencies import add_agencies
from tests.oracle.world.authority import add_assignments, add_grants
from tests.oracle.world.facilities import add_facilities
from tests.oracle.world.figures import add_figures
from tests.oracle.world.intake import add_batches
from tests.oracle.world.measurement import add_measurement
from tests.oracle.world.places import add_places
from tests.oracle.world.programme import add_programme
from tests.oracle.world.reporting import add_reporting
from tests.oracle.world.resources import add_resources
from tests.oracle.world.rows import World
from tests.oracle.world.situations import add_situations
from tests.oracle.world.sources import add_sources
from tests.oracle.world.trail import add_trail
from tests.oracle.world.work import add_work

if TYPE_CHECKING:
    from tests.oracle.contract import Contract

_PARTS: Final = (
    *(add_places, add_agencies, add_programme, add_assignments, add_grants, add_measurement),
    *(add_facilities, add_work, add_resources, add_figures, add_situations, add_batches),
    *(add_sources, add_trail, add_reporting),
)


def make_world(contract: Contract, seed: int) -> World:
    """Return the world that grows from *seed*; every trap is laid in every one."""
    world = World(contract, Random(seed))  # noqa: S311  (nothing here is secret)
    for add in _PARTS:
        add(world)
    return world
