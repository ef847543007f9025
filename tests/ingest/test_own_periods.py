"""A regime may list periods of its own: data, opened and closed by the clock as all others are."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hub.access.principal import LOADER
from hub.clock import VIETNAM
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop, process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.reading import read_reference
from hub.ingest.reference import load_reference
from hub.ingest.rejections import RejectedDataError
from hub.ingest.submissions import keep_submissions
from hub.ingest.workbook import load_form, write_form
from hub.model.measurement import observation, period
from hub.model.reporting import report_form, submission
from tests.ingest.batch.ground import COUNT, WARD, register
from tests.ingest.folders import copied
from tests.ingest.rows import fetch
from tests.ingest.workbook.books import fill

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

CAMPAIGN = "hn.da5.bieu-dot"


def moment(day: date) -> datetime:
    """Return noon of *day*."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=VIETNAM)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The reference files with a regime of two campaigns, and a form of the wards for each."""
    reference = copied(tmp_path)
    for file, line in (
        ("reporting_regimes.csv", "dot,Theo đợt cao điểm,By campaign,own,,,,"),
        ("reporting_periods.csv", "dot,month,2026-D1,2026-05-26,2026-06-26"),
        ("reporting_periods.csv", "dot,month,2026-D2,2026-11-10,2026-12-10"),
        (
            "report_forms.csv",
            (
                f"{CAMPAIGN},hn,ctmtqg-2030,ctmtqg-2030.da5,Báo cáo đợt cao điểm,,dot,month,area,"
                "hn.ubnd-cap-xa,hn.cong-an,,5,30,2026-01-01,,hn.kh-da5,VI.12,true,code|name_vi,"
            ),
        ),
        ("form_cells.csv", f"{CAMPAIGN},{COUNT},1,true"),
    ):
        with (reference / file).open("a", encoding="utf-8", newline="") as opened:
            opened.write(f"{line}\n")
    return reference


async def test_a_campaign_is_owed_filled_in_and_closed(
    undemonstrated: Database, folder: Path, tmp_path: Path
) -> None:
    """Of its own days, not of the month's; no other regime's form knows it."""
    await load_reference(undemonstrated, folder)
    await keep_submissions(undemonstrated, lambda: moment(date(2026, 6, 27)))
    s = submission.c
    [owed] = await fetch(
        undemonstrated,
        select(report_form.c.code, s.phase, s.opens_on, s.due_on, s.closes_on)
        .distinct()
        .join(report_form, report_form.c.id == s.form_id)
        .join(period, period.c.id == s.period_id)
        .where(period.c.calendar == "own"),
    )
    days = (date(2026, 6, 27), date(2026, 7, 1), date(2026, 7, 31))
    assert owed == (CAMPAIGN, "open", *days)
    form = await load_form(undemonstrated, LOADER, form=CAMPAIGN, period="2026-D1", ward=WARD)
    assert (form.starts_on, form.ends_on) == (date(2026, 5, 26), date(2026, 6, 26))
    path = tmp_path / "dot.xlsx"
    path.write_bytes(write_form(form))
    source = await register(undemonstrated, "thu.dot")
    deliveries = Deliveries.of(tmp_path)
    for day, value, codes in ((31, 5, []), (32, 6, ["PERIOD_CLOSED"])):
        fill(path, {"G8": value})
        with deliveries.receive() as arriving:
            arriving.write(path.read_bytes())
            recorded = await record_delivery(
                undemonstrated,
                deliveries,
                source=source,
                delivery=arriving.end(),
                sending=Sending("upload", "xlsx"),
            )
        now = moment(date(2026, 7 + day // 32, (day - 1) % 31 + 1))
        shop = Workshop(undemonstrated, deliveries, lambda now=now: now)
        report = await process_batch(shop, recorded.id)
        assert [row.code for row in report.rows] == codes
    written = await fetch(
        undemonstrated,
        select(period.c.label, observation.c.value, observation.c.status)
        .join_from(observation, period, period.c.id == observation.c.period_id)
        .where(observation.c.batch_id.is_not(None)),
    )
    assert written == [("2026-D1", 5, "draft")]


def test_own_periods_are_of_regimes_that_have_their_own(folder: Path) -> None:
    """And end no sooner than they begin."""
    with (folder / "reporting_periods.csv").open("a", encoding="utf-8") as opened:
        opened.write("duong-lich,month,2026-D3,2026-05-02,2026-05-01\n")
    with pytest.raises(RejectedDataError) as caught:
        read_reference(folder)
    assert [(each.line, each.column) for each in caught.value.rejections] == [
        (4, "regime"),
        (4, "ends_on"),
    ]
