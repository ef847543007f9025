"""A change of rights holds from the next statement, whatever was kept from before it.

Kept are: the principal, the connection and its prepared plans, the document as it was parsed and
validated, cursors, ids, and what loaders found.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from hub.access.readers import Reader
from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.database.engine import Database
from hub.loaders.datasets import OBSERVATIONS
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.development import DevelopmentIssuer
from hub.web.exports import Export
from tests.access.proving import DA5, DA9
from tests.access.world import as_owner
from tests.callers import Caller, Callers
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.address import Address
    from tests.access.conftest import Clone

HEALTH: Final = "hn.so-y-te"
POLICE: Final = "hn.cong-an"

ASKED: Final = """query($after: String) {
  observations(first: 5, after: $after) {
    totalCount nodes { id project { code lead { code } } } pageInfo { endCursor hasNextPage }
  }
  projects(where: { isNational: { eq: false } }) {
    totalCount nodes { code observations { totalCount } }
  }
  viewer { grants { grant { project { code } } } }
}"""

ENDS: Final = {
    "the account is suspended": (
        "UPDATE account SET suspended_at = now() WHERE subject = '{agency}'"
    ),
    "its rights have lapsed": "UPDATE access_grant SET valid_until = now() - interval '1 second' "
    "WHERE holder_id = (SELECT id FROM agency WHERE code = '{agency}')",
    "its rights are gone": "DELETE FROM notice WHERE grant_id IS NOT NULL;"
    "DELETE FROM scope WHERE holder_id = (SELECT id FROM agency WHERE code = '{agency}');"
    "DELETE FROM access_grant WHERE holder_id = (SELECT id FROM agency WHERE code = '{agency}')",
}
"""How rights end: each as the statement that ends them."""


@pytest.mark.parametrize("end", ENDS)
async def test_nothing_that_was_kept_gives_anything_more(clone: Clone, end: str) -> None:
    """One connection, asked often enough that its plans are kept; ids and cursors are kept, too."""
    address = await clone()
    async with Database(address, connections=1) as database:
        callers = Callers(database, Executor(database, system_clock))
        for agency in (HEALTH, POLICE, "vn.bo-cong-an"):
            caller = await callers(agency)
            pages = [(await caller.ask(ASKED))["observations"] for _ in range(7)]
            assert pages[-1]["pageInfo"]["hasNextPage"]
            cursor = pages[-1]["pageInfo"]["endCursor"]
            assert len((await caller.ask(ASKED, after=cursor))["observations"]["nodes"]) == 5
            await _do(address, ENDS[end].format(agency=agency))
            for after in (cursor, None):
                data = await caller.ask(ASKED, after=after)
                assert data["observations"] == _NOTHING
                assert data["projects"] == {"totalCount": 0, "nodes": []}
            ids = [node["id"] for node in pages[-1]["nodes"]]
            found = await caller.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)
            assert found["nodes"] == [None] * len(ids)
            assert await _exported_rows(database, caller) == 0


_NOTHING: Final = {
    "totalCount": 0,
    "nodes": [],
    "pageInfo": {"endCursor": None, "hasNextPage": False},
}


async def test_a_token_of_a_suspended_account_is_refused(clone: Clone, tmp_path: Path) -> None:
    """Though it was let in a moment ago and does not expire for hours; and not once restored."""
    address = await clone()
    suspend = "UPDATE account SET suspended_at = {} WHERE subject = $1"
    async with _served(address, tmp_path) as (client, issuer):
        token = {"authorization": f"Bearer {issuer.token(HEALTH)}"}
        before = await client.post("/graphql", json={"query": _CODES}, headers=token)
        assert before.status_code == HTTPStatus.OK
        await _do(address, suspend.format("now()"), HEALTH)
        for document in (_CODES, "{ viewer { reader } }", "mutation { __typename }"):
            refused = await client.post("/graphql", json={"query": document}, headers=token)
            assert refused.status_code == HTTPStatus.UNAUTHORIZED
        await _do(address, suspend.format("NULL"), HEALTH)
        after = await client.post("/graphql", json={"query": _CODES}, headers=token)
        assert after.content == before.content


async def test_a_token_follows_what_its_agency_becomes(clone: Clone, tmp_path: Path) -> None:
    """Of another kind of reader, at once when a right is changed and when it lapses by itself."""
    address = await clone()
    asked = {"query": "{ viewer { reader } observations { totalCount } }"}
    later = "now() + interval '4 seconds'"
    async with _served(address, tmp_path) as (client, issuer):
        token = {"authorization": f"Bearer {issuer.token(POLICE)}"}

        async def kind() -> str:
            reply = await client.post("/graphql", json=asked, headers=token)
            found: str = reply.json()["data"]["viewer"]["reader"]
            return found

        assert await kind() == "STANDING"
        bounded = "UPDATE access_grant SET valid_until = {} WHERE role = 'standing'"
        await _do(address, bounded.format("now()"))
        assert await kind() == "SCOPED"
        await _do(address, bounded.format(later))
        assert await kind() == "STANDING"
        await asyncio.sleep(4.1)
        assert await kind() == "SCOPED"


@asynccontextmanager
async def _served(
    address: Address, home: Path
) -> AsyncIterator[tuple[httpx.AsyncClient, DevelopmentIssuer]]:
    issuer = DevelopmentIssuer.of(home, system_clock)
    async with Database(address) as database:
        authenticate = Authenticator(database, system_clock, issuer)
        parts = WebParts(Executor(database, system_clock), authenticate, ready, trail=NO_TRAIL)
        async with (
            serving(create_app(parts, WebOptions())) as url,
            httpx.AsyncClient(base_url=url, timeout=30) as client,
        ):
            yield client, issuer


async def test_whoever_stands_no_longer_keeps_what_it_leads(clone: Clone) -> None:
    """Entered as before or anew, as another kind of reader: the right alone decides."""
    address = await clone()
    async with Database(address) as database:
        executor = Executor(database, system_clock)
        police = await Callers(database, executor)(POLICE)
        assert police.principal.reader is Reader.STANDING
        everything = (await police.ask(_CODES))["projects"]["nodes"]
        led = [node for node in everything if node["code"].startswith((DA5, DA9))]
        assert 0 < len(led) < len(everything)
        await _do(address, "UPDATE access_grant SET valid_until = now() WHERE role = 'standing'")
        again = await Callers(database, executor)(POLICE)
        assert again.principal.reader is Reader.SCOPED
        for caller in (police, again):
            assert (await caller.ask(_CODES))["projects"]["nodes"] == led


_CODES: Final = """{ projects(where: { isNational: { eq: false } }, orderBy: [CODE_ASC]) {
  nodes { code observations { totalCount } }
} }"""


async def test_a_document_that_one_reader_may_ask_is_judged_anew_for_another(
    people: Callers,
) -> None:
    """Parsed and validated before or not, in whatever turn."""
    document = "{ observations { totalCount } }"
    for _ in range(2):
        for agency in (POLICE, None, HEALTH, None):
            codes = (await (await people(agency)).send(document)).codes
            assert codes == ([] if agency else ["GRAPHQL_VALIDATION_FAILED"])


async def test_an_export_is_of_one_moment_and_the_next_one_is_empty(clone: Clone) -> None:
    """What is under way is one statement, and ends as it began; nothing is begun any more."""
    address = await clone()
    async with Database(address) as database:
        caller = await Callers(database, Executor(database, system_clock))(HEALTH)
        whole = [part async for part in Export(database, caller.principal, OBSERVATIONS).parts()]
        under_way = Export(database, caller.principal, OBSERVATIONS).parts()
        first = await anext(under_way)
        await _do(address, ENDS["the account is suspended"].format(agency=HEALTH))
        rest = [part async for part in under_way]
        assert b"".join([first, *rest]) == b"".join(whole)
        assert await _exported_rows(database, caller) == 0


async def test_a_right_that_is_given_holds_from_the_next_statement(clone: Clone) -> None:
    """On a kept connection of a kept principal, as quickly as one that is taken."""
    address = await clone()
    async with Database(address, connections=1) as database:
        caller = await Callers(database, Executor(database, system_clock))(HEALTH)
        suspend = "UPDATE account SET suspended_at = {} WHERE subject = 'hn.so-y-te'"
        before = await caller.ask(ASKED)
        for _ in range(7):
            await _do(address, suspend.format("now()"))
            assert (await caller.ask(ASKED))["observations"]["totalCount"] == 0
            await _do(address, suspend.format("NULL"))
            assert await caller.ask(ASKED) == before


async def test_changes_under_many_readers_are_seen_whole(clone: Clone) -> None:
    """An answer is of one moment: all as before the change or all as after it, never between.

    Whoever asks after a change has the new rights, while others ask without a pause.
    """
    address = await clone()
    suspend = "UPDATE account SET suspended_at = {} WHERE subject = 'hn.so-y-te'"
    async with Database(address, connections=2, patience=60) as database:
        caller = await Callers(database, Executor(database, system_clock))(HEALTH)
        full = await caller.ask(_BOTH)
        await _do(address, suspend.format("now()"))
        nothing = await caller.ask(_BOTH)
        assert full != nothing
        answers: list[object] = []
        is_over = asyncio.Event()

        async def keep_asking() -> None:
            while not is_over.is_set():
                answers.append(await caller.ask(_BOTH))

        async with asyncio.TaskGroup() as group:
            for _ in range(3):
                group.create_task(keep_asking())
            for turn in range(8):
                await _do(address, suspend.format("NULL" if turn % 2 else "now()"))
                assert await caller.ask(_BOTH) == (full if turn % 2 else nothing)
            is_over.set()
    assert [answer for answer in answers if answer not in (full, nothing)] == []
    assert full in answers
    assert nothing in answers


_BOTH: Final = """{
  observations { totalCount }
  again: observations(first: 3) { nodes { id project { code } indicator { code } } }
  projects(where: { isNational: { eq: false } }) { nodes { code observations { totalCount } } }
}"""


async def _exported_rows(database: Database, caller: Caller) -> int:
    parts = [part async for part in Export(database, caller.principal, OBSERVATIONS).parts()]
    return b"".join(parts).count(b"\r\n") - 1


async def _do(address: Address, statement: str, *arguments: object) -> None:
    async with as_owner(address) as owner:
        await owner.execute(statement, *arguments)
