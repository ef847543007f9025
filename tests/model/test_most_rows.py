"""Prices take it for granted that of what a programme defines there are not too many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.model.catalogue import BY_NAME
from hub.model.limits import MOST_ROWS

if TYPE_CHECKING:
    from hub.database.address import Address


@pytest.mark.parametrize("name", MOST_ROWS)
async def test_a_city_has_less_than_a_quarter_of_the_most(demo: Address, name: str) -> None:
    connection = await asyncpg.connect(demo.url)
    try:
        count = await connection.fetchval(f"SELECT count(*) FROM {BY_NAME[name].table.name}")
    finally:
        await connection.close()
    assert 0 < count < MOST_ROWS[name] / 4
