"""A row that waits is decided of at its address, by whoever owns the source."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests.access.world import as_owner
from tests.web.sources.sending import rows

if TYPE_CHECKING:
    from tests.web.sources.conftest import Sending

pytestmark = pytest.mark.asyncio(loop_scope="module")

DIVIDED = "Phường Điện Biên, quận Ba Đình"
NUMERATORS = count(1)


async def _waiting(sending: Sending) -> str:
    """Return the address of a batch of one row that waits, and does not yet."""
    said = {"area": DIVIDED, "period": "2026-03", "numerator": next(NUMERATORS)}
    answer = await sending.push(rows(said))
    address: str = answer.headers["location"]
    async with sending.working():
        await sending.ended(address)
    return address


async def test_it_is_taken_once_it_is_corrected(sending: Sending) -> None:
    waiting = await _waiting(sending)
    [row] = (await sending.show(waiting)).json()["rows"]
    assert (row["code"], row["outcome"]) == ("AREA_DIVIDED", "held")
    assert "00004" in row["candidates"]
    answer = await _decide(sending, row["decideAt"], {"decision": "accept"})
    assert (answer.status_code, _code(answer)) == (422, "ROW_STILL_WRONG")
    correction = {"decision": "correct", "cells": {"area": "00004"}}
    answer = await _decide(sending, row["decideAt"], correction)
    assert (answer.status_code, answer.json()["counts"]["held"]) == (200, 0)
    assert answer.json()["counts"]["received"] == 1
    async with as_owner(sending.database.address) as owner:
        entries = await owner.fetch(
            "SELECT channel, source FROM audit_entry WHERE operation = 'DecideBatchRow'"
        )
    assert [tuple(entry) for entry in entries] == [("http", "127.0.0.1")]
    [after] = (await sending.show(waiting)).json()["rows"]
    assert (after["decision"], after["decideAt"]) == ("correct", None)
    assert (await _decide(sending, row["decideAt"], correction)).status_code == 404


async def test_nobody_else_decides(sending: Sending) -> None:
    """Not even the standing agency, which sees it: it is told that there is no such source."""
    waiting = await _waiting(sending)
    [row] = (await sending.show(waiting)).json()["rows"]
    for agency in ("hn.cong-an", "hn.ubnd-cap-xa.00008", None):
        answer = await _decide(sending, row["decideAt"], {"decision": "drop"}, agency=agency)
        assert (answer.status_code, _code(answer)) == (404, "SOURCE_UNKNOWN"), agency
    assert (await sending.show(waiting)).json()["counts"]["held"] == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"decision": "publish"},
        {"decision": "drop", "cells": 1},
        {"decision": "correct", "cells": {"area": "\0"}},
        [],
        "drop",
    ],
)
async def test_what_is_no_decision_is_refused(sending: Sending, said: object) -> None:
    waiting = await _waiting(sending)
    [row] = (await sending.show(waiting)).json()["rows"]
    answer = await _decide(sending, row["decideAt"], said)
    assert (answer.status_code, _code(answer)) == (422, "DECISION_UNREADABLE")


async def _decide(
    sending: Sending, address: str, said: object, *, agency: str | None = "hn.ubnd-cap-xa.00004"
) -> Any:  # noqa: ANN401  (a response)
    own = {} if agency is None else sending.token(agency)
    return await sending.client.post(address, json=said, headers=own)


def _code(answer: Any) -> str:  # noqa: ANN401
    code: str = answer.json()["errors"][0]["extensions"]["code"]
    return code
