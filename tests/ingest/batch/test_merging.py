"""Figures are new once, revised when they differ, and unchanged when they are sent again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from hub.ingest.batch.reports import Counts
from tests.ingest.batch.ground import COUNT, RATE, WARD, Sender, count, figures, rate, register

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database


@pytest.fixture
async def ward(undemonstrated: Database, tmp_path: Path) -> Sender:
    """The ward's own source."""
    return Sender(undemonstrated, await register(undemonstrated, "thu.phuong"), tmp_path)


async def test_figures_are_new_then_revised_and_again_unchanged(ward: Sender) -> None:
    first = await ward.send(rate(7, 9), count(12))
    assert (first.status, first.counts) == ("done", Counts(received=2, new=2))
    assert (await ward.send(rate(7, 9), count(12))).counts == Counts(received=2, unchanged=2)
    assert (await ward.send(rate(8, 9), count("12.0"))).counts == Counts(
        received=2, revised=1, unchanged=1
    )
    assert await figures(ward.database) == [
        (COUNT, WARD, "2026-09", 1, Decimal(12), None, None, "submitted", False, True),
        (RATE, WARD, "2026-09", 1, Decimal("77.78"), 7, 9, "submitted", False, False),
        (RATE, WARD, "2026-09", 2, Decimal("88.89"), 8, 9, "submitted", False, True),
    ]
