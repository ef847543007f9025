"""What each hostile request takes of a hub: ``python -m tests.web.hostile``.

The hub is a real one, with its own PostgreSQL and demonstration figures. Each request is sent when
it is first met and again when it is known; the dearer is told. More than 200 ms of a processor, or
50 MB, fail.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.web.attacked import Attacked, Spent, attacked
from tests.web.hostile_cases import SLOW, Case, asked, cases

MOST: Final = Spent(200, 50)
_WARM: Final = asked("", "{ observations(first: 1) { nodes { id } totalCount } }", None)


def fault_of(case: Case, status: int, body: str) -> str | None:
    """Return what is wrong with an answer to *case*; None where it is as it should be."""
    if status != case.status:
        return f"status {status}, not {case.status}: {body[:200]}"
    told = json.loads(body)
    codes = {error["extensions"]["code"] for error in told.get("errors", [])} or {None}
    expected = {case.code, None} if case.code == SLOW else {case.code}
    return None if codes <= expected else f"{codes}, not {case.code}: {body[:200]}"


def main() -> int:
    """Print the table; return how many requests were answered wrongly or took too much."""
    with tempfile.TemporaryDirectory() as home, attacked(Path(home) / "hub") as hub:
        for _ in range(20):
            hub.ask(_WARM)
        wrong = [case.name for case in cases() if not _told(hub, case)]
    print(f"{len(cases())} requests, {len(wrong)} wrong or too dear: {', '.join(wrong) or 'none'}")
    return len(wrong)


def _told(hub: Attacked, case: Case) -> bool:
    taken, faults = [], []
    for _ in range(3):
        answer, spent = hub.measured(case)
        taken.append(spent)
        faults.append(fault_of(case, answer.status_code, answer.text))
    worst = Spent(max(s.milliseconds for s in taken), max(s.megabytes for s in taken))
    fault = next(filter(None, faults), None)
    is_dear = worst.milliseconds > MOST.milliseconds or worst.megabytes > MOST.megabytes
    mark = fault or ("TOO DEAR" if is_dear else case.code or "answered")
    taken_most = f"{worst.milliseconds:6.1f} ms {worst.megabytes:5.1f} MB"
    print(f"{case.name:38} {case.status} {taken_most}  {mark}", flush=True)
    return fault is None and not is_dear


if __name__ == "__main__":
    sys.exit(main())
