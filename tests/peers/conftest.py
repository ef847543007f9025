"""The hub as its clients meet it: over HTTP, with demonstration data and tokens of its issuer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.development import DevelopmentIssuer
from tests.web.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.engine import Database


@dataclass(frozen=True, slots=True)
class ServedHub:
    """A hub that answers at ``url``."""

    url: str
    issuer: DevelopmentIssuer

    def variables(self, agency: str) -> dict[str, str]:
        """Return the environment variables from which a client learns where and as whom to ask."""
        return {"HUB_URL": f"{self.url}/graphql", "HUB_TOKEN": self.issuer.token(agency)}


@pytest.fixture
async def hub(database: Database, tmp_path: Path) -> AsyncIterator[ServedHub]:
    """The hub over HTTP on a port that was free."""
    issuer = DevelopmentIssuer.of(tmp_path / "issuer", system_clock)
    parts = WebParts(
        executor=Executor(database, system_clock),
        authenticate=Authenticator(database, system_clock, issuer),
        check_ready=database.check,
        trail=NO_TRAIL,
    )
    async with serving(create_app(parts, WebOptions())) as url:
        yield ServedHub(url, issuer)
