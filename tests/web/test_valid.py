"""No valid document makes the hub fail; ``make fuzz`` and ``make prove`` ask many more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings

from hub.access.readers import Reader
from tests.planner.sweep import documents
from tests.web.attacked import Attacked
from tests.web.hostile_cases import asked
from tests.web.prove import Tally

if TYPE_CHECKING:
    from tests.web.attacked import Attacked


def test_a_valid_document_is_answered_or_refused_for_what_it_is(attacked_hub: Attacked) -> None:
    tally = Tally()

    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(Reader.STANDING))
    def ask(document: str) -> None:
        answer = attacked_hub.ask(asked("", document, None))
        tally.judge(document, answer.status_code, answer.content)

    ask()
    assert tally.failures == []
    assert tally.codes["answered"] > 30
