"""Deliveries are taken from whoever owns the source, once, whole, and as they were sent."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from hub.ingest.batch.deliveries import Deliveries
from hub.web.sources.errors import DeliverySlowError
from hub.web.sources.receiving import take_in
from tests.access.world import as_owner
from tests.web.sources.sending import OWN, WARD, rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.web.sources.conftest import Sending

pytestmark = pytest.mark.asyncio(loop_scope="module")

OTHER = "push.hn.ubnd-cap-xa.00008"
CSV = b"indicator,area,period,numerator,denominator\n"


async def count(sending: Sending, query: str) -> int:
    async with as_owner(sending.database.address) as owner:
        return int(await owner.fetchval(query))


async def test_a_batch_is_accepted_at_an_address_that_tells_what_became_of_it(
    sending: Sending,
) -> None:
    answer = await sending.push(rows({"numerator": 4}, {"numerator": 40}))
    assert answer.status_code == 202
    address = answer.headers["location"]
    assert address == f"/sources/{OWN}/batches/{answer.json()['id']}"
    assert answer.json()["status"] == "queued"
    async with sending.working():
        told = await sending.ended(address)
    assert told["status"] == "done"
    assert told["counts"]["received"] == 2
    assert told["counts"]["new"] + told["counts"]["rejected"] == 2
    assert all(row["outcome"] == "rejected" for row in told["rows"])
    assert {"line", "column", "found", "expected", "code", "sheet"} <= told["rows"][0].keys()


async def test_figures_are_the_owners_and_enter_submitted(sending: Sending) -> None:
    answer = await sending.push(rows({"period": "2026-08", "numerator": 5}))
    async with sending.working():
        told = await sending.ended(answer.headers["location"])
    assert (told["counts"]["new"], told["counts"]["rejected"]) == (1, 0), told
    async with as_owner(sending.database.address) as owner:
        [row] = await owner.fetch(
            "SELECT o.status, g.code, o.numerator, o.batch_line, s.handle FROM observation o "
            "JOIN agency g ON g.id = o.agency_id JOIN batch b ON b.id = o.batch_id "
            "JOIN account s ON s.id = b.sent_by_id WHERE o.batch_id = $1",
            told["id"],
        )
    assert (row[0], row[1], int(row[2]), row[3]) == ("submitted", f"hn.ubnd-cap-xa.{WARD}", 5, 1)


async def test_csv_is_taken_as_well(sending: Sending) -> None:
    line = f"hn.da5.tu-van-cai-nghien,{WARD},2026-07,1,2\n".encode()
    answer = await sending.push(CSV + line, kind="text/csv; charset=utf-8")
    async with sending.working():
        told = await sending.ended(answer.headers["location"])
    assert (told["format"], told["status"], told["counts"]["new"]) == ("csv", "done", 1), told


@pytest.mark.parametrize(
    ("agency", "source"),
    [
        (None, OWN),
        (f"hn.ubnd-cap-xa.{WARD}", OTHER),
        (f"hn.ubnd-cap-xa.{WARD}", "push.nobody"),
        ("hn.ubnd-cap-xa.00008", OWN),
        ("hn.cong-an", OWN),
        ("hn.so-y-te", OWN),
        ("vn.bo-cong-an", OWN),
    ],
)
async def test_whoever_does_not_own_the_source_is_told_that_there_is_none(
    sending: Sending, agency: str | None, source: str
) -> None:
    """Not even the standing agency, which sees the source, may send for it."""
    before = await count(sending, "SELECT count(*) FROM batch")
    answer = await sending.push(rows({}), agency=agency, source=source)
    assert answer.status_code == 404
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "SOURCE_UNKNOWN"
    assert await count(sending, "SELECT count(*) FROM batch") == before


@pytest.mark.parametrize("agency", ["hn.ubnd-cap-xa.00004", None])
async def test_no_source_has_a_name_with_a_zero_byte(sending: Sending, agency: str | None) -> None:
    batch = f"/sources/%00/batches/{UUID(int=1)}"
    own = {} if agency is None else sending.token(agency)
    decision = {"decision": "drop"}
    for answer, code in (
        (await sending.push(rows({}), agency=agency, source="%00"), "SOURCE_UNKNOWN"),
        (await sending.show(batch, agency=agency), "BATCH_UNKNOWN"),
        (
            await sending.client.post(f"{batch}/rows/{UUID(int=2)}", json=decision, headers=own),
            "SOURCE_UNKNOWN",
        ),
    ):
        assert answer.status_code == 404
        assert answer.json()["errors"][0]["extensions"]["code"] == code


async def test_a_batch_is_shown_to_its_owner_and_to_the_standing_agency_alone(
    sending: Sending,
) -> None:
    address = (await sending.push(rows({}))).headers["location"]
    asked = {
        agency: (await sending.show(address, agency=agency)).status_code
        for agency in (f"hn.ubnd-cap-xa.{WARD}", "hn.cong-an", "hn.ubnd-cap-xa.00008", None)
    }
    assert list(asked.values()) == [200, 200, 404, 404]
    elsewhere = address.replace(OWN, OTHER)
    assert (await sending.show(elsewhere)).status_code == 404
    assert (await sending.show(f"/sources/{OWN}/batches/none")).status_code == 404


async def test_the_same_key_and_content_give_the_first_batch_again(sending: Sending) -> None:
    key = {"idempotency-key": '"once-1"'}
    first, *again = [await sending.push(rows({}), headers=key) for _ in range(3)]
    assert [each.status_code for each in (first, *again)] == [202, 202, 202]
    assert {each.headers["location"] for each in again} == {first.headers["location"]}
    bare = await sending.push(rows({}), headers={"idempotency-key": "once-1"})
    assert bare.headers["location"] == first.headers["location"]


async def test_the_same_key_with_other_content_is_refused(sending: Sending) -> None:
    key = {"idempotency-key": "once-2"}
    first = await sending.push(rows({}), headers=key)
    other = await sending.push(rows({"numerator": 9}), headers=key)
    assert other.status_code == 422
    assert other.json()["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    unchanged = await sending.show(first.headers["location"])
    assert unchanged.json()["digest"] == first.json()["digest"]


async def test_the_same_content_under_another_key_is_another_batch(sending: Sending) -> None:
    answers = [
        await sending.push(rows({"period": "2026-06"}), headers={"idempotency-key": key})
        for key in ("twice-1", "twice-2")
    ]
    addresses = [answer.headers["location"] for answer in answers]
    assert addresses[0] != addresses[1]
    async with sending.working():
        told = [await sending.ended(address) for address in addresses]
    assert sorted((each["counts"]["new"], each["counts"]["unchanged"]) for each in told) == [
        (0, 1),
        (1, 0),
    ]


async def test_sent_many_times_at_once_under_one_key_it_is_one_batch(sending: Sending) -> None:
    key = {"idempotency-key": "at-once"}
    answers = await asyncio.gather(*(sending.push(rows({}), headers=key) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.headers["location"] for answer in answers}) == 1
    kept = "SELECT count(*) FROM batch WHERE idempotency_key = 'at-once'"
    assert await count(sending, kept) == 1


async def test_what_arrives_is_compared_with_its_digest(sending: Sending) -> None:
    content = rows({"numerator": 7})

    def declared(name: str, made: bytes) -> str:
        return f"{name}=:{base64.b64encode(made).decode()}:"

    right = declared("sha-256", hashlib.sha256(content).digest())
    longer = declared("sha-512", hashlib.sha512(content).digest())
    wrong = declared("sha-256", hashlib.sha256(b"other").digest())
    older = "SHA-256=" + base64.b64encode(hashlib.sha256(content).digest()).decode()
    for headers, expected in (
        ({"content-digest": right}, (202, None)),
        ({"content-digest": f"{longer}, {right}"}, (202, None)),
        ({"digest": older}, (202, None)),
        ({"content-digest": wrong}, (400, "DIGEST_MISMATCH")),
        ({"content-digest": f"{right}, {declared('sha-512', b'x')}"}, (400, "DIGEST_MISMATCH")),
        ({"content-digest": "sha-256=nothing"}, (400, "DIGEST_MALFORMED")),
        ({"content-digest": "sha-256=:a:"}, (400, "DIGEST_MALFORMED")),
    ):
        before = await count(sending, "SELECT count(*) FROM batch")
        answer = await sending.push(content, headers=headers)
        body = answer.json()
        code = body["errors"][0]["extensions"]["code"] if "errors" in body else None
        assert (answer.status_code, code) == expected, headers
        made = await count(sending, "SELECT count(*) FROM batch") - before
        assert made == (expected[0] == 202)


@pytest.mark.parametrize(
    ("content", "kind", "headers", "expected"),
    [
        (b"", "application/x-ndjson", {}, (400, "DELIVERY_EMPTY")),
        (b"{}", "application/json", {}, (415, "DELIVERY_FORMAT")),
        (b"{}", "", {}, (415, "DELIVERY_FORMAT")),
        (b"{}", "application/x-ndjson", {"content-encoding": "gzip"}, (415, "DELIVERY_FORMAT")),
        (b"x" * 200_001, "text/csv", {}, (413, "DELIVERY_TOO_LARGE")),
        (b"a", "text/csv", {"idempotency-key": "k" * 256}, (400, "IDEMPOTENCY_KEY_MALFORMED")),
        (b"a", "text/csv", {"idempotency-key": "two words"}, (400, "IDEMPOTENCY_KEY_MALFORMED")),
    ],
)
async def test_what_cannot_be_taken_is_refused_and_nothing_of_it_is_left(
    sending: Sending, content: bytes, kind: str, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    before = await count(sending, "SELECT count(*) FROM batch")
    answer = await sending.push(content, kind=kind, headers=headers)
    code = answer.json()["errors"][0]["extensions"]["code"]
    assert (answer.status_code, code) == expected
    assert await count(sending, "SELECT count(*) FROM batch") == before
    assert sending.arriving == []


async def test_what_is_too_long_is_refused_though_nobody_said_how_long(sending: Sending) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * 1000

    answer = await sending.client.post(
        f"/sources/{OWN}/batches",
        content=endless(),
        headers={"content-type": "text/csv", **sending.token(f"hn.ubnd-cap-xa.{WARD}")},
    )
    assert answer.status_code == 413
    assert sending.arriving == []


async def test_whoever_leaves_in_the_middle_leaves_nothing(sending: Sending) -> None:
    before = await count(sending, "SELECT count(*) FROM batch")
    host, port = str(sending.client.base_url).removeprefix("http://").rstrip("/").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    token = sending.token(f"hn.ubnd-cap-xa.{WARD}")["authorization"]
    writer.write(
        f"POST /sources/{OWN}/batches HTTP/1.1\r\nHost: hub\r\nAuthorization: {token}\r\n"
        "Content-Type: text/csv\r\nContent-Length: 1000\r\n\r\nindicator,area".encode()
    )
    await writer.drain()
    await _until(lambda: len(sending.arriving) == 1)
    writer.close()
    await _until(lambda: sending.arriving == [])
    assert await count(sending, "SELECT count(*) FROM batch") == before


async def test_whoever_stops_sending_is_not_waited_for(tmp_path: Path) -> None:
    async def stalled() -> AsyncIterator[bytes]:
        yield b"indicator"
        await asyncio.sleep(60)

    deliveries = Deliveries.of(tmp_path)
    with deliveries.receive() as arriving, pytest.raises(DeliverySlowError):
        await take_in(stalled(), arriving, limit=100, declared={}, silence=0.05)
    assert list(tmp_path.glob("deliveries/arriving/*")) == []


async def test_what_cannot_be_kept_is_refused_until_there_is_room(sending: Sending) -> None:
    arriving = sending.home / "deliveries" / "arriving"
    arriving.rename(arriving.with_name("aside"))
    arriving.write_bytes(b"in the way")
    try:
        answer = await sending.push(rows({}))
    finally:
        arriving.unlink()
        arriving.with_name("aside").rename(arriving)
    assert answer.status_code == 507
    assert answer.json()["errors"][0]["extensions"]["code"] == "DELIVERY_NOT_KEPT"
    assert (await sending.push(rows({}))).status_code == 202


async def test_another_method_is_not_served(sending: Sending) -> None:
    answer = await sending.client.put(f"/sources/{OWN}/batches", content=b"")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_each_sending_is_recorded_with_the_source_it_acts_as(sending: Sending) -> None:
    answer = await sending.push(rows({}))
    target = f"{OWN}/{answer.json()['id']}"
    async with as_owner(sending.database.address) as owner:
        [row] = await owner.fetch(
            "SELECT e.event, e.operation, a.subject FROM audit_entry e "
            "JOIN account a ON a.id = e.account_id WHERE e.target = $1",
            target,
        )
    assert tuple(row) == ("act", "sendBatch", OWN)


async def _until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        await asyncio.sleep(0.05)
    pytest.fail("it did not come to pass")
