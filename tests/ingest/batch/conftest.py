"""What tests of batches share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest.batch.ground import Sender, register

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database


@pytest.fixture
async def ward(undemonstrated: Database, tmp_path: Path) -> Sender:
    """The ward's own source, in a hub without figures."""
    return Sender(undemonstrated, await register(undemonstrated, "thu.phuong"), tmp_path)
