"""What tests of reading share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ingest.formats.reading import Reader

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Deliveries written into a folder of the test's own, and read from there."""
    return Reader(tmp_path)
