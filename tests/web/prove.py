"""No valid document yields a failure: ``python -m tests.web.prove [count | --seconds N] [seed]``.

Schemathesis reads the schema of a running hub, draws documents that fit it, and sends them; each is
answered, or refused by a code that says what about it. ``make prove`` asks 10,000, the gate for two
minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.planner.sweep import SCALARS
from tests.web.attacked import attacked

if TYPE_CHECKING:
    import httpx

    from tests.web.attacked import Attacked

COUNT: Final = 10_000
_ROUND: Final = 50
_OURS: Final = frozenset({"INTERNAL", "DATABASE_BUSY", "NOT_READY"})
"""Codes of what is nobody's fault outside."""


@dataclass
class Tally:
    """How documents were answered: by the codes of their errors, or by none."""

    codes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def judge(self, document: str, status: int, body: bytes) -> None:
        """Count an answer; keep the document where it is a failure of the hub's."""
        told = json.loads(body)
        codes = {error["extensions"]["code"] for error in told.get("errors", [])}
        self.codes.update(codes or {"answered"})
        if status >= 500 or codes & _OURS or not (codes or "data" in told):
            self.failures.append(f"{status} {sorted(codes)}\n{document}")


def fuzz(hub: Attacked, tally: Tally, *, first: int, until: float | None, count: int) -> None:
    """Send *count* drawn documents, or as many as there is time for."""
    headers = {"authorization": f"Bearer {hub.token}"}
    schema = schemathesis.graphql.from_url(
        str(hub.client.base_url.join("/graphql")), headers=headers
    )
    for number in range(0, count, _ROUND):
        if until is not None and monotonic() > until:
            return

        @seed(first + number)
        @settings(
            max_examples=min(_ROUND, count - number),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=schema.as_strategy())
        def ask(case: Any) -> None:  # noqa: ANN401  (the library's own kind)
            if until is None or monotonic() < until:
                answer = _sent(hub, case.body)
                tally.judge(case.body, answer.status_code, answer.content)

        ask()
        print(f"{sum(tally.codes.values())} asked, {len(tally.failures)} failures", flush=True)


def _sent(hub: Attacked, document: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {hub.token}"}
    return hub.client.post("/graphql", json={"query": document}, headers=headers)


def main() -> int:
    """Print how documents were answered; return how many failed the hub."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=COUNT)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--seconds", type=float)
    asked = parser.parse_args()
    for name, values in SCALARS.items():
        if name != "Int":
            schemathesis.graphql.scalar(name, values)
    tally = Tally()
    with tempfile.TemporaryDirectory() as home, attacked(Path(home) / "hub") as hub:
        until = None if asked.seconds is None else monotonic() + asked.seconds
        fuzz(hub, tally, first=asked.seed, until=until, count=asked.count)
    print(*(f"{code}: {count}" for code, count in tally.codes.most_common()), sep="\n")
    print(*tally.failures[:10], sep="\n\n")
    return len(tally.failures)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
