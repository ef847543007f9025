"""A department's system is fetched whole, from where it was left, whatever goes wrong there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from hub.errors import HubError
from hub.ingest.sources import ApiPull, Page
from tests.ingest.sources.department import Department, department

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from hub.ingest.sources import State


class Pull:
    """Fetches from a department; notes how long it would have waited."""

    def __init__(self, client: httpx.AsyncClient, asked: Department) -> None:
        self.waits: list[float] = []
        self.answer_seconds = 60.0
        self.department = asked
        self._client = client

    async def pages(self, state: State | None = None) -> list[Page]:
        """Return all pages since *state*."""
        pull = ApiPull(
            self._client,
            self.department.connection,
            sleep=self._wait,
            answer_seconds=self.answer_seconds,
        )
        return [page async for page in pull.pages(state)]

    async def values(self, state: State | None = None) -> list[object]:
        """Return the values on all pages since *state*."""
        return [record["value"] for page in await self.pages(state) for record in page.records]

    async def refusal(self) -> str:
        """Return the code of why nothing can be fetched."""
        with pytest.raises(HubError) as caught:
            await self.pages()
        return caught.value.code

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def asked() -> Iterator[Department]:
    """A department with five items."""
    with department() as served:
        served.items = [
            {"area": {"code": f"0000{number}"}, "value": number, "updated": f"2026-09-0{number}"}
            for number in range(1, 6)
        ]
        yield served


@pytest.fixture
async def pull(asked: Department) -> AsyncIterator[Pull]:
    """Somebody who fetches from the department."""
    async with httpx.AsyncClient(timeout=5) as client:
        yield Pull(client, asked)


async def test_every_page_comes_once_with_the_state_after_it(pull: Pull) -> None:
    """Nested values go by both names; numbers stay as they are written."""
    pages = await pull.pages()
    assert [len(page.records) for page in pages] == [2, 2, 1]
    assert pages[0].records[0] == {"area.code": "00001", "value": "1", "updated": "2026-09-01"}
    assert pages[0].state == {"since": None, "cursor": "2", "as_of": "2026-09-05"}
    assert pages[-1].state == {"since": "2026-09-05"}
    assert pull.department.tokens == 1


async def test_fetching_goes_on_from_the_last_committed_page(pull: Pull) -> None:
    """Nothing before it is asked for again, nothing after it is left out."""
    pages = await pull.pages()
    for kept, page in enumerate(pages[:-1], 1):
        rest = [str(number) for number in range(2 * kept + 1, 6)]
        assert await pull.values(page.state) == rest


@pytest.mark.parametrize("status", [400, 410])
async def test_a_place_that_the_system_knows_no_longer_is_left(pull: Pull, status: int) -> None:
    """The last ``since`` serves, or else everything is asked for; a mere refusal stays one."""
    state = {"since": "2026-09-02", "cursor": "2", "as_of": "2026-09-04"}
    pull.department.faults = [(status, {}, b"")]
    pages = await pull.pages(state)
    assert [record["value"] for page in pages for record in page.records] == ["2", "3", "4", "5"]
    assert pages[-1].state == {"since": "2026-09-05"}
    pull.department.faults = [(410, {}, b""), (410, {}, b"")]
    assert await pull.values(state) == ["1", "2", "3", "4", "5"]
    pull.department.faults = [(410, {}, b"")] * 3
    with pytest.raises(HubError):
        await pull.pages(state)


async def test_what_changed_since_is_all_that_is_asked_for(pull: Pull) -> None:
    """From the moment on that the first page knew, so that nothing falls between two rounds."""
    state = (await pull.pages())[-1].state
    pull.department.items.append({"value": 6, "updated": "2026-09-06"})
    assert await pull.values(state) == ["5", "6"]
    assert pull.department.asked[-1]["since"] == "2026-09-05"


async def test_a_system_that_stumbles_is_asked_again(pull: Pull) -> None:
    """Errors, a closed connection, an answer cut short: none loses a record."""
    pull.department.faults = [
        (503, {}, b""),
        None,
        (200, {"Content-Length": "1000"}, b'{"items": ['),
        (500, {}, b"oops"),
    ]
    assert await pull.values() == ["1", "2", "3", "4", "5"]
    assert len(pull.waits) == 4
    assert all(0.25 <= wait <= 16 for wait in pull.waits)
    assert pull.waits[3] > pull.waits[0]


async def test_a_system_that_falls_silent_is_not_waited_for_without_end(pull: Pull) -> None:
    """Nor one that sends a byte now and then."""
    pull.answer_seconds = 1.5
    pull.department.faults = [3.0]
    assert await pull.values() == ["1", "2", "3", "4", "5"]
    assert pull.waits


async def test_a_token_that_is_refused_is_asked_for_anew_once(pull: Pull) -> None:
    pull.department.faults = [(401, {}, b"")]
    assert await pull.values() == ["1", "2", "3", "4", "5"]
    assert pull.department.tokens == 2
    pull.department.faults = [(401, {}, b"")] * 3
    assert await pull.refusal() == "SOURCE_REFUSES"


async def test_as_long_is_waited_as_the_system_asks_for(pull: Pull) -> None:
    """Seconds or a date; longer than a job may wait, and the job is told when to come again."""
    pull.department.faults = [
        (429, {"Retry-After": "7"}, b""),
        (503, {"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}, b""),
        (429, {"Retry-After": "soon"}, b""),
    ]
    assert await pull.values() == ["1", "2", "3", "4", "5"]
    assert pull.waits[:2] == [7, 0]
    assert 0 < pull.waits[2] < 8
    pull.department.faults = [(429, {"Retry-After": "3600"}, b"")]
    assert await pull.refusal() == "SOURCE_BUSY"


async def test_a_system_that_stays_away_is_given_up(pull: Pull) -> None:
    """After six times; what was committed before stays."""
    pull.department.faults = [(503, {}, b"")] * 6
    assert await pull.refusal() == "SOURCE_UNREACHABLE"
    assert len(pull.department.asked) == 6


@pytest.mark.parametrize(
    ("code", "status", "body"),
    [
        ("SOURCE_REFUSES", 403, b""),
        ("SOURCE_REFUSES", 404, b""),
        ("SOURCE_REFUSES", 302, b""),
        ("SOURCE_UNREADABLE", 200, b"<html>"),
        ("SOURCE_UNREADABLE", 200, b"[]"),
        ("SOURCE_UNREADABLE", 200, b"{}"),
        ("SOURCE_UNREADABLE", 200, b'{"items": [1]}'),
        ("SOURCE_UNREADABLE", 200, b"[" * 100_000),
        ("SOURCE_UNREADABLE", 200, b" " * 20_000_001),
    ],
)
async def test_an_answer_that_was_not_agreed_is_not_read(
    pull: Pull, code: str, status: int, body: bytes
) -> None:
    """Nor followed elsewhere: a system may not send the hub where it likes."""
    pull.department.faults = [(status, {"Location": "http://127.0.0.1:1/"}, body)]
    assert await pull.refusal() == code


async def test_a_system_that_repeats_itself_is_left(pull: Pull) -> None:
    """A page that is followed by itself would be fetched for ever."""
    pull.department.is_stuck = True
    state = {"since": None, "cursor": "2", "as_of": None}
    with pytest.raises(HubError) as caught:
        await pull.pages(state)
    assert caught.value.code == "SOURCE_UNREADABLE"
