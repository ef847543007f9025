"""What rights reach together is what each reaches, at every moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hub.access.functions import PARTS
from tests.access.world import as_owner

if TYPE_CHECKING:
    from tests.access.conftest import Clone

_NEW_YEAR: Final = datetime(2026, 1, 1, tzinfo=UTC)
_MOMENTS: Final = [_NEW_YEAR + timedelta(hours=hours) for hours in range(-1, 13)]

_LISTS: Final = ", ".join(
    f"coalesce(array_agg(DISTINCT {of}) FILTER (WHERE {condition}), '{{}}')::bigint[]"
    for of, condition in PARTS.values()
)
_SUMMED: Final = """
    SELECT holder_id, data_class, lists FROM reach WHERE valid_from <= $1 AND valid_until > $1"""
_EACH: Final = f"""
    SELECT holder_id, data_class, {_LISTS} FROM scope
    WHERE capability = 'read' AND coalesce(valid_from, '-infinity') <= $1
      AND coalesce(valid_until, 'infinity') > $1
    GROUP BY holder_id, data_class"""
_BOUNDED: Final = """
    UPDATE access_grant SET
      valid_from = CASE WHEN id % 3 > 0 THEN $1::timestamptz + id % 5 * interval '1 hour' END,
      valid_until = CASE WHEN id % 4 > 0 THEN $1::timestamptz + id % 11 * interval '1 hour' END"""


async def test_what_rights_reach_together_is_what_each_reaches(clone: Clone) -> None:
    """However they begin, end, overlap, or end before they begin."""
    address = await clone()
    async with as_owner(address) as owner:
        await owner.execute(_BOUNDED, _NEW_YEAR)
        numbers = set()
        for moment in _MOMENTS:
            summed = {
                (row["holder_id"], row["data_class"]): [_keys(part) for part in row["lists"]]
                for row in await owner.fetch(_SUMMED, moment)
            }
            each = {
                (holder, data_class): [sorted(part) for part in parts]
                for holder, data_class, *parts in await owner.fetch(_EACH, moment)
            }
            assert summed == each, moment
            numbers.add(sum(len(part) for parts in each.values() for part in parts))
        assert len(numbers) > len(_MOMENTS) // 2


def _keys(part: str) -> list[int]:
    return sorted(int(key) for key in part.strip("{}").split(",") if key)
