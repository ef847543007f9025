"""The entities of the hub and how they hang together: what every executor follows.

One module a subject; ``members`` holds what many entities share. The order here is the order in
which the schema introduces them.
"""

from __future__ import annotations

from typing import Final

from hub.model.catalogue import (
    audit,
    authority,
    duties,
    facilities,
    indicators,
    intake,
    measurement,
    organisation,
    programme,
    reporting,
    resources,
    situations,
    territory,
)

CATALOGUE: Final = (
    *territory.ENTITIES,
    *programme.ENTITIES,
    *organisation.ENTITIES,
    *indicators.ENTITIES,
    *measurement.ENTITIES,
    *facilities.ENTITIES,
    *duties.ENTITIES,
    *reporting.ENTITIES,
    *resources.ENTITIES,
    *situations.ENTITIES,
    *intake.ENTITIES,
    *authority.ENTITIES,
    *audit.ENTITIES,
)
"""Every entity."""

BY_NAME: Final = {entity.name: entity for entity in CATALOGUE}
