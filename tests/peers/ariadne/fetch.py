"""A department's program on the generated client; prints what it was answered."""

from __future__ import annotations

import json
import os
import sys
from datetime import date

from hub_client import (
    AreaFilter,
    AreaLinkFilter,
    Client,
    ObservationFilter,
    ObservationStatus,
    StringFilter,
    TargetAnomaly,
)

PAGE = 100


def main() -> None:
    """Ask three of the published questions."""
    headers = {"authorization": f"Bearer {os.environ['HUB_TOKEN']}"}
    with Client(url=os.environ["HUB_URL"], headers=headers) as client:
        values, anomalies = treatment_targets(client)
        statuses = statuses_of(client)
        area = client.old_ward_successors(ward="00004", on=date(2025, 6, 30)).area
    assert area is not None
    closed_on: date | None = area.valid_to
    report = {
        "values": values,
        "anomalies": [anomaly.value for anomaly in anomalies],
        "statuses": {key: status.value for key, status in statuses.items()},
        "closed_in": closed_on.year if closed_on is not None else None,
    }
    json.dump(report, sys.stdout)


def treatment_targets(client: Client) -> tuple[list[float | None], list[TargetAnomaly]]:
    """Return the yearly targets of section II.2.d and what is odd about them."""
    project = client.project_whole(project="hn.ctmtqg-2030.da5").project
    assert project is not None
    [indicator] = [one for one in project.indicators.nodes if one.source_section == "II.2.d"]
    targets = indicator.targets.nodes
    return [one.value for one in targets], [odd for one in targets for odd in one.anomalies]


def statuses_of(client: Client) -> dict[str, ObservationStatus]:
    """Return the status of every figure under one ward code, by id, page by page."""
    ward = ObservationFilter(area=AreaLinkFilter(is_=AreaFilter(code=StringFilter(eq="00004"))))
    statuses: dict[str, ObservationStatus] = {}
    after = None
    while True:
        page = client.observation_pages(first=PAGE, after=after, where=ward).observations
        statuses |= {row.id: row.status for row in page.nodes}
        after = page.page_info.end_cursor
        if not page.page_info.has_next_page:
            assert len(statuses) == page.total_count
            return statuses


if __name__ == "__main__":
    main()
