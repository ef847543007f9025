"""A source's own words and shares are loaded whole or not at all, and hold for their time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.reports import Counts
from hub.ingest.rejections import RejectedDataError
from hub.ingest.source_tables import load_shares, load_terms
from hub.model.intake import data_source, source_share, source_term
from tests.ingest.batch.ground import COUNT, Sender, figures, register
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.staging import Merged

    Load = Callable[[Transaction, str, Path], Awaitable[Merged]]

TERMS = "kind,term,code,valid_from,valid_until"
SHARES = "old_code,new_code,share,valid_from,valid_until"


@pytest.fixture
async def city(undemonstrated: Database, tmp_path: Path) -> Sender:
    """A source of the police, for every ward."""
    source = await register(undemonstrated, "thu.tu", owner="hn.cong-an", areas=())
    return Sender(undemonstrated, source, tmp_path)


async def give(city: Sender, load: Load, *lines: str) -> Merged:
    """Load a file of *lines* for the city's source."""
    file = city.home / "bang.csv"
    file.write_text("\n".join(lines), "utf-8")
    async with begin(city.database, LOADER, Mode.WRITE) as transaction:
        return await load(transaction, city.source.code, file)


async def test_a_source_s_words_mean_what_they_meant_on_the_day(city: Sender) -> None:
    """Indicators, areas, and agencies for their own areas; a batch tells which version read it."""
    await give(
        city,
        load_terms,
        TERMS,
        f"indicator,CT-01,{COUNT},2026-08-01,",
        "indicator,CT-01,hn.da5.tu-van-cai-nghien,,2026-08-01",
        "area,BĐ,00004,,",
        "agency,X-0070,hn.ubnd-cap-xa.00070,,",
    )
    report = await city.send(
        {"indicator": "CT-01", "area": "BĐ", "period": "2026-09", "value": 5},
        {"indicator": "CT-01", "area": "BĐ", "period": "2026-07", "numerator": 1, "denominator": 2},
        {"indicator": "CT-01", "area": "X-0070", "period": "2026-09", "value": 6},
    )
    assert report.counts == Counts(received=3, new=3)
    assert [row[:3] for row in await figures(city.database)] == [
        (COUNT, "00004", "2026-09"),
        (COUNT, "00070", "2026-09"),
        ("hn.da5.tu-van-cai-nghien", "00004", "2026-07"),
    ]
    merged = await give(city, load_terms, TERMS, f"indicator,CT-01,{COUNT},2026-08-01,")
    assert (merged.unchanged, merged.removed) == (1, 3)
    again = await give(city, load_terms, TERMS, f"indicator,CT-01,{COUNT},2026-08-01,")
    assert not again.is_change
    assert await fetch(
        city.database,
        select(data_source.c.mapping_version).where(data_source.c.code == city.source.code),
    ) == [(3,)]
    report = await city.send({"indicator": "CT-01", "area": "BĐ", "period": "2026-09", "value": 5})
    assert [row.code for row in report.rows] == ["AREA_UNKNOWN"]


WRONG: Final = (
    (load_terms, ("kind,term,code",), [(1, "valid_from"), (1, "valid_until")]),
    (load_terms, (TERMS, "ward,BĐ,00004,,"), [(2, "kind")]),
    (load_terms, (TERMS, "area,,00004,1/7/2026,"), [(2, "valid_from"), (2, "term")]),
    (load_terms, (TERMS, "indicator,a,hn.khong,,"), [(2, "code")]),
    (
        load_terms,
        (TERMS, "area,a,00004,,", "area,a,00008,,"),
        [(3, "kind, term, valid_from")],
    ),
    (
        load_terms,
        (TERMS, "area,a,00004,,2026-08-01", "area,a,00008,2026-07-01,"),
        [(3, "valid_from")],
    ),
    (load_terms, (TERMS, "area,a,00004,2026-08-01,2026-08-01"), [(2, "valid_until")]),
    (load_shares, (SHARES, "00007,00008,0.6,,"), [(2, "share")]),
    (load_shares, (SHARES, "00007,00008,1.2,,", "00007,00025,-0.2,,"), [(3, "share")]),
    (load_shares, (SHARES, "00007,00004,1,,"), [(2, "new_code")]),
    (load_shares, (SHARES, "00001,00004,1,,"), [(2, "old_code")]),
    (
        load_shares,
        (SHARES, "00007,00008,1,,2026-08-01", "00007,00025,1,2026-07-01,"),
        [(3, "valid_from")],
    ),
)


async def test_what_is_wrong_is_said_by_line_and_column_and_nothing_is_loaded(
    city: Sender,
) -> None:
    for load, lines, wrong in WRONG:
        with pytest.raises(RejectedDataError) as caught:
            await give(city, load, *lines)
        assert [(each.line, each.column) for each in caught.value.rejections] == wrong, lines
    assert await fetch(city.database, select(source_term.c.id)) == []
    assert await fetch(city.database, select(source_share.c.id)) == []
