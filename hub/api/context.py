"""What one operation carries from field to field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.access.principal import Principal
    from hub.audit.access import Origin
    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.errors import Language
    from hub.loaders.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Context:
    """The operation's reads, who asks, whence, in which language, and the secret for cursors.

    ``database`` is for acts alone; every read goes through ``bundle``.
    """

    bundle: Bundle
    database: Database
    principal: Principal
    language: Language
    clock: Clock
    origin: Origin
    cursor_key: bytes = field(repr=False)
